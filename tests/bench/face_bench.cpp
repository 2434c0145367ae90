// SPDX-License-Identifier: Apache-2.0
// What the parts of the face path beside the networks cost on crops of 256 pixels, one thread.
#include <benchmark/benchmark.h>

#include <vector>

#include "core/heap.h"
#include "faces/crop_quality.h"
#include "faces/face_mask.h"
#include "faces/temporal_blender.h"
#include "image/colour_match.h"
#include "image/crop.h"
#include "image/grain.h"
#include "motion/crop_flow.h"
#include "motion/picture_motion.h"
#include "reelface/image/paste.h"
#include "support/frames.h"
#include "unit/motion/moving_crop.h"

namespace reelface {
namespace {

constexpr int kSide = 256;
constexpr int kFrames = 16;
constexpr double kFrameSeconds = 0.04;

/// Eyes, nose, mouth of the 512 crop.
constexpr std::array<Point, 5> kTemplatePoints = {{{193, 240}, {319, 240}, {256, 314}, {201, 371}, {313, 371}}};

CropStep::Crop crop_of(const cv::Mat& picture) {
  return std::make_shared<const RgbImageF>(testing::image_of(picture));
}

/// A soft face that moves, under grain, and what a restorer that flickers makes of it.
struct Footage {
  std::vector<CropStep::Crop> inputs, restored;

  Footage() {
    const cv::Mat face = testing::soft_texture(1, kSide, 5), detail = testing::soft_texture(2, kSide, 1.5) * 0.5;
    for (int frame = 0; frame < kFrames; ++frame) {
      const cv::Mat input = testing::moved_by_path(face, frame, 3) + testing::noise(kSide, 0.01, 1000 + frame);
      inputs.push_back(crop_of(input));
      restored.push_back(crop_of(input + testing::moved_by_path(detail, frame, 3) - cv::Scalar::all(0.25) +
                                 testing::noise(kSide, 0.03, 5000 + frame, 1)));
    }
  }

  SharedStep step(int from, int to) const {
    return std::make_shared<CropStep>(inputs[from], inputs[to], from * kFrameSeconds);
  }
};

void motion_both_ways(benchmark::State& state) {
  const Footage footage;
  int frame = 0;
  for ([[maybe_unused]] auto round : state) {
    benchmark::DoNotOptimize(&footage.step(frame, frame + 1)->motion());
    frame = (frame + 1) % (kFrames - 1);
  }
}
BENCHMARK(motion_both_ways)->Unit(benchmark::kMillisecond);

void neighbours_moved(benchmark::State& state) {
  const Footage footage;
  std::vector<RgbViewF> window;
  std::vector<SharedStep> steps;
  for (int place = 0; place < 5; ++place) {
    window.push_back(footage.inputs[place]->view());
    steps.push_back(place == 2 ? nullptr : footage.step(std::min(place, 2), std::max(place, 2)));
    if (steps.back()) steps.back()->motion();
  }
  for ([[maybe_unused]] auto round : state) benchmark::DoNotOptimize(moved_onto_middle(window, steps));
}
BENCHMARK(neighbours_moved)->Unit(benchmark::kMillisecond);

/// Per frame of a piece.
void blending(benchmark::State& state) {
  const Footage footage;
  std::vector<SharedStep> steps = {nullptr};
  for (int frame = 1; frame < kFrames; ++frame) {
    steps.push_back(footage.step(frame - 1, frame));
    steps.back()->motion();
  }
  const MaskImage mask = SoftFaceMask().make(kTemplatePoints, kSide);
  TemporalBlender blender;
  int frame = 0;
  for ([[maybe_unused]] auto round : state) {
    if (frame == kFrames) {
      state.PauseTiming();
      blender.reset();
      frame = 0;
      state.ResumeTiming();
    }
    benchmark::DoNotOptimize(
        blender.blend(1, frame * kFrameSeconds, footage.inputs[frame], *footage.restored[frame], steps[frame], &mask));
    ++frame;
  }
}
BENCHMARK(blending)->Unit(benchmark::kMillisecond);

/// A face of 300 pixels in a grainy 720p frame, and its mask.
struct Scene {
  Frame frame;
  Affine frame_to_crop = Affine::scale_and_move(0.5, 0.5, -200, -60);
  MaskImage mask;
  RgbImageF crop, restored;

  Scene() : frame(grainy_frame()) {
    mask = SoftFaceMask().make(kTemplatePoints, kSide);
    crop = extract_crop(frame, frame_to_crop, kSide);
    restored = crop;
    for (std::size_t i = 0; i < restored.samples.size(); ++i) restored.samples[i] += static_cast<float>(i % 7) * 0.004F;
  }

  static Frame grainy_frame() {
    const auto code = [](int component, int x, int y) {
      const auto hash = testing::hash_of(static_cast<std::uint32_t>((component * 720 + y) * 1280 + x));
      return 90 + (x + y) / 20 % 60 + static_cast<int>(hash % 9);
    };
    return testing::frame_of_codes(testing::frame_facts("yuv420p", 1280, 720), code);
  }
};

void cropping(benchmark::State& state) {
  const Scene scene;
  for ([[maybe_unused]] auto round : state)
    benchmark::DoNotOptimize(extract_crop(scene.frame, scene.frame_to_crop, kSide));
}
BENCHMARK(cropping)->Unit(benchmark::kMillisecond);

void masking(benchmark::State& state) {
  const SoftFaceMask masks;
  for ([[maybe_unused]] auto round : state) {
    benchmark::DoNotOptimize(masks.make(kTemplatePoints, kSide));
  }
}
BENCHMARK(masking)->Unit(benchmark::kMillisecond);

void matching_colour(benchmark::State& state) {
  Scene scene;
  for ([[maybe_unused]] auto round : state) match_colour(scene.restored, scene.crop.view(), scene.mask);
}
BENCHMARK(matching_colour)->Unit(benchmark::kMillisecond);

void pasting(benchmark::State& state) {
  Scene scene;
  for ([[maybe_unused]] auto round : state) {
    paste(scene.frame, scene.frame_to_crop, {scene.crop.view(), scene.restored.view(), scene.mask}, {});
  }
}
BENCHMARK(pasting)->Unit(benchmark::kMillisecond);

void measuring_grain(benchmark::State& state) {
  const Scene scene;
  for ([[maybe_unused]] auto round : state) {
    for (GrainRegion region : {GrainRegion::kFace, GrainRegion::kSurroundings}) {
      benchmark::DoNotOptimize(measure_grain(scene.frame, scene.frame_to_crop, scene.mask, region));
    }
  }
}
BENCHMARK(measuring_grain)->Unit(benchmark::kMillisecond);

void appraising(benchmark::State& state) {
  const Footage footage;
  for ([[maybe_unused]] auto round : state) {
    benchmark::DoNotOptimize(measure_crop_quality(footage.inputs[0]->view()));
    benchmark::DoNotOptimize(colour_variance(footage.inputs[0]->view()));
  }
}
BENCHMARK(appraising)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace reelface

int main(int count, char** words) {
  reelface::tune_heap();  // as the program does
  benchmark::Initialize(&count, words);
  cv::setNumThreads(1);
  benchmark::RunSpecifiedBenchmarks();
}
