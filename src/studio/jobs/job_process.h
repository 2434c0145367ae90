// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace reelface {

/// A process of its own that outlives this one. It holds a lock on a file as long as it lives, so that anybody can tell
/// whether it does, this program's successor too.
class JobProcess {
 public:
  /// Starts `words[0]` with the words; what it says goes to `log`. Its signals are its own: Ctrl-C here does not reach
  /// it. Throws Error(kInternal).
  static JobProcess start(const std::vector<std::string>& words, const std::string& log, const std::string& lock);

  /// The one that holds the lock; none if nobody does. `process` is who did when it was noted.
  static std::optional<JobProcess> running(std::int64_t process, const std::string& lock);

  std::int64_t number() const { return number_; }

  /// Asks it to finish what it is at.
  void stop() const;

  /// Nobody is told when a process ends that is not one's child: one has to ask.
  bool has_ended() const;

 private:
  JobProcess(std::int64_t number, std::string lock) : number_(number), lock_(std::move(lock)) {}

  std::int64_t number_;
  std::string lock_;
};

}  // namespace reelface
