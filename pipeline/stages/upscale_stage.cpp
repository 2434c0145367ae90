#include "pipeline/stages/upscale_stage.h"

#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "core/finite.h"
#include "image/enlarged_frame.h"
#include "image/picture_difference.h"
#include "motion/moving_picture.h"
#include "motion/trusted_neighbours.h"
#include "pipeline/stages/enlarged_picture.h"
#include "pipeline/stages/neighbours_stage.h"
#include "pipeline/stages/network_memory.h"
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
  const RgbImageF enlarged = upscaler.enlarge({picture.view()}).enlarged;
  if (!all_finite(enlarged.samples)) return;
  job.work.make<EnlargedPicture>().frame = enlarged_frame(*job.frame, picture.view(), enlarged.view(), size);
}

/// The neighbours of a window on its middle picture, as far as they show the same; those that had to be made are kept in
/// `made`.
std::vector<RgbViewF> pictures_of(const PictureWindow& window, std::vector<std::unique_ptr<RgbImageF>>& made) {
  made = moved_onto_middle(window);
  std::vector<RgbViewF> pictures;
  for (std::size_t index = 0; index < made.size(); ++index)
    pictures.push_back(made[index] ? made[index]->view() : window.pictures[index]->picture().view());
  return pictures;
}

void enlarge_window(FrameJob& job, const PictureRestorer& upscaler, const EnlargeOptions& enlarge) {
  const PictureNeighbours* const neighbours = job.work.get<PictureNeighbours>();
  if (neighbours && job.frame) {
    const PictureWindow& window = neighbours->window;
    std::vector<std::unique_ptr<RgbImageF>> made;
    std::vector<RgbViewF> pictures = pictures_of(window, made);
    keep_what_is_the_same(pictures, made, window.middle()->grain());
    const BothSizes both = upscaler.enlarge(pictures);
    if (all_finite(both.once.samples) && all_finite(both.enlarged.samples)) {
      const FrameSize size = target_size(job.frame->facts(), enlarge);
      job.work.make<EnlargedPicture>().frame = enlarged_frame(*job.frame, both.once.view(), both.enlarged.view(), size);
    }
  }
  job.work.drop<PictureNeighbours>();  // pictures are large: none stays longer than it has to
}

/// As many times as each is trusted: one that shows something else has been exchanged for the middle one already.
RgbImageF mean_of(const std::vector<RgbViewF>& pictures) {
  const RgbViewF& first = pictures.front();
  RgbImageF mean(first.width, first.height);
  const float share = 1.0F / static_cast<float>(pictures.size());
  for (int y = 0; y < mean.height; ++y) {
    float* const to = mean.samples.data() + std::ptrdiff_t{3} * mean.width * y;
    for (const RgbViewF& picture : pictures) {
      const float* const from = picture.samples + y * std::ptrdiff_t{picture.row_stride};
      for (int x = 0; x < 3 * mean.width; ++x) to[x] += share * from[x];
    }
  }
  return mean;
}

void settle(FrameJob& job) {
  const PictureNeighbours* const neighbours = job.work.get<PictureNeighbours>();
  EnlargedPicture* const enlarged = job.work.get<EnlargedPicture>();
  if (neighbours && enlarged) {
    const PictureWindow& window = neighbours->window;
    std::vector<std::unique_ptr<RgbImageF>> made;
    std::vector<RgbViewF> pictures = pictures_of(window, made);
    keep_what_is_the_same(pictures, made, GrainModel());
    add_difference(*enlarged->frame, window.middle()->picture().view(), mean_of(pictures).view(), 1);
  }
  job.work.drop<PictureNeighbours>();  // pictures are large: none stays longer than it has to
}

std::int64_t pixels_of(const FrameFacts& facts) {
  return std::int64_t{facts.width} * facts.height;
}

std::function<std::int64_t(const FrameFacts&)> bytes_of_enlarged(const EnlargeOptions& enlarge) {
  return [enlarge](const FrameFacts& facts) {
    return bytes_of_frame(resized_facts(facts, target_size(facts, enlarge)));
  };
}

}  // namespace

Stage make_enlarge_stage(std::shared_ptr<const PictureRestorer> upscaler, const EnlargeOptions& enlarge,
                         const VideoInfo& video) {
  constexpr std::int64_t kPictures = 14 + 4 * 2;  // of the window, moved, and twice the enlarged one
  const bool is_large = is_large_picture(video.width, video.height);
  StepNeeds needs;
  needs.reason = "enlarges the picture with what its neighbours show";
  needs.restores = true;
  needs.memory.loaded = {memory_of_cleaner()};
  needs.memory.bytes_at_work = [is_large](const FrameFacts& facts, int threads) {
    return (is_large ? 1 : threads) * kPictures * kBytesPerPixel * pixels_of(facts) +
           bytes_of_restoring(facts.width, facts.height, threads, true);
  };
  needs.memory.bytes_per_frame = bytes_of_enlarged(enlarge);
  return {"enlarge", Concurrency::kParallel,
          [upscaler = std::move(upscaler), enlarge](FrameGroup& group) {
            for (FrameJob& job : group.jobs) enlarge_window(job, *upscaler, enlarge);
          },
          is_large ? std::size_t{1} : 0, std::move(needs)};
}

Stage make_upscale_stage(std::shared_ptr<const PictureRestorer> upscaler, const EnlargeOptions& enlarge) {
  constexpr std::int64_t kMostEnlarged = 16, kPictures = 4, kBytesOfTile = std::int64_t{512} << 20;
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
