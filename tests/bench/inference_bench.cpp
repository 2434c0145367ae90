// SPDX-License-Identifier: Apache-2.0
// Measures the networks against plain ports of the reference, rounds interleaved, medians:
//   inference_bench [--threads N] [--rounds N] [--only gfpgan|window|detector|descriptor] [--size 512]
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/heap.h"
#include "core/instruction_set.h"
#include "inference/detector/yunet.h"
#include "inference/detector/yunet_weights.h"
#include "inference/engine/batching_enhancer.h"
#include "inference/load_models.h"
#include "inference/native/window_restorer_cpu.h"
#include "networks/engine/gfpgan_restorer.h"
#include "networks/engine/precision_choice.h"
#include "networks/engine/torch_device.h"
#include "networks/engine/window_restorer.h"
#include "reelface/inference/model_store.h"
#include "support/plain_networks.h"
#include "support/random_checkpoint.h"

namespace reelface {
namespace {

using testing::random_checkpoint;

struct Options {
  int threads = 1;
  int rounds = 5;
  int size = 512;
  std::string only;
};

double seconds_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Seconds of computing by all threads of this process. On a machine that others use too it says more than the clock on
/// the wall, as long as no thread spins.
double cpu_seconds_now() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

double median_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

/// One thing to measure; `faces` are restored by a call.
struct Contestant {
  std::string name;
  std::function<void()> run;
  int faces = 1;
  std::vector<double> seconds = {};
  std::vector<double> cpu_seconds = {};

