// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace reelface {

// What lies in a plan's folder. Several machines may write into it at the same time, through a shared file system that
// renames whole files and nothing more.

std::string plan_path(const std::string& folder);
std::string index_path(const std::string& folder);
std::string lock_path(const std::string& folder);
std::string joined_path(const std::string& folder);

/// The file's text; nothing if it is not there.
std::optional<std::string> file_text(const std::string& path);

/// A worker's sign of life.
struct WorkerNote {
  std::string worker;  ///< host and process
  std::int64_t frames_done = 0;
  double updated_seconds = 0;  ///< of the system's clock
  bool is_alive = false;       ///< as far as can be told from here
};

/// Tells others that this process makes the part, again and again while it does; gone at the end of the scope.
class RunningNote {
 public:
  RunningNote(const std::string& folder, std::size_t part);
  ~RunningNote();
  RunningNote(const RunningNote&) = delete;
  RunningNote& operator=(const RunningNote&) = delete;

  /// Called as often as one likes; writes every few seconds. Never throws: the note is no part of the work.
  void update(std::int64_t frames_done);

 private:
  void write(std::int64_t frames_done);

  std::string path_;
  double written_seconds_ = 0;
};

std::vector<WorkerNote> running_notes(const std::string& folder, std::size_t part);

void note_failure(const std::string& folder, std::size_t part, const std::string& reason, int exit_code);
void forget_failure(const std::string& folder, std::size_t part);
std::optional<std::string> failure_of(const std::string& folder, std::size_t part);

/// "host:process"
std::string this_worker();

}  // namespace reelface
