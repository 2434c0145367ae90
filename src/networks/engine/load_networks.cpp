// SPDX-License-Identifier: Apache-2.0
#include "networks/engine/load_networks.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <mutex>
#include <utility>

#include "core/thread_count.h"
#include "inference/engine/batching_enhancer.h"
#include "inference/engine/shared_lanes.h"
#include "networks/engine/network_choice.h"
#include "networks/engine/precision_choice.h"
#include "networks/engine/repeated_call.h"
#include "networks/engine/slot_check.h"
#include "networks/engine/torch_device.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

constexpr int kCudaBatch = 8;
constexpr int kLanesOfCard = 2;
/// The part of the machine's memory that crops being restored may take.
constexpr std::int64_t kMemoryShare = 4;
/// A network that needs more than this for a crop works for a second or more, and is worth several cores; a smaller one
/// runs once per core, side by side.
constexpr std::int64_t kLargeNetworkBytes = std::int64_t{100} << 20;

bool is_large(const CropNetwork& network) {
  return network.bytes_per_crop() > kLargeNetworkBytes;
}

int wanted_batch(const at::Device& device, const EngineOptions& options) {
  if (!device.is_cuda()) return 1;
  return options.batch > 0 ? options.batch : kCudaBatch;
}

/// Where a card rounds otherwise in some place of a batch, what a face becomes would be left to chance.
int fair_batch(const CropNetwork& network, int wanted) {
  const int batch = countable_batch(network, wanted);
  if (batch == 1 || same_bits_in_every_slot(network, batch)) return batch;
  log_warning("this card does not give a face the same bits wherever it is among " + std::to_string(batch) +
              " at a time: faces are restored one by one, which is slower");
  return 1;
}

/// A CUDA device wants several crops at once, and one core that waits for it. A CPU is fastest with one crop for each
/// core: its tensors fit the caches, and the cores need not wait for each other.
Feeding feeding_for(const CropNetwork& network, const at::Device& device, const EngineOptions& options) {
  Feeding feeding;
  const int cores = options.threads > 0 ? options.threads : available_cores();
  feeding.fallback_threads = cores;
  feeding.keeps_batch = options.keeps_device;
  if (device.is_cuda()) {
    feeding.batch = fair_batch(network, wanted_batch(device, options));
    return feeding;
  }
  feeding.threads = cores;
  feeding.share_within_lane = is_large(network);
  const std::int64_t memory = main_memory_bytes();
  const std::int64_t fitting = memory > 0 ? memory / kMemoryShare / network.bytes_per_crop() : 1;
  feeding.lanes = static_cast<int>(std::clamp<std::int64_t>(fitting, 1, feeding.threads));
  if (options.batch > 0) feeding.lanes = std::min(feeding.lanes, options.batch);
  return feeding;
}

/// Runs everything once: memory is claimed and kernels are chosen now, not on the first frame. What is recorded, is so
/// the second time.
void warm_up(FaceEnhancer& enhancer, const at::Device& device, int lanes) {
  const std::vector<RgbImageF> crops = test_crops(enhancer.crop_size(), enhancer.window_length());
  CropWindow window;
  for (const RgbImageF& crop : crops) window.push_back(crop.view());
  for (int i = 0; i < (device.is_cuda() ? 2 : 1); ++i)
    enhancer.enhance(std::vector<CropWindow>(static_cast<std::size_t>(lanes), window));
}

/// Threads of LibTorch's own wait by spinning; beside a card there is nothing for them to do.
at::Device prepared_device(const std::string& name, const EngineOptions& options) {
  prepare_torch();
  const at::Device device = torch_device(name);
  const int cores = options.threads > 0 ? options.threads : available_cores();
  use_torch_threads(device.is_cuda() ? 1 : cores);
  return device;
}

[[noreturn]] void refuse_for_memory(const at::Device& device, const Checkpoint& checkpoint, const char* reason) {
  throw Error(ExitCode::kOutOfMemory,
              "not enough memory on " + device.str() + " for " + printable(checkpoint.path) + ": " + reason,
              "close other programs, choose a smaller model or --device cpu");
}

BatchingEnhancer::MakeNetwork fallback_of(const Checkpoint& checkpoint, const at::Device& device,
                                          const EngineOptions& options) {
  if (device.is_cpu() || options.keeps_device) return {};
  const Precision precision = options.precision == Precision::kFp16 ? Precision::kAuto : options.precision;
  return [checkpoint, precision] { return load_network(checkpoint, at::Device(at::kCPU), precision, 1).network; };
}

