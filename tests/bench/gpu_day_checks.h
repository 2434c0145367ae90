// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "bench/device_memory.h"
#include "bench/gpu_day_networks.h"
#include "networks/engine/load_networks.h"
#include "networks/engine/precision_choice.h"
#include "networks/engine/slot_check.h"
#include "reelface/core/log.h"

namespace reelface {

// What must hold on a card, besides being fast.

/// Collects the program's warnings as long as it lives.
class HeardWarnings {
 public:
  HeardWarnings() {
    set_log_sink([this](LogLevel level, std::string_view text) {
      const std::lock_guard lock(mutex_);
      if (level == LogLevel::kWarning) texts_.emplace_back(text);
    });
  }
  ~HeardWarnings() { set_log_sink({}); }

  /// On one line; "none" if there are none.
  std::string text() {
    const std::lock_guard lock(mutex_);
    std::string all;
    for (const std::string& text : texts_) all += (all.empty() ? "" : "; ") + text;
    std::replace(all.begin(), all.end(), '|', '/');
    return all.empty() ? "none" : all;
  }

 private:
  std::mutex mutex_;
  std::vector<std::string> texts_;
};

inline std::vector<std::unique_ptr<FaceEnhancer>> loaded_as_by_the_program(const BenchedNetwork& network,
                                                                           const std::string& device, int batch) {
  EngineOptions options;
  options.batch = batch;
  return make_network_enhancers(*network.checkpoint, {device}, options, 1);
}

inline std::vector<RgbImageF> restore_some(FaceEnhancer& enhancer, std::size_t faces) {
  const auto crops = test_crops(enhancer.crop_size(), enhancer.window_length());
  CropWindow window;
  for (const RgbImageF& crop : crops) window.push_back(crop.view());
  return enhancer.enhance(std::vector<CropWindow>(faces, window));
}

/// The choice of precision, the checks and the recordings are part of loading.
inline void print_loading(const std::vector<BenchedNetwork>& networks, const std::string& device) {
  std::printf(
      "\nLoading, as the program does it.\n\n| network | ready after | what runs | warnings |\n|---|---|---|---|\n");
  for (const BenchedNetwork& network : networks) {
    HeardWarnings warnings;
    const auto start = std::chrono::steady_clock::now();
    const auto enhancers = loaded_as_by_the_program(network, device, 0);
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start;
    std::printf("| %s | %.1f s | %s | %s |\n", network.name.c_str(), passed.count(),
                enhancers.front()->description().c_str(), warnings.text().c_str());
  }
  std::fflush(stdout);
}

inline void print_slots(const std::vector<BenchedNetwork>& networks, const at::Device& device, int batch) {
  std::printf(
      "\nThe same face in every place of a batch.\n\n| network | precision | batch | bits |\n|---|---|---|---|\n");
  for (const BenchedNetwork& network : networks) {
    for (const at::ScalarType type : {at::kFloat, at::kBFloat16, at::kHalf}) {
      std::string found;
      try {
        found = same_bits_in_every_slot(*network.whole({device, type}), batch) ? "the same" : "differ";
      } catch (const std::exception&) {
        found = "not there";
      }
      const char* precision = type == at::kHalf ? "fp16" : type == at::kBFloat16 ? "bf16" : "fp32";
      std::printf("| %s | %s | %d | %s |\n", network.name.c_str(), precision, batch, found.c_str());
    }
  }
  std::fflush(stdout);
}

/// Most of a card's memory, as another program would hold it.
class HoggedCard {
 public:
  HoggedCard(const at::Device& device, std::int64_t bytes_left) {
    constexpr std::int64_t kPiece = std::int64_t{64} << 20;
    try {
      while (device_memory(device).left > bytes_left + kPiece)
        held_.push_back(at::empty({kPiece}, at::TensorOptions().device(device).dtype(at::kByte)));
    } catch (const c10::Error&) {  // then it is full
    }
  }

 private:
  std::vector<at::Tensor> held_;
};

/// A card that gets full when a film has begun: faces go on being restored, in smaller batches or on the processor.
inline void print_back_off(const std::vector<BenchedNetwork>& networks, const std::string& device) {
  std::printf(
      "\nA card that another program fills.\n\n| network | MiB left | faces restored | then runs | warnings "
      "|\n|---|---|---|---|---|\n");
  if (device == "cpu") {
    std::printf("| - | - | no card | - | - |\n");
    return;
  }
  for (const BenchedNetwork& network : networks) {
    for (const std::int64_t left : {std::int64_t{512}, std::int64_t{16}}) {
      HeardWarnings warnings;
      std::string result = "fails";
      std::string runs = "-";
      try {
        const auto enhancers = loaded_as_by_the_program(network, device, 32);
        const HoggedCard hogged(at::Device(device), left << 20);
        result = std::to_string(restore_some(*enhancers.front(), 40).size()) + " of 40";
        runs = enhancers.front()->description();
      } catch (const std::exception& failure) {
        result = std::string("fails: ") + failure.what();
      }
      std::printf("| %s | %lld | %s | %s | %s |\n", network.name.c_str(), static_cast<long long>(left), result.c_str(),
                  runs.c_str(), warnings.text().c_str());
    }
  }
  std::fflush(stdout);
}

}  // namespace reelface
