// SPDX-License-Identifier: Apache-2.0
#include "networks/engine/precision_choice.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

#include "reelface/core/log.h"

namespace reelface {
namespace {

std::vector<RgbImageF> restore_faces(const CropNetwork& network, const std::vector<CropWindow>& windows) {
  std::vector<RgbImageF> restored(windows.size(), RgbImageF(network.crop_size(), network.crop_size()));
  if (!network.only_enlarges()) {
    network.restore(windows.data(), static_cast<int>(windows.size()), restored.data());
    return restored;
  }
  std::vector<BothSizes> results(windows.size());
  network.enlarge(windows.data(), static_cast<int>(windows.size()), results.data());
  for (std::size_t i = 0; i < results.size(); ++i) restored[i] = std::move(results[i].enlarged);
  return restored;
}

/// Both limited to what a picture can show. A result that is no number differs infinitely.
double psnr(const RgbImageF& left, const RgbImageF& right) {
  double squares = 0;
  for (std::size_t i = 0; i < left.samples.size(); ++i) {
    if (!std::isfinite(right.samples[i])) return -std::numeric_limits<double>::infinity();
    const double difference =
        std::clamp(double{left.samples[i]}, 0.0, 1.0) - std::clamp(double{right.samples[i]}, 0.0, 1.0);
    squares += difference * difference;
  }
  return 10 * std::log10(static_cast<double>(left.samples.size()) / std::max(squares, 1e-12));
}

/// Uniform in 0..1, the same everywhere, unlike the standard library's distributions.
float next_random(std::uint32_t& state) {
  state = state * 1664525U + 1013904223U;
  return static_cast<float>(state >> 8) / 16777216.0F;
}

float eye_shade(float x, float y, float centre_x) {
  const float distance = std::hypot((x - centre_x) * 9.0F, (y - 0.47F) * 16.0F);
  return distance < 1 ? 0.35F : 1.0F;
}

}  // namespace

double required_psnr(Precision precision) {
  return precision == Precision::kFp16 ? 50.0 : 40.0;
}

std::vector<RgbImageF> test_crops(int size, int count) {
  std::vector<RgbImageF> crops(static_cast<std::size_t>(count), RgbImageF(size, size));
  std::uint32_t state = 1;
  for (RgbImageF& crop : crops) {
    float* to = crop.samples.data();
    for (int row = 0; row < size; ++row) {
      for (int column = 0; column < size; ++column, to += 3) {
        const float x = (static_cast<float>(column) + 0.5F) / static_cast<float>(size);
        const float y = (static_cast<float>(row) + 0.5F) / static_cast<float>(size);
        const bool inside = std::hypot((x - 0.5F) * 2.6F, (y - 0.55F) * 2.0F) < 0.9F;
        const float hair = 0.25F + 0.1F * std::sin(x * 160.0F + 6.0F * y);
        const float skin = (0.9F - 0.5F * std::abs(x - 0.42F)) * eye_shade(x, y, 0.377F) * eye_shade(x, y, 0.623F);
        const float shade = inside ? skin : hair;
        const float tint[3] = {0.85F, 0.66F, 0.55F};
        for (int colour = 0; colour < 3; ++colour) {
          to[colour] = std::clamp(shade * tint[colour] + 0.04F * (next_random(state) - 0.5F), 0.0F, 1.0F);
        }
      }
    }
  }
  return crops;
}

std::vector<std::vector<RgbImageF>> test_faces(int size, int window_length) {
  struct Light {
    float gain, offset;
  };
  std::vector<std::vector<RgbImageF>> faces;
  for (const Light& light : {Light{1, 0}, Light{0.2F, 0}, Light{1.6F, 0.1F}, Light{0.15F, 0.6F}}) {
    std::vector<RgbImageF>& face = faces.emplace_back(test_crops(size, window_length));
    for (RgbImageF& crop : face) {
      for (float& sample : crop.samples) sample = std::clamp(light.gain * sample + light.offset, 0.0F, 1.0F);
    }
  }
  return faces;
}

namespace {

/// The least of all faces, alone and in batches, whose places they take in turn.
double least_psnr(const CropNetwork& network, const std::vector<CropWindow>& faces,
                  const std::vector<RgbImageF>& wanted, int batch) {
  double least = std::numeric_limits<double>::infinity();
  const auto compare = [&](const std::vector<CropWindow>& windows, std::size_t first) {
    const std::vector<RgbImageF> found = restore_faces(network, windows);
    for (std::size_t i = 0; i < found.size(); ++i)
      least = std::min(least, psnr(wanted[(first + i) % wanted.size()], found[i]));
  };
  for (std::size_t face = 0; face < faces.size(); ++face) compare({faces[face]}, face);
  if (batch == 1) return least;
  std::vector<CropWindow> windows;
  for (std::size_t i = 0; i < static_cast<std::size_t>(batch); ++i) windows.push_back(faces[i % faces.size()]);
  compare(windows, 0);
  return least;
}

}  // namespace

LoadedNetwork choose_precision(const MakeNetworkAt& make, const std::vector<Precision>& candidates, int batch) {
  std::unique_ptr<CropNetwork> exact = make(Precision::kFp32);
  if (candidates.empty()) return {Precision::kFp32, std::move(exact)};
  const auto crops = test_faces(exact->crop_size(), exact->traits().window);
  std::vector<CropWindow> faces;
  for (const std::vector<RgbImageF>& face : crops) {
    CropWindow& window = faces.emplace_back();
    for (const RgbImageF& crop : face) window.push_back(crop.view());
  }
  std::vector<RgbImageF> wanted;
  wanted.reserve(faces.size());
  for (const CropWindow& face : faces) wanted.push_back(std::move(restore_faces(*exact, {face}).front()));
  for (const Precision candidate : candidates) {
    std::unique_ptr<CropNetwork> fast = make(candidate);
    const double near = least_psnr(*fast, faces, wanted, countable_batch(*fast, batch));
    const bool good = near >= required_psnr(candidate);
    log_debug(std::string(name_of(candidate)) + " is " + std::to_string(near) +
              " dB from fp32: " + (good ? "used" : "not used"));
    if (good) return {candidate, std::move(fast)};
  }
  return {Precision::kFp32, std::move(exact)};
}

}  // namespace reelface
