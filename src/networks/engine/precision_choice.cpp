#include "networks/engine/precision_choice.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "reelface/core/log.h"

namespace reelface {
namespace {

RgbImageF restore_one(const CropNetwork& network, const std::vector<RgbImageF>& crops) {
  CropWindow window;
  for (const RgbImageF& crop : crops) window.push_back(crop.view());
  RgbImageF restored(network.crop_size(), network.crop_size());
  network.restore(&window, 1, &restored);
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

std::unique_ptr<CropNetwork> choose_precision(const MakeNetworkAt& make, const std::vector<Precision>& candidates) {
  std::unique_ptr<CropNetwork> exact = make(Precision::kFp32);
  if (candidates.empty()) return exact;
  const std::vector<RgbImageF> crops = test_crops(exact->crop_size(), exact->traits().window);
  const RgbImageF wanted = restore_one(*exact, crops);
  for (const Precision candidate : candidates) {
    std::unique_ptr<CropNetwork> fast = make(candidate);
    const double near = psnr(wanted, restore_one(*fast, crops));
    const bool good = near >= required_psnr(candidate);
    log_debug(std::string(name_of(candidate)) + " is " + std::to_string(near) +
              " dB from fp32: " + (good ? "used" : "not used"));
    if (good) return fast;
  }
  return exact;
}

}  // namespace reelface
