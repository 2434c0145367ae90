// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "reelface/media/video_writer.h"

namespace reelface {

/// Throws Error(kUsage) for outputs that are no film in a file: pictures, pipes and devices. Reads nothing.
void check_can_be_joined(const std::string& output, const WriteOptions& options);

/// What a finished part says about itself.
struct FilmPartFacts {
  std::string label;  ///< the maker's own words
  std::int64_t frames = 0;
  std::int64_t bytes = 0;
};

/// Encodes consecutive frames of a film into a file of their own: packets with their exact stamps and a checksum behind
/// them, nothing else. Each part begins with a key frame and needs no other to be decoded. The encoder is set up from
/// the whole film, so that all parts have the same headers and can be strung together. The file appears under its name
/// only when finish() has returned. Thread-safety: one call at a time.
class FilmPartWriter {
 public:
  /// `film` reads the whole film, `output` and `options` are what the film will be joined to; `path` is the part's
  /// file.
  FilmPartWriter(const VideoReader& film, const std::string& output, const WriteOptions& options,
                 const std::string& path);
  ~FilmPartWriter();
  FilmPartWriter(FilmPartWriter&&) noexcept;

  /// Frames in display order, with the film's own time stamps. The frame is consumed.
  void write(Frame frame);

  FilmPartFacts finish(const std::string& label);

  class Implementation;

 private:
  std::unique_ptr<Implementation> implementation_;
};

/// Reads the part from end to end. Throws Error(kInputUnreadable) that says what is wrong with it.
FilmPartFacts check_film_part(const std::string& path);

/// The same without reading the packets: for a look at how far the work is.
FilmPartFacts glance_at_film_part(const std::string& path);

/// When a frame of the film is shown; ticks of the film's time base, from the same origin as the output's.
struct FrameTime {
  std::int64_t pts = 0;
  std::int64_t duration = 0;
};

/// What a caller may do while parts are joined; each may be empty.
struct JoinHooks {
  std::function<void(const EncodedPacketPtr&)> on_copied;  ///< for every packet that is copied
  /// Given the finished file under the name it has until then; may throw: then there is no output.
  std::function<void(const std::string&)> before_publishing;
};

/// Strings the parts together without encoding anything again, takes sound and all the rest from `film`, checks and
/// publishes the output exactly as VideoWriter does. `film` has to be opened with ReadOptions::decode off and the
/// origin that the frames' times have. `frames` are all frames of the film in order.
/// Throws Error(kInputUnreadable) for a part that is damaged or does not belong to the others, and kInterrupted.
WriteSummary join_film_parts(VideoReader& film, const std::string& output, const WriteOptions& options,
                             const std::vector<std::string>& parts, const std::vector<FrameTime>& frames,
                             const CancelToken* cancel = nullptr, const JoinHooks& hooks = {});

/// Tells whether a copied packet is the same as another one.
struct CopiedPacketFacts {
  int input_stream = 0;
  std::uint64_t digest = 0;
};
CopiedPacketFacts facts_of(const EncodedPacketPtr& packet);

}  // namespace reelface
