// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "reelface/measure/sample_plane.h"

namespace reelface {

// How close a picture is to what it should be. All functions are pure, may run in parallel, and throw
// Error(kUsage) when the sizes differ. `peak` is the largest value a sample can have (255, 1023, 1).

double mean_squared_error(SampleView picture, SampleView reference);
double mean_squared_error(RgbViewF picture, RgbViewF reference);  ///< mean over the three channels as well

/// 10·log10(peak²/mse) in dB; infinity for equal pictures.
double psnr_from_error(double mean_squared_error, double peak);
double psnr(SampleView picture, SampleView reference, double peak);
double psnr(RgbViewF picture, RgbViewF reference, double peak = 1.0);

/// Structural similarity after Wang et al. 2004: 11x11 Gaussian window, sigma 1.5, K1 0.01, K2 0.03, population
/// variance, mean over the windows that lie wholly inside. 1 for equal pictures. No value below 11x11 samples.
std::optional<double> ssim(SampleView picture, SampleView reference, double peak);

/// Five scales of halving, weights .0448 .2856 .3001 .2363 .1333; a negative term counts as 0.
/// No value below 176x176 samples.
std::optional<double> ms_ssim(SampleView picture, SampleView reference, double peak);

/// The cheaper SSIM that encoders and ffmpeg's `ssim` filter print: 8x8 boxes, every 4 samples. For comparing with
/// their logs; it is not comparable with ssim(). No value below 8x8 samples.
std::optional<double> block_ssim(SampleView picture, SampleView reference, double peak);

/// Mean squared gradient (central differences) inside the plane. Grows with detail and with noise alike: read it next
/// to a measure that punishes noise.
double gradient_energy(SampleView plane);

/// gradient_energy of the picture over that of the reference: 1 = as sharp, below 1 = softer. Both flat: 1.
double sharpness_ratio(SampleView picture, SampleView reference);

}  // namespace reelface
