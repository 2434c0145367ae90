// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/upscale_stage.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "core/finite.h"
#include "image/enlarged_frame.h"
#include "image/picture_difference.h"
#include "motion/moving_picture.h"
#include "motion/shown_pictures.h"
#include "motion/trusted_neighbours.h"
#include "motion/upscaling_limits.h"
#include "pipeline/stages/enlarged_picture.h"
#include "pipeline/stages/neighbours_stage.h"
#include "pipeline/stages/network_memory.h"
#include "pipeline/stages/picture_fallback.h"
#include "pipeline/values/enlarging.h"
#include "reelface/image/frame_picture.h"

namespace reelface {
namespace {

constexpr std::int64_t kBytesPerPixel = 12;

void upscale(FrameJob& job, const PictureRestorer& upscaler, const EnlargeOptions& enlarge) {
  if (!job.frame || !job.frame->facts().layout.editable || job.frame->facts().damaged) return;
  const FrameSize size = target_size(job.frame->facts(), enlarge);
  if (size == size_of(job.frame->facts())) return;
  const RgbImageF picture = frame_picture(*job.frame);
  RgbImageF enlarged = upscaler.enlarge({picture.view()}).enlarged;
  note_fallback(job, upscaler);
  if (!all_finite(enlarged.samples)) return;
  hold_back_upscaling(picture.view(), enlarged);
  job.work.make<EnlargedPicture>().frame = enlarged_frame(*job.frame, picture.view(), enlarged.view(), size);
}

void enlarge_window(FrameJob& job, const PictureRestorer& upscaler, const EnlargeOptions& enlarge) {
  const PictureNeighbours* const neighbours = job.work.get<PictureNeighbours>();
  if (neighbours && job.frame) {
    const PictureWindow& window = neighbours->window();
    ShownPictures shown(window, moved_onto_middle(window));
    std::vector<RgbViewF> pictures = shown.views();
    keep_what_is_the_same(pictures, shown.moved(), window.middle()->grain());
    const BothSizes both = upscaler.enlarge(pictures);
    note_fallback(job, upscaler);
    if (all_finite(both.once.samples) && all_finite(both.enlarged.samples)) {
      const FrameSize size = target_size(job.frame->facts(), enlarge);
      job.work.make<EnlargedPicture>().frame = enlarged_frame(*job.frame, both.once.view(), both.enlarged.view(), size);
    }
  }
  job.work.drop<PictureNeighbours>();  // pictures are large: none stays longer than it has to
}

// Between a pixel and the same one of a neighbour, of 0..1: up to the first it is what the network painted otherwise,
// from the second on the film shows something else.
constexpr float kPaintedOtherwise = 3.0F / 255, kSomethingElse = 6.0F / 255;

/// How much of a neighbour's difference counts.
float share_of(const float* difference) {
  const float brightness = std::abs(0.299F * difference[0] + 0.587F * difference[1] + 0.114F * difference[2]);
  return std::clamp((kSomethingElse - brightness) / (kSomethingElse - kPaintedOtherwise), 0.0F, 1.0F);
}

/// The middle one of the pictures, and the mean of what the others have instead.
RgbImageF settled(const std::vector<RgbViewF>& pictures) {
  const RgbViewF& middle = pictures[pictures.size() / 2];
  RgbImageF result(middle.width, middle.height);
  for (int y = 0; y < result.height; ++y) {
    float* const to = result.samples.data() + std::ptrdiff_t{3} * result.width * y;
    const float* const here = middle.samples + y * std::ptrdiff_t{middle.row_stride};
    std::copy_n(here, std::ptrdiff_t{3} * result.width, to);
    for (const RgbViewF& picture : pictures) {
      if (picture.samples == middle.samples) continue;
      const float* const there = picture.samples + y * std::ptrdiff_t{picture.row_stride};
      for (int x = 0; x < 3 * result.width; x += 3) {
        const std::array<float, 3> difference = {there[x] - here[x], there[x + 1] - here[x + 1],
                                                 there[x + 2] - here[x + 2]};
        const float share = share_of(difference.data()) / static_cast<float>(pictures.size());
        for (int colour = 0; colour < 3; ++colour)
          to[x + colour] += share * difference[static_cast<std::size_t>(colour)];
      }
    }
  }
  return result;
}

void settle(FrameJob& job) {
  const PictureNeighbours* const neighbours = job.work.get<PictureNeighbours>();
  EnlargedPicture* const enlarged = job.work.get<EnlargedPicture>();
  if (neighbours && enlarged) {
    const PictureWindow& window = neighbours->window();
    ShownPictures shown(window, moved_onto_middle(window));
    std::vector<RgbViewF> pictures = shown.views();
    keep_what_is_the_same(pictures, shown.moved(), GrainModel());
    add_difference(*enlarged->frame, window.middle()->picture().view(), settled(pictures).view(), 1);
  }
  job.work.drop<PictureNeighbours>();  // pictures are large: none stays longer than it has to
}

std::int64_t pixels_of(const FrameFacts& facts) {
  return std::int64_t{facts.width} * facts.height;
}

std::function<std::int64_t(const FrameFacts&)> bytes_of_enlarged(const EnlargeOptions& enlarge) {
  return
      [enlarge](const FrameFacts& facts) { return bytes_of_frame(resized_facts(facts, target_size(facts, enlarge))); };
}

}  // namespace

Stage make_enlarge_stage(std::shared_ptr<const PictureRestorer> upscaler, const EnlargeOptions& enlarge,
                         const VideoInfo& video) {
  constexpr std::int64_t kPictures = 14 + 4 * 2;  // of the window, moved, and twice the enlarged one
  const bool is_large = is_large_picture(video.width, video.height);
  const std::size_t large_at_once = upscaler ? upscaler->large_at_once() : 1;
  StepNeeds needs;
  needs.reason = "enlarges the picture with what its neighbours show";
  needs.restores = true;
  needs.memory.loaded = {memory_of_cleaner()};
  needs.memory.bytes_at_work = [is_large, large_at_once](const FrameFacts& facts, int threads) {
    const std::int64_t windows = is_large ? static_cast<std::int64_t>(large_at_once) : threads;
    return windows * kPictures * kBytesPerPixel * pixels_of(facts) +
           bytes_of_restoring(facts.width, facts.height, threads, true);
  };
  needs.memory.bytes_per_frame = bytes_of_enlarged(enlarge);
  return {"enlarge", Concurrency::kParallel,
          [upscaler = std::move(upscaler), enlarge](FrameGroup& group) {
            for (FrameJob& job : group.jobs) enlarge_window(job, *upscaler, enlarge);
          },
          is_large ? large_at_once : 0, std::move(needs)};
}

Stage make_upscale_stage(std::shared_ptr<const PictureRestorer> upscaler, const EnlargeOptions& enlarge) {
  constexpr std::int64_t kMostEnlarged = 16, kPictures = 4, kBytesOfTile = std::int64_t{64} << 20;
  StepNeeds needs;
  needs.reason = "enlarges the picture with " + enlarge.upscaler;
  needs.restores = true;
  needs.memory.loaded = {memory_of_restorer()};
  needs.memory.bytes_at_work = [](const FrameFacts& facts, int threads) {
    return pixels_of(facts) * kBytesPerPixel * kMostEnlarged * kPictures + threads * kBytesOfTile;
  };
  needs.memory.bytes_per_frame = bytes_of_enlarged(enlarge);
  return {"upscale", Concurrency::kParallel,
          [upscaler = std::move(upscaler), enlarge](FrameGroup& group) {
            for (FrameJob& job : group.jobs) upscale(job, *upscaler, enlarge);
          },
          1, std::move(needs)};
}

Stage make_settle_stage() {
  constexpr std::int64_t kMostEnlarged = 16, kPictures = 14;
  StepNeeds needs;
  needs.reason = "keeps what was enlarged steady";
  needs.memory.bytes_at_work = [](const FrameFacts& facts, int) {
    return pixels_of(facts) * kBytesPerPixel * kMostEnlarged * kPictures;
  };
  return {"settle", Concurrency::kParallel,
          [](FrameGroup& group) {
            for (FrameJob& job : group.jobs) settle(job);
          },
          1, std::move(needs)};
}

}  // namespace reelface
