// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "media/libav/picture_size.h"

namespace reelface {

// How large pictures are, by their coded headers, which may say anything. None: the bytes do not tell.

/// Of a VP8 key frame.
std::optional<PictureSize> vp8_size(const std::uint8_t* data, std::size_t size);

/// Of a JPEG picture.
std::optional<PictureSize> jpeg_size(const std::uint8_t* data, std::size_t size);

/// Of VP9, whose pictures may take over the size of earlier ones: packets in order.
class Vp9Sizes {
 public:
  /// Of the picture that this packet shows.
  std::optional<PictureSize> see(const std::uint8_t* data, std::size_t size);

 private:
  std::optional<PictureSize> see_frame(const std::uint8_t* data, std::size_t size);

  std::array<PictureSize, 8> kept_{};  ///< the pictures that others may refer to
};

}  // namespace reelface
