// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "studio/jobs/job.h"
#include "studio/jobs/job_files.h"
#include "studio/jobs/job_process.h"
#include "studio/root_folder.h"

namespace reelface {

struct ShownJob {
  Job job;
  JobProgress progress;
  std::int64_t newest = 0;  ///< when a picture of its newest frame was made, in milliseconds; 0: there is none
};

/// Films that are restored one after the other, each by a process of its own: they go on when this program ends, and
/// the next one finds them. What is to be done is in files in the studio's folder, nowhere else. Thread-safety: safe.
class JobQueue {
 public:
  /// `program` restores. The folder of the jobs is made with the first of them.
  JobQueue(const RootFolder& root, std::string program);
  /// Starts no more. Those that run go on.
  ~JobQueue();
  JobQueue(const JobQueue&) = delete;
  JobQueue& operator=(const JobQueue&) = delete;

  /// Puts a film at the end. `output` is a name inside the folder; nothing is there yet, and nobody else makes it.
  /// Throws Error(kUsage).
  std::int64_t add(const std::string& film, const std::string& output, const SpelledOptions& settings,
                   const FilmSegments& segments = {}, const TrackedPeople& people = {});

  /// Holds the film that a job has made against the one that it was made of, on a page beside it.
  std::int64_t compare(std::int64_t job);

  std::vector<ShownJob> jobs() const;

  /// A JPEG of the frame that was restored last; empty: there is none.
  std::string newest_picture(std::int64_t job) const;
  /// What a comparison has written; empty: there is none.
  std::string page(std::int64_t job) const;

  /// A running one ends after what it is at, and keeps what is done.
  void stop(std::int64_t job);
  /// One that was stopped or has failed goes on, at the end of the queue.
  void go_on(std::int64_t job);
  /// A waiting one comes before all others that wait.
  void do_next(std::int64_t job);
  /// All that run, as stop() does.
  void stop_running();
  /// Not one that runs. The film that it has made stays.
  void forget(std::int64_t job);

  bool is_any_running() const;

 private:
  void load();
  void work();
  void wait_for(const JobProcess& process, std::unique_lock<std::mutex>& lock);
  std::optional<std::int64_t> next_waiting() const;
  JobProcess start(Job& job);
  void conclude(Job& job);
  void check_output(const std::string& output) const;
  void sort();
  void stop(Job& job) const;
  Job* find(std::int64_t number);
  Job& job_of(std::int64_t number);
  void save(const Job& job) const;
  std::int64_t add(Job job);
  std::string name_of_page(const std::string& film) const;
  JobFiles files_of(std::int64_t job) const;
  std::string path_in_root(const std::string& inside) const;

  const RootFolder& root_;
  std::string program_;
  std::string folder_;
  mutable std::mutex mutex_;  ///< guards what follows
  std::condition_variable changed_;
  std::vector<Job> jobs_;  ///< in the order in which they are done
  bool is_ending_ = false;
  std::thread thread_;
};

}  // namespace reelface
