#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "inference/engine/crop_network.h"
#include "inference/load_models.h"

namespace reelface {

using MakeNetworkAt = std::function<std::unique_ptr<CropNetwork>(Precision)>;

/// How near a result in this precision must be to that in fp32, in dB of the picture's full scale.
double required_psnr(Precision precision);

/// The first of `candidates`, fastest first, whose result on a test picture is near enough to that of fp32; else fp32.
/// Measured on the network at hand because it depends on the weights.
std::unique_ptr<CropNetwork> choose_precision(const MakeNetworkAt& make, const std::vector<Precision>& candidates);

/// A picture in the manner of a face, with noise that differs from crop to crop: shades, edges, texture. Always the
/// same.
std::vector<RgbImageF> test_crops(int size, int count);

}  // namespace reelface
