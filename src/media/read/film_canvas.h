// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "media/read/input_source.h"
#include "reelface/media/media_info.h"
#include "reelface/media/video_reader.h"

namespace reelface {

/// How large a film is, as far as that can be told before its first picture.
struct FilmCanvas {
  ReadOptions options;  ///< those given, with the size settled if it is known
  std::vector<PictureStretch> stretches;
};

/// Looks through the headers of `input`, of which `source` was opened, where its size depends on them.
FilmCanvas settle_canvas(const std::string& input, PacketSource& source, const ReadOptions& options,
                         const InputLimits& limits, const CancelToken* cancel);

/// Says of each stretch where it stands in the film's pictures.
void place_on_canvas(std::vector<PictureStretch>& stretches, const VideoInfo& video, int libav_pixel_format);

}  // namespace reelface
