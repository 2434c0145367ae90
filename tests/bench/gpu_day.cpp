// SPDX-License-Identifier: Apache-2.0
// What a device computes and how fast, as tables in Markdown; tests/bench/gpu_day.sh builds and runs it.
//   gpu_day [--device auto|cpu|cuda:0] [--seconds N] [--small]
#include <c10/core/InferenceMode.h>
#include <c10/util/Exception.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "bench/device_memory.h"
#include "bench/gpu_day_checks.h"
#include "bench/gpu_day_networks.h"
#include "core/heap.h"
#include "inference/engine/network_library.h"
#include "networks/engine/precision_choice.h"
#include "networks/engine/repeated_call.h"
#include "networks/engine/torch_device.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

struct Options {
  std::string device = "auto";
  double seconds = 330;
  bool is_small = false;
};

double seconds_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// What went wrong, on one line and short enough for a cell.
std::string reason_of(const std::exception& failure) {
  const std::string text = failure.what();
  if (text.find("out of memory") != std::string::npos) return "out of memory";
  if (text.find("not implemented for") != std::string::npos) return "not there";
  return "fails: " + text.substr(0, std::min<std::size_t>(text.find('\n'), 60));
}

/// A device works on while its program goes on; looking at a number of the result waits for it.
void wait_for(const at::Tensor& result) {
  result.select(0, 0).select(0, 0).select(0, 0).select(0, 0).to(at::kFloat).item<float>();
}

/// How often something is called to measure it.
struct Round {
  int batch = 1;
  int least_calls = 2;
  double least_seconds = 0.2;
};

/// Calls a second, behind two that warm up: the first also makes a recording, the second uses it.
template <class Call>
double speed_of(const Round& round, const Call& call) {
  for (int i = 0; i < round.least_calls; ++i) call();
  const double start = seconds_now();
  int calls = 0;
  double passed = 0;
  for (; calls < round.least_calls || passed < round.least_seconds; passed = seconds_now() - start, ++calls) call();
  return calls / std::max(passed, 1e-9);
}

/// `begin` makes what is to be called, which may take more memory than there is.
template <class Begin>
std::string faces_a_second(const Round& round, const Begin& begin) {
  try {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", round.batch * speed_of(round, begin()));
    return text;
  } catch (const std::exception& failure) {
    return reason_of(failure);
  }
}

std::string cell_of(const Round& round, const std::function<TensorFunction()>& make, const at::Tensor& input) {
  return faces_a_second(round, [&] {
    const auto run = std::make_shared<const TensorFunction>(make());
    return [run, &input] { wait_for((*run)(input)); };
  });
}

at::Tensor random_pictures(int batch, const InputShape& shape, const Placement& placement) {
  return (at::rand({batch, shape.channels, shape.side, shape.side}) * 2 - 1)
      .to(placement.device, placement.type)
      .contiguous(at::MemoryFormat::ChannelsLast);
}

/// Windows of crops in ordinary memory, in and out, as the program has them.
std::string cell_with_pictures(const BenchedNetwork& network, const Placement& placement, const Round& round) {
  return faces_a_second(round, [&, batch = round.batch] {
    const std::shared_ptr<CropNetwork> whole = network.whole(placement);
    const auto crops = std::make_shared<std::vector<RgbImageF>>(test_crops(whole->crop_size(), whole->traits().window));
    CropWindow window;
    for (const RgbImageF& crop : *crops) window.push_back(crop.view());
    const std::vector<CropWindow> windows(static_cast<std::size_t>(batch), window);
    return [whole, crops, windows, batch] {
      std::vector<RgbImageF> restored(windows.size(), RgbImageF(whole->crop_size(), whole->crop_size()));
      whole->restore(windows.data(), batch, restored.data());
    };
  });
}

const char* name_of(at::ScalarType type) {
  return type == at::kHalf ? "fp16" : type == at::kBFloat16 ? "bf16" : "fp32";
}

void print_speed_row(const BenchedNetwork& network, const Placement& placement, const Round& round) {
  const at::Tensor input = random_pictures(round.batch, network.input, placement);
  const at::Tensor plain_input = random_pictures(round.batch, network.plain_input, placement);
  const std::string alone = cell_of(
      round, [&] { return network.ours(placement); }, input);
  const auto record = [&]() -> TensorFunction {
    const auto call = std::make_shared<RepeatedCall>(network.ours(placement));
    return [call](const at::Tensor& pictures) { return (*call)(pictures); };
  };
  const std::string recorded = placement.device.is_cuda() ? cell_of(round, record, input) : "-";
  const std::string with_pictures = cell_with_pictures(network, placement, round);
  const std::int64_t memory = device_memory_in_use(placement.device);
  const std::string plain = cell_of(
      round, [&] { return network.plain(placement); }, plain_input);
  std::printf("| %s | %s | %d | %s | %s | %s | %s | %lld |\n", network.name.c_str(), name_of(placement.type),
              round.batch, plain.c_str(), alone.c_str(), recorded.c_str(), with_pictures.c_str(),
              static_cast<long long>(memory >> 20));
  std::fflush(stdout);
}