  double median() const { return median_of(seconds) / faces; }
  double cpu_median() const { return median_of(cpu_seconds) / faces; }
  double least() const { return *std::min_element(cpu_seconds.begin(), cpu_seconds.end()) / faces; }
};

/// All once to warm up, then round by round, so that whatever else the machine does meets all of them alike.
void measure(std::vector<Contestant>& contestants, int rounds) {
  for (Contestant& contestant : contestants) contestant.run();
  for (int round = 0; round < rounds; ++round) {
    for (Contestant& contestant : contestants) {
      const double start = seconds_now();
      const double cpu_start = cpu_seconds_now();
      contestant.run();
      contestant.cpu_seconds.push_back(cpu_seconds_now() - cpu_start);
      contestant.seconds.push_back(seconds_now() - start);
    }
  }
}

void print(const std::string& title, const std::vector<Contestant>& contestants, double gflop, double peak_gflops) {
  std::printf("%s\n", title.c_str());
  const Contestant& first = contestants.front();
  for (const Contestant& contestant : contestants) {
    const double wall = contestant.median(), cpu = contestant.cpu_median();
    std::printf("  %-16s wall %9.2f ms a face x%.2f   cpu %9.2f ms a face x%.2f", contestant.name.c_str(), 1e3 * wall,
                first.median() / wall, 1e3 * cpu, first.cpu_median() / cpu);
    if (gflop > 0)
      std::printf("   %4.0f GFLOP/s a core, %3.0f %% of fp32 peak", gflop / cpu, 100 * gflop / cpu / peak_gflops);
    std::printf("\n");
  }
}

/// What one convolution of a comfortable shape reaches, GFLOP/s: the share of it that a network reaches tells how much
/// is lost between the convolutions.
double convolution_peak(at::ScalarType type) {
  constexpr std::int64_t kChannels = 128, kSide = 64;
  const Placement placement = {at::Device(at::kCPU), type};
  const Convolution convolution(at::randn({kChannels, kChannels, 3, 3}), at::randn({kChannels}),
                                {1, 1, Activation::kNone, {kSide, kSide}}, placement);
  const at::Tensor input = at::randn({1, kChannels, kSide, kSide}).to(type).contiguous(at::MemoryFormat::ChannelsLast);
  std::vector<Contestant> one = {{"convolution", [&] { convolution(input); }}};
  measure(one, 30);
  return 2e-9 * kChannels * kChannels * 9 * kSide * kSide / one[0].least();
}

BatchingEnhancer enhancer_of(std::unique_ptr<CropNetwork> network, const Options& options) {
  return BatchingEnhancer(std::move(network), {1, options.threads, options.threads}, use_torch_threads, {});
}

void compare_restorers(const std::string& title, const Options& options, double gflop,
                       const std::function<std::unique_ptr<CropNetwork>(Placement)>& make,
                       const std::function<void()>& plain) {
  const double exact_peak = convolution_peak(at::kFloat);
  std::printf("one convolution: %.0f GFLOP/s in fp32", exact_peak);
  if (cpu_has_fast_bf16()) std::printf(", %.0f in bf16", convolution_peak(at::kBFloat16));
  std::printf("%s\n", cpu_has_fast_bf16() ? "" : "; this processor has no bf16, which is left out");
  BatchingEnhancer exact = enhancer_of(make({at::Device(at::kCPU), at::kFloat}), options);
  BatchingEnhancer half = enhancer_of(make({at::Device(at::kCPU), at::kBFloat16}), options);
  const std::vector<RgbImageF> crops = test_crops(exact.crop_size(), exact.window_length());
  CropWindow window;
  for (const RgbImageF& crop : crops) window.push_back(crop.view());
  const std::vector<CropWindow> one(1, window), four(4, window);
  std::vector<Contestant> contestants = {{"plain, fp32",
                                          [&] {
                                            use_torch_threads(options.threads);
                                            plain();
                                          }},
                                         {"fp32, 1 face", [&] { exact.enhance(one); }},
                                         {"fp32, 4 faces", [&] { exact.enhance(four); }, 4}};
  if (cpu_has_fast_bf16()) {
    contestants.push_back({"bf16, 1 face", [&] { half.enhance(one); }});
    contestants.push_back({"bf16, 4 faces", [&] { half.enhance(four); }, 4});
  }
  measure(contestants, options.rounds);
  print(title, contestants, gflop, exact_peak);
}

/// Multiplications of all convolutions of a GFPGAN, times two.
double gflop_of(const GfpganShape& shape) {
  double sum = 0;
  const auto add = [&](double out, double in, double side, double pixels) {
    sum += 2e-9 * out * in * side * side * pixels * pixels;
  };
  const auto& unet = shape.unet_channels;
  const auto& decoder = shape.decoder_channels;
  add(unet.at(shape.out_size), 3, 1, shape.out_size);
  add(unet.at(4), unet.at(4), 3, 4);
  add(decoder.at(4), decoder.at(4), 3, 4);
  for (int size = 8; size <= shape.out_size; size *= 2) {
    const int half = size / 2;
    add(unet.at(size), unet.at(size), 3, size), add(unet.at(half), unet.at(size), 3, half);  // down
    add(unet.at(half), unet.at(size), 1, half);
    add(unet.at(half), unet.at(half), 3, half), add(unet.at(size), unet.at(half), 3, size);  // up
    add(unet.at(size), unet.at(half), 1, half);
    for (int i = 0; i < 2; ++i)
      add(unet.at(size), unet.at(size), 3, size), add(shape.sft_channels(size), unet.at(size), 3, size);
    add(decoder.at(size), decoder.at(half), 3, size), add(decoder.at(size), decoder.at(size), 3, size);
    add(3, decoder.at(size), 1, size);
  }
  return sum;
}

void bench_gfpgan(const Options& options) {
  const GfpganShape shape = testing::gfpgan_shape(options.size, 1, 2, 512);
  const Checkpoint checkpoint = random_checkpoint(expected_gfpgan_tensors(shape), 1);
  const testing::PlainGfpgan plain(checkpoint, shape);
  const at::Tensor picture = at::rand({1, 3, options.size, options.size}) * 2 - 1;
  const double gflop = gflop_of(shape);
  std::printf("GFPGAN %d: %.1f GFLOP a face\n", options.size, gflop);
  compare_restorers(
      "GFPGAN " + std::to_string(options.size) + ", full width, random weights", options, gflop,
      [&](Placement placement) { return std::make_unique<GfpganRestorer>(checkpoint, placement); },
      [&] { plain.restore(picture); });
}

/// The tensors of `faithful`.
std::vector<ExpectedTensor> window_tensors() {
  std::vector<ExpectedTensor> list;
  const auto add = [&](const std::string& name, std::int64_t out, std::int64_t in, std::int64_t side) {
    list.push_back({name + ".weight", {out, in, side, side}});
    list.push_back({name + ".bias", {out}});
  };
  const std::int64_t channels[] = {32, 64, 128, 192};
  const int encoder[] = {1, 2, 2, 3};
  add("first", 32, 60, 3);
  add("last", 12, 32, 3);
  for (int level = 0; level < 4; ++level) {
    const auto block = [&](const std::string& side, int count) {
      for (int i = 0; i < count; ++i) {
        const std::string name = side + std::to_string(level) + "." + std::to_string(i);
        add(name + ".conv1", channels[level], channels[level], 3);
        add(name + ".conv2", channels[level], channels[level], 3);
      }
    };
    block("encoder.", encoder[level]);
    if (level == 3) break;
    block("decoder.", 2);
    add("down." + std::to_string(level), channels[level + 1], channels[level], 2);
    add("up." + std::to_string(level), 4 * channels[level], channels[level + 1], 1);
  }
  return list;
}

void bench_window(const Options& options) {
  const Checkpoint checkpoint = random_checkpoint(window_tensors(), 2);
  const testing::PlainWindowNetwork plain(checkpoint);
  const at::Tensor crops = at::rand({1, 15, 256, 256}) * 2 - 1;
  constexpr double kGflop = 8.75;
  compare_restorers(
      "faithful, 5 crops of 256 px", options, kGflop,
      [&](Placement placement) -> std::unique_ptr<CropNetwork> {
        if (placement.type == at::kFloat) return std::make_unique<WindowRestorerCpu>(checkpoint);
        return std::make_unique<WindowRestorer>(checkpoint, placement);
      },
      [&] { plain.restore(crops); });
}

/// A unit of the detector by itself, from a whole map to a whole map.
YunetMap applied(const YunetUnit& unit, const YunetMap& input) {
  YunetMap output(input.columns, input.rows, unit.out_channels);
  YunetChain chain(input.columns, input.channels);
  chain.add(unit);
  chain.keep(output);
  for (int y = 0; y < input.rows; ++y) chain.take(input.row(y));
  chain.end();
  return output;
}

/// What it costs that rows go through the detector's layers as soon as they can, and not layer by layer.
void compare_rows_with_layers(const Options& options) {
  constexpr int kUnits = 6, kChannels = 64;
  const auto numbers = [](int count) { return std::vector<float>(static_cast<std::size_t>(count), 0.01F); };
  const YunetUnit unit = {
      kChannels,         kChannels, true, numbers(kChannels * kChannels), numbers(kChannels), numbers(9 * kChannels),
      numbers(kChannels)};
  YunetMap input(160, 96, kChannels), output(160, 96, kChannels);
  std::fill_n(input.row(0), input.row_length() * 96, 0.5F);
  const auto row_by_row = [&] {
    YunetChain chain(input.columns, kChannels);
    for (int i = 0; i < kUnits; ++i) chain.add(unit);
    chain.keep(output);
    for (int y = 0; y < input.rows; ++y) chain.take(input.row(y));
    chain.end();
  };
  const auto layer_by_layer = [&] {
    output = applied(unit, input);
    for (int i = 1; i < kUnits; ++i) output = applied(unit, output);
  };
  std::vector<Contestant> contestants = {{"row by row", row_by_row}, {"layer by layer", layer_by_layer}};
  measure(contestants, std::max(20, options.rounds));
  print("six of the detector's layers, 160x96", contestants, 0, 0);
}

void bench_detector(const Options& options) {
  compare_rows_with_layers(options);
  const Yunet network(random_checkpoint(expected_yunet_tensors(), 3));
  YunetInput wide(640, 384), small(320, 192);
  for (int y = 0; y < wide.height; ++y) std::fill_n(wide.row(y), 3 * wide.width, static_cast<float>(y % 256));
  std::vector<Contestant> contestants = {{"640x384", [&] { network.run(wide); }},
                                         {"320x192", [&] { network.run(small); }}};
  measure(contestants, std::max(20, options.rounds));
  print("detector, one core", contestants, 0, 0);
}

void bench_descriptor(const Options& options) {
  const auto descriptor = load_face_descriptor(ModelStore::from_environment().path_of("descriptor"));
  const RgbImageF crop = test_crops(descriptor->crop_size(), 1).front();
  std::vector<Contestant> contestants = {{"one face", [&] { descriptor->describe({crop.view()}); }}};
  measure(contestants, std::max(50, options.rounds));
  constexpr double kGflop = 0.53;
  print("descriptor of who a face is, one core", contestants, kGflop, convolution_peak(at::kFloat));
}

Options parse(int count, char** arguments) {
  Options options;
  std::map<std::string, std::string> given;
  for (int i = 1; i + 1 < count; i += 2) given[arguments[i]] = arguments[i + 1];
  const auto number = [&](const char* name, int& value) {
    if (given.count(name)) value = std::max(1, std::atoi(given[name].c_str()));
  };
  number("--threads", options.threads);
  number("--rounds", options.rounds);
  number("--size", options.size);
  options.only = given["--only"];
  return options;
}

}  // namespace
}  // namespace reelface

int main(int count, char** arguments) {
  reelface::tune_heap();  // as the program does
  const c10::InferenceMode no_training;
  const reelface::Options options = reelface::parse(count, arguments);
  reelface::prepare_torch();
  reelface::use_torch_threads(options.threads);
  std::printf("%d threads, %d rounds, medians\n", options.threads, options.rounds);
  if (options.only.empty() || options.only == "detector") reelface::bench_detector(options);
  if (options.only.empty() || options.only == "descriptor") reelface::bench_descriptor(options);
  if (options.only.empty() || options.only == "window") reelface::bench_window(options);
  if (options.only.empty() || options.only == "gfpgan") reelface::bench_gfpgan(options);
}
