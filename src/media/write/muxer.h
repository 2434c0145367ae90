// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/file_output.h"
#include "media/write/output_streams.h"

namespace reelface {

/// libav's view of a file that is written to. The FileOutput must outlive it.
class OutputBytes {
 public:
  explicit OutputBytes(FileOutput& file);
  ~OutputBytes();
  OutputBytes(const OutputBytes&) = delete;
  OutputBytes& operator=(const OutputBytes&) = delete;

  AVIOContext* context() { return context_; }

 private:
  AVIOContext* context_;
};

/// Writes packets of several streams into one file in the order players want. Thread-safety: one call at a time.
class Muxer {
 public:
  /// Writes the header. Throws Error(kUsage) if the container refuses, Error(kOutputUnwritable) if the disk does.
  Muxer(OutputStreams streams, Dictionary& options, FileOutput& file);

  /// Stamps are in `time_base`; the packet's contents are taken. `output_stream` counts the output's streams.
  void write(AVPacket& packet, AVRational time_base, int output_stream);
  /// Writes what is held back, the trailer and `behind`; throws if any byte has not reached the system.
  void finish(std::string_view behind = {});

  const OutputStreams& streams() const { return streams_; }
  std::int64_t packets(int output_stream) const { return packets_[static_cast<std::size_t>(output_stream)]; }

 private:
  void repair_stamps(AVPacket& packet, std::size_t output_stream);
  [[noreturn]] void fail(const std::string& doing, int error_number) const;

  FileOutput& file_;
  OutputBytes bytes_;
  OutputStreams streams_;  // after bytes_: libav may look at its context while the muxer is taken down
  std::vector<std::int64_t> last_decoding_stamps_;
  std::vector<std::int64_t> packets_;
};

/// Writes the header into memory only. Returns libav's error, 0 if it went well.
int try_header(OutputStreams streams, Dictionary& options, bool seekable);

}  // namespace reelface
