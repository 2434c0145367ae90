// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace reelface {

/// How far the description of a face this small and this blurred is from that of the same face seen large and clear, on
/// average. `sharpness` is CropQuality's of the descriptor's crop. Read from a table measured on clean portraits made
/// smaller and blurred (tests/bench/identity_calibration.cpp).
double expected_identity_shift(double size_px, double sharpness);

/// How far it is from the description of the same face, as small but sharp: even a perfect restoration, made that small
/// again, would change the description by this much.
double expected_identity_unblur(double size_px, double sharpness);

/// How much the description of such a face is worth, 0..1; 0 for faces of less than 16 px.
double description_confidence(double size_px, double sharpness);

}  // namespace reelface
