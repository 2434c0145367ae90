#include "faces/mask_within.h"

#include <cmath>
#include <cstddef>

namespace reelface {

void keep_mask_within(const PictureArea& area, const Affine& frame_to_mask, MaskImage& mask) {
  const Affine mask_to_frame = frame_to_mask.inverse();
  const auto& rows = mask_to_frame.rows;
  // A sample takes the weight of the pixel nearest to it: none that is outside may be nearest to one that counts.
  // A sample just between two pixels takes either, by the last bit of its place.
  constexpr double kRounding = 1e-6;
  const double reach_x = (std::abs(rows[0]) + std::abs(rows[1])) / 2 + kRounding;
  const double reach_y = (std::abs(rows[3]) + std::abs(rows[4])) / 2 + kRounding;
  for (int y = 0; y < mask.height; ++y) {
    for (int x = 0; x < mask.width; ++x) {
      const Position place = mask_to_frame.apply(Position{static_cast<double>(x), static_cast<double>(y)});
      const bool is_within = place.x - reach_x > area.x - 1 && place.x + reach_x < area.x + area.width &&
                             place.y - reach_y > area.y - 1 && place.y + reach_y < area.y + area.height;
      if (!is_within)
        mask.weights[static_cast<std::size_t>(y) * static_cast<std::size_t>(mask.width) + static_cast<std::size_t>(x)] =
            0;
    }
  }
}

}  // namespace reelface
