// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "media/libav/ptr.h"

namespace reelface {

/// What the user's output name asks for.
struct OutputTarget {
  enum class Kind {
    kFile,           ///< a container file, complete or not there
    kStream,         ///< "-", a named pipe or a device: written straight through
    kSinglePicture,  ///< photo.png
    kPictures        ///< shot_%04d.png, or folder/ for folder/000001.png
  };
  Kind kind = Kind::kFile;
  std::string path;                        ///< as given; for kPictures the printf pattern
  const AVOutputFormat* format = nullptr;  ///< null for pictures, whose bytes come from the encoder alone
  AVCodecID picture_codec = AV_CODEC_ID_NONE;

  bool is_picture() const { return kind == Kind::kSinglePicture || kind == Kind::kPictures; }
  bool is_seekable() const { return kind == Kind::kFile; }
};

/// `container` is a libav muxer name or empty, which means: by the name's ending, and Matroska for "-".
/// Throws Error(kUsage) for names nothing can be made of.
OutputTarget parse_output(const std::string& output, const std::string& container);

/// Name of the picture with this number: 1 and up.
std::string picture_path(const OutputTarget& target, std::int64_t number);

}  // namespace reelface