void print_speeds(const std::vector<BenchedNetwork>& networks, const at::Device& device, const Options& options,
                  double deadline) {
  std::printf(
      "\nFaces a second. Plain eager: the published operations one by one, on the same device and in the same "
      "precision.\n\n"
      "| network | precision | batch | plain eager | ours, without CUDA graphs | with CUDA graphs | with pictures in "
      "and "
      "out | MiB in use so far |\n|---|---|---|---|---|---|---|---|\n");
  const std::vector<int> batches = options.is_small ? std::vector<int>{1, 2} : std::vector<int>{1, 4, 16, 32};
  int left_out = 0;
  for (const int batch : batches) {
    for (const BenchedNetwork& network : networks) {
      for (const at::ScalarType type : {at::kFloat, at::kBFloat16, at::kHalf}) {
        if (seconds_now() > deadline)
          ++left_out;
        else
          print_speed_row(network, {device, type}, options.is_small ? Round{batch, 1, 0} : Round{batch});
      }
    }
  }
  if (left_out > 0) std::printf("\n%d rows were left out: the time was over.\n", left_out);
}

RgbImageF restored_by(const CropNetwork& network) {
  const std::vector<RgbImageF> crops = test_crops(network.crop_size(), network.traits().window);
  CropWindow window;
  for (const RgbImageF& crop : crops) window.push_back(crop.view());
  RgbImageF restored(network.crop_size(), network.crop_size());
  network.restore(&window, 1, &restored);
  return restored;
}

/// "98.1 dB | 0.000012": how near two pictures are, and where they are farthest apart.
std::string nearness(const RgbImageF& left, const RgbImageF& right) {
  double squares = 0, largest = 0;
  for (std::size_t i = 0; i < left.samples.size(); ++i) {
    const double difference = std::abs(double{left.samples[i]} - double{right.samples[i]});
    if (!std::isfinite(difference)) return "holds what is no number | -";
    squares += difference * difference;
    largest = std::max(largest, difference);
  }
  const double psnr = -10 * std::log10(std::max(squares / static_cast<double>(left.samples.size()), 1e-20));
  char text[64];
  std::snprintf(text, sizeof text, "%.1f dB | %.6f", psnr, largest);
  return text;
}

void print_parity(const std::vector<BenchedNetwork>& networks, const at::Device& device) {
  std::printf(
      "\nA picture restored on this device beside the same one on the CPU in fp32, in the program's way; of full "
      "scale.\n\n"
      "| network | precision | nearness | largest difference |\n|---|---|---|---|\n");
  for (const BenchedNetwork& network : networks) {
    const RgbImageF wanted = restored_by(*network.on_cpu());
    for (const at::ScalarType type : {at::kFloat, at::kBFloat16, at::kHalf}) {
      std::string result;
      try {
        result = nearness(wanted, restored_by(*network.whole({device, type})));
      } catch (const std::exception& failure) {
        result = reason_of(failure) + " | -";
      }
      std::printf("| %s | %s | %s |\n", network.name.c_str(), name_of(type), result.c_str());
    }
  }
  std::printf("| detector | - | runs on the CPU alone | - |\n");
}

Options parse(int count, char** arguments) {
  Options options;
  for (int i = 1; i < count; ++i) {
    const bool has_value = i + 1 < count;
    if (std::strcmp(arguments[i], "--small") == 0)
      options.is_small = true;
    else if (std::strcmp(arguments[i], "--device") == 0 && has_value)
      options.device = arguments[++i];
    else if (std::strcmp(arguments[i], "--seconds") == 0 && has_value)
      options.seconds = std::atof(arguments[++i]);
    else
      throw Error(ExitCode::kUsage,
                  std::string("what is ") + arguments[i] + "? gpu_day [--device NAME] [--seconds N] [--small]");
  }
  return options;
}

void run(const Options& options) {
  const double deadline = seconds_now() + options.seconds;
  const std::string name = resolve_torch_device(options.device);
  if (name == "cpu" && !options.is_small)
    throw Error(ExitCode::kUsage,
                "there is no graphics card that this LibTorch can use; gpu_day.sh --cpu does without");
  for (const DeviceInfo& info : torch_devices()) {
    if (info.name == name)
      std::printf("**%s**: %s; LibTorch %s; %s.\n", name.c_str(), info.description.c_str(), built_with_libtorch(),
                  options.is_small ? "a small GFPGAN with random weights, and too few faces to say anything about speed"
                                   : "GFPGAN at full width with random weights, which round worse than real ones");
  }
  const at::Device device = torch_device(name);
  const std::vector<BenchedNetwork> networks = benched_networks(options.is_small);
  print_loading(networks, name);
  print_parity(networks, device);
  print_slots(networks, device, options.is_small ? 3 : 8);
  print_back_off(networks, name);
  print_speeds(networks, device, options, deadline);
}

}  // namespace
}  // namespace reelface

int main(int count, char** arguments) {
  reelface::tune_heap();  // as the program does
  const c10::InferenceMode no_training;
  try {
    const reelface::Options options = reelface::parse(count, arguments);
    reelface::prepare_torch();
    reelface::use_torch_threads(static_cast<int>(std::thread::hardware_concurrency()));
    reelface::run(options);
    return 0;
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "gpu_day: %s\n", reelface::describe(failure).c_str());
    return 1;
  }
}
