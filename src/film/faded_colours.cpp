// SPDX-License-Identifier: Apache-2.0
#include "film/faded_colours.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace reelface {
namespace {

constexpr double kBorder = 0.04;   // of each side
constexpr double kBeyond = 0.001;  // of a small picture's samples, at either end
constexpr double kOneTone = 5;     // grey levels: what noise and codecs leave of colour in a print of one tone

// A channel is never changed by more, whatever a scene of one colour makes of its range.
constexpr double kMostGain = 2.2, kMostGamma = 1.5;

double grey_of(const std::uint8_t* pixel) {
  return 0.2126 * pixel[0] + 0.7152 * pixel[1] + 0.0722 * pixel[2];
}

template <class Use>
void for_each_inside(RgbView8 picture, Use use) {
  const int left = static_cast<int>(kBorder * picture.width), top = static_cast<int>(kBorder * picture.height);
  for (int y = top; y < picture.height - top; ++y) {
    const std::uint8_t* const row = picture.samples + y * picture.row_stride;
    for (int x = left; x < picture.width - left; ++x) use(row + std::ptrdiff_t{3} * x);
  }
}

ToneRange range_of(const std::array<double, 256>& histogram) {
  double all = 0;
  for (const double count : histogram) all += count;
  const auto at_share = [&](double share) {
    double seen = 0;
    for (int level = 0; level < 256; ++level) {
      seen += histogram[static_cast<std::size_t>(level)];
      if (seen > share * all) return static_cast<double>(level);
    }
    return 255.0;
  };
  return {at_share(kBeyond), at_share(1 - kBeyond), at_share(0.5)};
}

/// How far red and blue lie from what is usual beside a grey of the same level.
double variety_of(RgbView8 picture) {
  constexpr std::size_t kLevels = 32;
  struct Usual {
    double count = 0, red = 0, blue = 0;
  };
  std::array<Usual, kLevels> usual;
  const auto level_of = [](double grey) { return std::min(kLevels - 1, static_cast<std::size_t>(grey / 8)); };
  for_each_inside(picture, [&](const std::uint8_t* pixel) {
    const double grey = grey_of(pixel);
    Usual& here = usual[level_of(grey)];
    ++here.count;
    here.red += pixel[0] - grey;
    here.blue += pixel[2] - grey;
  });
  double squares = 0, count = 0;
  for_each_inside(picture, [&](const std::uint8_t* pixel) {
    const double grey = grey_of(pixel);
    const Usual& here = usual[level_of(grey)];
    const double red = pixel[0] - grey - here.red / here.count, blue = pixel[2] - grey - here.blue / here.count;
    squares += red * red + blue * blue;
    ++count;
  });
  return count > 0 ? std::sqrt(squares / count) : 0;
}

double share_of(double value, const ToneRange& range) {
  return std::clamp((value - range.black) / std::max(1.0, range.white - range.black), 0.02, 0.98);
}

}  // namespace

ColourRanges measure_colour_ranges(RgbView8 picture) {
  std::array<std::array<double, 256>, 3> histograms{};
  for_each_inside(picture, [&](const std::uint8_t* pixel) {
    for (std::size_t channel = 0; channel < 3; ++channel) ++histograms[channel][pixel[channel]];
  });
  ColourRanges ranges;
  for (std::size_t channel = 0; channel < 3; ++channel) ranges.channels[channel] = range_of(histograms[channel]);
  ranges.variety = variety_of(picture);
  return ranges;
}

ColourRanges mean_of(const std::vector<const ColourRanges*>& frames) {
  ColourRanges mean;
  const double share = 1.0 / static_cast<double>(frames.size());
  for (ToneRange& range : mean.channels) range = {0, 0, 0};
  for (const ColourRanges* frame : frames) {
    for (std::size_t channel = 0; channel < 3; ++channel) {
      mean.channels[channel].black += share * frame->channels[channel].black;
      mean.channels[channel].white += share * frame->channels[channel].white;
      mean.channels[channel].middle += share * frame->channels[channel].middle;
    }
    mean.variety += share * frame->variety;
  }
  return mean;
}

bool has_one_tone(const ColourRanges& ranges) {
  return ranges.variety < kOneTone;
}

ColourRanges with_common_middle(ColourRanges ranges, const ToneRange& tones) {
  const double share = share_of(tones.middle, tones);
  for (ToneRange& range : ranges.channels) range.middle = range.black + share * (range.white - range.black);
  return ranges;
}

ChannelCurves unfading_curves(const ColourRanges& ranges, const ToneRange& wanted, double strength) {
  const double wanted_size = std::max(1.0, wanted.white - wanted.black);
  std::array<ChannelCurves::Curve, 3> curves;
  for (std::size_t channel = 0; channel < 3; ++channel) {
    const ToneRange& range = ranges.channels[channel];
    const double size = std::max(range.white - range.black, wanted_size / kMostGain);
    const double gamma = std::clamp(std::log(share_of(wanted.middle, wanted)) / std::log(share_of(range.middle, range)),
                                    1 / kMostGamma, kMostGamma);
    for (std::size_t step = 0; step < ChannelCurves::kSteps; ++step) {
      const double level = 255 * ChannelCurves::value_at(step), share = (level - range.black) / size;
      const double bent = share > 0 && share < 1 ? std::pow(share, gamma) : share;
      const double changed = std::clamp(wanted.black + wanted_size * bent, 0.0, 255.0);
      curves[channel][step] = static_cast<float>((level + strength * (changed - level)) / 255);
    }
  }
  return ChannelCurves(curves);
}

}  // namespace reelface
