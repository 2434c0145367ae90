// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "inference/engine/crop_network.h"
#include "inference/load_models.h"

namespace reelface {

/// A network, and the precision in which it computes.
struct LoadedNetwork {
  Precision precision = Precision::kFp32;
  std::unique_ptr<CropNetwork> network;
};

using MakeNetworkAt = std::function<std::unique_ptr<CropNetwork>(Precision)>;

/// How near a result in this precision must be to that in fp32, in dB of the picture's full scale.
double required_psnr(Precision precision);

/// The first of `candidates`, fastest first, whose results are near enough to those of fp32; else fp32. Measured on the
/// network at hand because it depends on the weights, and on several test faces, each alone and all in batches of this
/// size: for another size, libraries take other kernels. The farthest result counts.
LoadedNetwork choose_precision(const MakeNetworkAt& make, const std::vector<Precision>& candidates, int batch);

/// Windows of faces of several kinds: as photographed, dark, glaring, of little contrast. Always the same.
std::vector<std::vector<RgbImageF>> test_faces(int size, int window_length);

/// A picture in the manner of a face, with noise that differs from crop to crop: shades, edges, texture. Always the
/// same.
std::vector<RgbImageF> test_crops(int size, int count);

}  // namespace reelface
