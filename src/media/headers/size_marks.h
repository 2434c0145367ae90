// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "media/headers/coded_size.h"
#include "media/libav/compat.h"

namespace reelface {

/// Whether pictures of this codec carry their own size, and we can tell where it changes.
bool tells_size_changes(AVCodecID codec);

/// What a packet's headers say.
struct SizeMark {
  std::uint64_t mark = 0;           ///< the same for pictures that are surely stored alike
  std::optional<PictureSize> told;  ///< the size itself, where it is easily read
};

/// Follows one video stream through its packets, without decoding any.
class SizeMarks {
 public:
  explicit SizeMarks(const AVCodecParameters& parameters);

  /// Packets in order. What a packet does not say is as it was before.
  SizeMark see(const AVPacket& packet);

 private:
  struct FreeParser {
    void operator()(AVCodecParserContext* parser) const { av_parser_close(parser); }
  };

  std::optional<PictureSize> size_of(const AVPacket& packet);
  std::optional<PictureSize> parsed_size(const AVPacket& packet);
  void see_new_extradata(const AVPacket& packet);

  AVCodecID codec_;
  int bytes_of_unit_length_;
  Vp9Sizes vp9_;
  std::unique_ptr<AVCodecParserContext, FreeParser> parser_;  ///< of codecs whose headers libav reads for us
  CodecContextPtr parsed_;
  std::uint64_t of_extradata_ = 0;
  std::uint64_t of_packets_ = 0;
  std::optional<PictureSize> told_;
};

}  // namespace reelface
