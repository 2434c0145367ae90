// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace reelface {

/// Hears what libav says about an object. libav may speak from any thread.
class LibavLogListener {
 public:
  virtual ~LibavLogListener() = default;
  virtual void hear(int level, const std::string& message) = 0;
};

/// A listener is told of one libav object while this lives.
class LibavLogSubscription {
 public:
  LibavLogSubscription(const void* libav_object, std::shared_ptr<LibavLogListener> listener);
  ~LibavLogSubscription();
  LibavLogSubscription(const LibavLogSubscription&) = delete;
  LibavLogSubscription& operator=(const LibavLogSubscription&) = delete;

 private:
  const void* object_;
  std::shared_ptr<LibavLogListener> listener_;
};

/// Collects what libav says about a container: it reports a cut file only in words.
class LibavLogCapture {
 public:
  explicit LibavLogCapture(const void* libav_object);

  /// From here on every error counts as a sign of damage, not only the known ones. Headers that are merely odd make
  /// libav complain while it opens a file.
  void count_all_errors();

  std::int64_t damage_messages() const;  ///< "partial file", "File ended prematurely" and the like
  std::string last_error() const;        ///< the latest error in libav's words; empty if none

 private:
  class Record;
  std::shared_ptr<Record> record_;
  LibavLogSubscription subscription_;
};

/// Routes libav's messages into reelface's log as debug text, so that it prints nothing by itself. Harmless to repeat.
void route_libav_log();

}  // namespace reelface
