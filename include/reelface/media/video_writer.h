// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "reelface/media/video_reader.h"

namespace reelface {

struct WriteOptions {
  std::string container;  ///< libav muxer name; empty = by the output's ending, Matroska for "-"
  std::string codec;      ///< libav encoder name; empty = the source's if it can be encoded, else libx264
  std::optional<double> crf;
  std::string preset;
  std::string bit_rate;                                              ///< as ffmpeg spells it: 5M, 800k
  std::string pixel_format;                                          ///< empty = the source's
  std::vector<std::pair<std::string, std::string>> encoder_options;  ///< -e key=value
  bool copy_audio = true;
  bool copy_subtitles = true;
  bool drop_unsupported = false;  ///< leave out what the container cannot hold, and report it
  bool overwrite = false;
  bool bitexact = false;  ///< no encoder strings or dates
  int encoder_threads = 1;
  int width = 0;  ///< 0 = the source's
  int height = 0;
  std::vector<std::pair<std::string, std::string>> extra_tags;
};

/// What will become of one input stream.
struct StreamPlan {
  int input_index = 0;
  StreamKind kind = StreamKind::kData;
  std::string codec;
  enum class Action { kEncode, kCopy, kConvert, kDrop } action = Action::kCopy;
  std::string target_codec;
  std::string reason;  ///< why it is dropped or converted
};

/// Everything decided before work starts; what --dry-run prints.
struct WritePlan {
  std::string output;
  std::string container;
  std::string encoder;
  std::string pixel_format;
  int width = 0;
  int height = 0;
  std::vector<StreamPlan> streams;
  std::vector<std::string> notes;  ///< conversions and losses, in plain words
};

struct WriteSummary {
  std::string path;
  std::int64_t frames = 0;
  std::int64_t packets_copied = 0;
  std::int64_t bytes = 0;
};

/// Decides what goes where, or throws Error(kUsage) with a container that would do. Writes nothing.
WritePlan plan_output(const VideoReader& source, const std::string& output, const WriteOptions& options);

/// Encodes frames and copies packets into `output`, which appears under its name only when finish() has returned.
/// Until then there is a `.part` file beside it. Thread-safety: one call at a time.
class VideoWriter {
 public:
  /// The reader gives stream parameters, side data, chapters and tags; it must outlive the writer.
  VideoWriter(const VideoReader& source, const std::string& output, const WriteOptions& options = {});
  ~VideoWriter();  ///< without finish() or finish_as_part(): removes the `.part` file
  VideoWriter(VideoWriter&&) noexcept;

  const WritePlan& plan() const;

  /// Frames in display order. The frame is consumed.
  void write(Frame frame);
  void write(const EncodedPacketPtr& packet);

  /// Drains the encoder and muxer, checks every late error, verifies, fsyncs, renames.
  WriteSummary finish();

  /// Drains and closes a valid file but leaves it under its `.part` name; for an interrupted run. Returns that name.
  std::string finish_as_part();

  class Implementation;  ///< the media layer's own

 private:
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace reelface
