// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "media/encode/video_encoder.h"
#include "media/parts/packet_file.h"

namespace reelface {

/// The packets of all parts as one stream. Each part's encoder began anew, so its decoding stamps overlap with those of
/// the part before; they are worked out again from the whole film's presentation stamps, as one encoder would have.
class JoinedVideo {
 public:
  using PartCheck = std::function<void(const PacketFileReader&)>;

  /// `stamps` of all frames in order; `encoder_delay` in frames. `check` is called for each part when it is opened.
  JoinedVideo(std::vector<std::string> parts, const std::vector<VideoEncoder::Stamp>& stamps, int encoder_delay,
              PartCheck check);

  /// Stamps are on the encoder's clock. False at the end. Throws when frames are missing or too many.
  bool read(AVPacket& packet);

 private:
  void open_next();
  void restamp(AVPacket& packet);
  [[noreturn]] void refuse_surplus() const;

  std::vector<std::string> parts_;
  const std::vector<VideoEncoder::Stamp>& stamps_;
  std::int64_t delay_;
  PartCheck check_;
  std::size_t next_part_ = 0;
  std::unique_ptr<PacketFileReader> part_;
  std::vector<std::int64_t> places_;      ///< of the part's packets among its frames, in decoding order
  std::size_t packets_of_part_ = 0;       ///< already read
  std::int64_t first_frame_of_part_ = 0;  ///< in the film
};

/// How many frames later than in decoding order a packet is shown at most.
std::int64_t reordering_depth(const std::vector<std::int64_t>& places);

/// Rank of each stamp among all: where the packet's frame stands in the order of being shown.
std::vector<std::int64_t> places_in_order(const std::vector<std::int64_t>& presentation_stamps);

}  // namespace reelface