/// What restores faces, and what decides about the pixels it makes.
struct Engine {
  Precision precision = Precision::kFp32;
  int batch = 1;
  std::vector<std::unique_ptr<FaceEnhancer>> enhancers;
};

using MakeEnhancer = std::function<std::unique_ptr<FaceEnhancer>(std::shared_ptr<const CropNetwork>)>;

/// A second lane keeps a card at work while the first is fed; without memory for it, one has to do.
void add_lanes(const CropNetwork& network, const at::Device& device, const MakeEnhancer& make, Engine& engine) {
  for (int lane = 1; lane < kLanesOfCard; ++lane) {
    try {
      std::shared_ptr<const CropNetwork> another = network.another_lane();
      if (!another) return;
      std::unique_ptr<FaceEnhancer> enhancer = make(std::move(another));
      warm_up(*enhancer, device, 1);
      engine.enhancers.push_back(std::move(enhancer));
    } catch (const DeviceOutOfMemory& error) {
      log_debug("no memory for a second lane on " + device.str() + ": " + error.what());
      return;
    }
  }
}

/// Those of one device.
Engine engine_of(const Checkpoint& checkpoint, const at::Device& device, const EngineOptions& options, int threads) {
  try {
    LoadedNetwork loaded = load_network(checkpoint, device, options.precision, wanted_batch(device, options));
    const std::shared_ptr<const CropNetwork> network = std::move(loaded.network);
    const bool side_by_side = threads > 1 && device.is_cpu() && !is_large(*network);
    EngineOptions each = options;
    if (side_by_side) each.threads = 1;
    const Feeding feeding = feeding_for(*network, device, each);
    const MakeEnhancer make = [&, fallback = fallback_of(checkpoint, device, options)](auto lane) {
      return std::make_unique<BatchingEnhancer>(std::move(lane), feeding, use_torch_threads, fallback);
    };
    Engine engine{loaded.precision, feeding.batch, {}};
    for (int i = 0; i < (side_by_side ? threads : 1); ++i) engine.enhancers.push_back(make(network));
    warm_up(*engine.enhancers.front(), device, feeding.lanes);
    if (device.is_cuda()) add_lanes(*network, device, make, engine);
    return engine;
  } catch (const DeviceOutOfMemory& error) {
    refuse_for_memory(device, checkpoint, error.what());
  }
}

/// Cards are fed from one queue: their lanes are lent batch by batch, to more threads than there are lanes.
std::vector<std::unique_ptr<FaceEnhancer>> fed_from_one_queue(Engine cards) {
  constexpr std::size_t kGuestsOfLane = 2;
  const auto lanes = std::make_shared<SharedLanes>(std::move(cards.enhancers), cards.batch);
  std::vector<std::unique_ptr<FaceEnhancer>> guests;
  for (std::size_t i = 0; i < kGuestsOfLane * lanes->count(); ++i) guests.push_back(std::make_unique<LaneGuest>(lanes));
  return guests;
}

}  // namespace

std::unique_ptr<CropNetwork> make_picture_network(const Checkpoint& checkpoint, const EngineOptions& options) {
  const std::lock_guard no_recordings_elsewhere(loading_of_models());
  const at::Device device = prepared_device(resolve_torch_device(options.device), options);
  try {
    return load_network(checkpoint, device, options.precision, 1).network;
  } catch (const DeviceOutOfMemory& error) {
    refuse_for_memory(device, checkpoint, error.what());
  }
}

std::vector<std::unique_ptr<FaceEnhancer>> make_network_enhancers(const Checkpoint& checkpoint,
                                                                  const std::vector<std::string>& devices,
                                                                  const EngineOptions& options, int threads) {
  const std::lock_guard no_recordings_elsewhere(loading_of_models());
  const EngineShare share = share_of_device(options, threads, devices.size());
  EngineOptions each = options;
  each.threads = share.threads;
  Engine all;
  for (const std::string& name : devices) {
    const at::Device device = prepared_device(name, each);
    Engine engine = engine_of(checkpoint, device, each, share.restorers);
    // The first chooses for all: which of them restores a face must make no difference.
    each.precision = engine.precision;
    all.batch = all.enhancers.empty() ? engine.batch : std::min(all.batch, engine.batch);
    std::move(engine.enhancers.begin(), engine.enhancers.end(), std::back_inserter(all.enhancers));
  }
  return torch_device(devices.front()).is_cuda() ? fed_from_one_queue(std::move(all)) : std::move(all.enhancers);
}

}  // namespace reelface
