// SPDX-License-Identifier: Apache-2.0
#include "inference/engine/picture_tiles.h"

#include <algorithm>
#include <tuple>

namespace reelface {
namespace {

/// A stretch of a side, as a tile has one across and one down.
struct Stretch {
  int shown, shown_end, kept, kept_end;
};

std::vector<Stretch> cut(int length, int part, int overlap) {
  std::vector<Stretch> stretches;
  for (int kept = 0; kept < length; kept += part) {
    const int end = std::min(length, kept + part);
    stretches.push_back({std::max(0, kept - overlap), std::min(length, end + overlap), kept, end});
  }
  return stretches;
}

int whole_steps(int length, int step) {
  return (length + step - 1) / step * step;
}

/// Where a place beyond the end lies when the picture is mirrored there, again and again if it is small.
int mirrored(int place, int length) {
  if (length == 1) return 0;
  const int period = 2 * (length - 1);
  const int within = place % period;
  return within < length ? within : period - within;
}

RgbImageF widened(const RgbViewF& picture, int width, int height) {
  RgbImageF result(width, height);
  for (int y = 0; y < height; ++y) {
    const float* from = picture.samples + std::ptrdiff_t{mirrored(y, picture.height)} * picture.row_stride;
    float* to = result.samples.data() + std::ptrdiff_t{3} * width * y;
    for (int x = 0; x < width; ++x, to += 3) std::copy_n(from + std::ptrdiff_t{3} * mirrored(x, picture.width), 3, to);
  }
  return result;
}

RgbViewF part_of(RgbViewF picture, const Rectangle& part) {
  picture.samples += part.y * std::ptrdiff_t{picture.row_stride} + std::ptrdiff_t{3} * part.x;
  picture.width = part.width;
  picture.height = part.height;
  return picture;
}

Rectangle enlarged(const Rectangle& part, int scale) {
  return {scale * part.x, scale * part.y, scale * part.width, scale * part.height};
}

Tile enlarged(const Tile& tile, int scale) {
  return {enlarged(tile.shown, scale), enlarged(tile.kept, scale)};
}

/// What is kept of a tile, as far as the picture goes, into it.
void put(const RgbImageF& tile, const Tile& where, RgbImageF& picture) {
  const int right = std::min(where.kept.x + where.kept.width, picture.width);
  const int bottom = std::min(where.kept.y + where.kept.height, picture.height);
  for (int y = where.kept.y; y < bottom; ++y) {
    const std::ptrdiff_t row = std::ptrdiff_t{y - where.shown.y} * tile.width + where.kept.x - where.shown.x;
    const std::ptrdiff_t to = std::ptrdiff_t{y} * picture.width + where.kept.x;
    std::copy_n(tile.samples.begin() + 3 * row, std::ptrdiff_t{3} * std::max(0, right - where.kept.x),
                picture.samples.begin() + 3 * to);
  }
}

/// Tiles of one size, at most `most`, beginning at `first`.
std::size_t end_of_batch(const std::vector<Tile>& tiles, std::size_t first, int most) {
  std::size_t end = first + 1;
  while (end < tiles.size() && end - first < static_cast<std::size_t>(most) &&
         tiles[end].shown.width == tiles[first].shown.width && tiles[end].shown.height == tiles[first].shown.height)
    ++end;
  return end;
}

std::vector<CropWindow> windows_of(const CropWindow& pictures, const Tile* tiles, std::size_t count) {
  std::vector<CropWindow> windows(count);
  for (std::size_t i = 0; i < count; ++i) {
    for (const RgbViewF& picture : pictures) windows[i].push_back(part_of(picture, tiles[i].shown));
  }
  return windows;
}

/// `work(pictures, tiles, count)` for all tiles of pictures whose sides have been made multiples of the step, those of
/// one size together.
template <class Work>
void for_tiles(const CropWindow& pictures, const TileOptions& options, WorkerThreads& threads, const Work& work) {
  const int width = pictures.front().width, height = pictures.front().height;
  const int whole_width = whole_steps(width, options.step), whole_height = whole_steps(height, options.step);
  std::vector<RgbImageF> widened_pictures;
  CropWindow whole = pictures;
  if (whole_width != width || whole_height != height) {
    for (const RgbViewF& picture : pictures) widened_pictures.push_back(widened(picture, whole_width, whole_height));
    std::transform(widened_pictures.begin(), widened_pictures.end(), whole.begin(),
                   [](const RgbImageF& picture) { return picture.view(); });
  }
  const std::vector<Tile> tiles = cut_into_tiles(whole_width, whole_height, options);
  std::vector<std::size_t> firsts;  // of batches, and the end
  for (std::size_t first = 0; first < tiles.size(); first = end_of_batch(tiles, first, options.batch))
    firsts.push_back(first);
  firsts.push_back(tiles.size());
  threads.run(firsts.size() - 1, [&](std::size_t batch) {
    const std::size_t first = firsts[batch];
    work(whole, &tiles[first], firsts[batch + 1] - first);
  });
}

}  // namespace

std::vector<Tile> cut_into_tiles(int width, int height, const TileOptions& options) {
  std::vector<Tile> tiles;
  const std::vector<Stretch> columns = cut(width, options.width, options.overlap);
  for (const Stretch& y : cut(height, options.height, options.overlap)) {
    for (const Stretch& x : columns) {
      tiles.push_back({{x.shown, y.shown, x.shown_end - x.shown, y.shown_end - y.shown},
                       {x.kept, y.kept, x.kept_end - x.kept, y.kept_end - y.kept}});
    }
  }
  std::stable_sort(tiles.begin(), tiles.end(), [](const Tile& left, const Tile& right) {
    return std::tie(left.shown.height, left.shown.width) < std::tie(right.shown.height, right.shown.width);
  });
  return tiles;
}

RgbImageF restore_in_tiles(const CropNetwork& network, const CropWindow& pictures, const TileOptions& options,
                           WorkerThreads& threads) {
  RgbImageF restored(pictures.front().width, pictures.front().height);
  for_tiles(pictures, options, threads, [&](const CropWindow& whole, const Tile* tiles, std::size_t count) {
    std::vector<RgbImageF> results;
    for (std::size_t i = 0; i < count; ++i) results.emplace_back(tiles[i].shown.width, tiles[i].shown.height);
    network.restore(windows_of(whole, tiles, count).data(), static_cast<int>(count), results.data());
    for (std::size_t i = 0; i < count; ++i) put(results[i], tiles[i], restored);
  });
  return restored;
}

BothSizes enlarge_in_tiles(const CropNetwork& network, const CropWindow& pictures, const TileOptions& options,
                           WorkerThreads& threads) {
  const int width = pictures.front().width, height = pictures.front().height, scale = network.traits().scale;
  BothSizes both{network.only_enlarges() ? RgbImageF() : RgbImageF(width, height),
                 RgbImageF(scale * width, scale * height)};
  for_tiles(pictures, options, threads, [&](const CropWindow& whole, const Tile* tiles, std::size_t count) {
    std::vector<BothSizes> results(count);
    network.enlarge(windows_of(whole, tiles, count).data(), static_cast<int>(count), results.data());
    for (std::size_t i = 0; i < count; ++i) {
      if (!network.only_enlarges()) put(results[i].once, tiles[i], both.once);
      put(results[i].enlarged, enlarged(tiles[i], scale), both.enlarged);
    }
  });
  return both;
}

}  // namespace reelface
