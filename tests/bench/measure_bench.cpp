// SPDX-License-Identifier: Apache-2.0
// How fast the measures are on full HD pictures, one thread.
#include <benchmark/benchmark.h>

#include "measure/comparison.h"
#include "reelface/measure/fidelity.h"

namespace reelface {
namespace {

SamplePlane plane(int width, int height, unsigned factor) {
  SamplePlane result(width, height);
  unsigned value = 1;
  for (float& sample : result.samples) sample = static_cast<float>((value = value * factor + 12345) >> 24);
  return result;
}

/// All three planes of a 4:2:0 frame.
void psnr_and_ssim_of_a_frame(benchmark::State& state) {
  const SamplePlane luma[] = {plane(1920, 1080, 1664525), plane(1920, 1080, 22695477)};
  const SamplePlane chroma[] = {plane(960, 540, 1664525), plane(960, 540, 22695477)};
  for ([[maybe_unused]] auto step : state) {
    double sum = psnr(luma[0].view(), luma[1].view(), 255) + *ssim(luma[0].view(), luma[1].view(), 255);
    for (int i = 0; i < 2; ++i) {
      sum += psnr(chroma[0].view(), chroma[1].view(), 255) + *ssim(chroma[0].view(), chroma[1].view(), 255);
    }
    benchmark::DoNotOptimize(sum);
  }
  state.counters["frames/s"] = benchmark::Counter(1, benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(psnr_and_ssim_of_a_frame)->Unit(benchmark::kMillisecond);

void ms_ssim_of_luma(benchmark::State& state) {
  const SamplePlane luma[] = {plane(1920, 1080, 1664525), plane(1920, 1080, 22695477)};
  for ([[maybe_unused]] auto step : state) benchmark::DoNotOptimize(ms_ssim(luma[0].view(), luma[1].view(), 255));
}
BENCHMARK(ms_ssim_of_luma)->Unit(benchmark::kMillisecond);

void motion_between_two_frames(benchmark::State& state) {
  const SamplePlane luma[] = {plane(960, 540, 1664525), plane(960, 540, 22695477)};
  for ([[maybe_unused]] auto step : state)
    benchmark::DoNotOptimize(estimate_motion(luma[0].view(), luma[1].view(), 255));
}
BENCHMARK(motion_between_two_frames)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace reelface

BENCHMARK_MAIN();
