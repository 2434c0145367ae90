#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace reelface {

/// Listens to what libav says about one of its objects while this lives: libav reports a cut file only in words.
/// Everything libav says goes to reelface's log as debug text, never to stderr by itself.
/// Thread-safety: libav may speak from any thread; one owner.
class LibavLogCapture {
 public:
  explicit LibavLogCapture(const void* libav_object);
  ~LibavLogCapture();
  LibavLogCapture(const LibavLogCapture&) = delete;
  LibavLogCapture& operator=(const LibavLogCapture&) = delete;

  std::int64_t damage_messages() const;  ///< "partial file", "File ended prematurely" and the like
  std::string last_error() const;        ///< the latest error in libav's words; empty if none

  struct Record;

 private:
  const void* object_;
  std::shared_ptr<Record> record_;
};

/// Routes libav's messages into reelface's log. Harmless to call again.
void route_libav_log();

}  // namespace reelface
