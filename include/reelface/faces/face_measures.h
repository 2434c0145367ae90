// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace reelface {

/// How good a face already is, judged from its aligned crop before restoration.
struct CropQuality {
  double sharpness = 0;     ///< contrast of finest against coarser detail at eyes and mouth, noise taken off: 0.65 = as
                            ///< sharp as the crop can be, 0.3 = half as fine, 0.15 = a quarter
  double noise_levels = 0;  ///< grain and skin in the flattest fifth, in 8-bit grey levels: a clean face has about 2
};

/// How strongly a face is restored, and why not more: each 0..1, all smooth in time because what they are made of is.
struct StrengthFactors {
  double user = 1;
  double size = 1;
  double pose = 1;  ///< profiles and steep views are beyond what restorers know
  double need = 1;  ///< low for faces that are sharp and clean already
  double confidence = 1;
  double presence = 1;  ///< appearing, leaving, or not selected
  double identity = 1;  ///< low where the restoration makes somebody else of the face

  double total() const { return user * size * pose * need * confidence * presence * identity; }

  /// The smallest factor's name, for reports: "user", "size", …; "full" if none is below 0.99.
  std::string_view main_reason() const;
};

}  // namespace reelface
