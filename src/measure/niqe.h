// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reelface/measure/sample_plane.h"

namespace reelface {

/// What undamaged pictures look like: the mean and covariance of NIQE's 36 features over many of them, and the window
/// that the features are taken with. Nothing of it is ours: `reelface models pull niqe`.
struct NiqeModel {
  static constexpr int kFeatures = 36;
  static constexpr int kWindow = 7;
  std::vector<double> mean;        ///< kFeatures
  std::vector<double> covariance;  ///< kFeatures x kFeatures
  std::vector<double> window;      ///< kWindow x kWindow
};

/// Reads the file that BasicSR publishes: a numpy archive with mu_pris_param, cov_pris_param and gaussian_window.
/// Throws Error(kModelRejected) for anything else.
NiqeModel read_niqe_model(const std::string& path);

/// How far a picture is from undamaged ones, without a reference; lower is more natural (Mittal, Soundararajan, Bovik
/// 2013, as MATLAB and BasicSR compute it: blocks of 96, two scales). It knows nothing of what the picture should show
/// and rewards sharpness, flickering sharpness as well: read it beside the warping error. A single picture's value is
/// noisy; average over frames. No value for pictures with less than two blocks of 96x96, or without any texture.
std::optional<double> niqe(RgbViewF picture, const NiqeModel& model);

}  // namespace reelface
