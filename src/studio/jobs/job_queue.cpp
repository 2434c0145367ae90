// SPDX-License-Identifier: Apache-2.0
#include "studio/jobs/job_queue.h"

#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <tuple>
#include <utility>

#include "core/whole_file.h"
#include "pipeline/parts/part_folder.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "reelface/parts/resumable_restore.h"
#include "studio/jobs/job_command.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostJobs = 1000;

/// The end of a file, from the beginning of a line.
std::string end_of(const std::string& path) {
  constexpr std::streamoff kMost = 16384;
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) return "";
  const std::streamoff size = file.tellg();
  file.seekg(std::max<std::streamoff>(0, size - kMost));
  std::string text(static_cast<std::size_t>(std::min(size, kMost)), '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  return size > kMost ? text.substr(std::min(text.find('\n'), text.size() - 1) + 1) : text;
}

/// In milliseconds; 0: it is not there.
std::int64_t time_of_file(const std::string& path) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) return 0;
  return std::int64_t{facts.st_mtim.tv_sec} * 1000 + facts.st_mtim.tv_nsec / 1'000'000;
}

bool may_wait(JobState state) {
  return state == JobState::kStopped || state == JobState::kFailed;
}

}  // namespace

JobQueue::JobQueue(const RootFolder& root, std::string program)
    : root_(root), program_(std::move(program)), folder_(path_in_root(kOwnFolder)) {
  load();
  thread_ = std::thread([this] { work(); });
}

JobQueue::~JobQueue() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    is_ending_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

std::string JobQueue::path_in_root(const std::string& inside) const {
  return (fs::path(root_.path()) / inside).string();
}

JobFiles JobQueue::files_of(std::int64_t job) const {
  return {folder_, job};
}

/// What was written by others, or torn, is left where it is.
void JobQueue::load() {
  std::error_code failure;
  for (fs::directory_iterator file(folder_, failure); !failure && file != fs::directory_iterator();
       file.increment(failure)) {
    if (file->path().extension() != ".job" || jobs_.size() >= kMostJobs) continue;
    try {
      Job job = job_from_text(file_text(file->path().string()).value_or(""));
      if (file->path() == files_of(job.number).job) jobs_.push_back(std::move(job));
    } catch (const Error& error) {
      log_warning(printable(file->path().string()) + " is left out: " + error.what());
    }
  }
  sort();
}

void JobQueue::sort() {
  std::sort(jobs_.begin(), jobs_.end(), [](const Job& one, const Job& other) {
    return std::tie(one.place, one.number) < std::tie(other.place, other.number);
  });
}

void JobQueue::save(const Job& job) const {
  write_whole_file(files_of(job.number).job, to_text(job), Replacing::kOurOwn);
}

Job* JobQueue::find(std::int64_t number) {
  const auto found =
      std::find_if(jobs_.begin(), jobs_.end(), [number](const Job& job) { return job.number == number; });
  return found == jobs_.end() ? nullptr : &*found;
}

Job& JobQueue::job_of(std::int64_t number) {
  if (Job* const job = find(number)) return *job;
  throw Error(ExitCode::kInputUnreadable, "there is no such job", "load the page again");
}

void JobQueue::check_output(const std::string& output) const {
  const fs::path path(output);
  const std::string name = path.filename().string();
  std::error_code failure;
  if (!fs::is_directory(root_.existing(path.parent_path().string()), failure))
    throw Error(ExitCode::kUsage, printable(path.parent_path().string()) + " is no folder", "choose another name");
  if (name.empty() || name.front() == '.' || name.front() == '-' || name.size() > 200)
    throw Error(ExitCode::kUsage, "the new film needs a name", "restored.mkv, for example");
  if (is_picture_name(name) && name.find('%') != std::string::npos)
    throw Error(ExitCode::kUsage, printable(name) + " would be a name for many pictures", "choose one without %");
  if (fs::exists(fs::symlink_status(path_in_root(output), failure)))
    throw Error(ExitCode::kUsage, printable(output) + " is there already", "choose another name");
  for (const Job& job : jobs_) {
    if (job.output == output && job.state != JobState::kDone)
      throw Error(ExitCode::kUsage, "another job makes " + printable(output), "choose another name");
  }
}

std::int64_t JobQueue::add(const std::string& film, const std::string& output, const SpelledOptions& settings,
                           const FilmSegments& segments, const TrackedPeople& people) {
  const std::lock_guard<std::mutex> lock(mutex_);
  Job job;
  job.film = film;
  job.output = output;
  job.settings = settings;
  job.segments = segments;
  job.people = people;
  return add(std::move(job));
}

std::int64_t JobQueue::compare(std::int64_t number) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const Job& made = job_of(number);
  if (made.state != JobState::kDone || made.is_comparison())
    throw Error(ExitCode::kUsage, "there is no finished film to compare", "wait until the job is done");
  Job job;
  job.film = made.film;
  job.restored = made.output;
  job.output = name_of_page(made.output);
  return add(std::move(job));
}

/// Beside the film, one that is not taken.
std::string JobQueue::name_of_page(const std::string& film) const {
  const fs::path path(film);
  const std::string stem = (path.parent_path() / path.stem()).string() + "_compared";
  const auto is_taken = [this](const std::string& name) {
    std::error_code failure;
    return fs::exists(fs::symlink_status(path_in_root(name), failure)) ||
           std::any_of(jobs_.begin(), jobs_.end(), [&name](const Job& job) { return job.output == name; });
  };
  std::string name = stem + ".html";
  for (int count = 2; is_taken(name); ++count) name = stem + "_" + std::to_string(count) + ".html";
  return name;
}

/// At the end of the queue.
std::int64_t JobQueue::add(Job job) {
  if (jobs_.size() >= kMostJobs)
    throw Error(ExitCode::kUsage, "there are too many jobs", "take away those that are done");
  root_.existing_file(job.film);
  check_output(job.output);
  root_.own_folder();
  for (const Job& other : jobs_) {
    job.number = std::max(job.number, other.number);
    job.place = std::max(job.place, other.place);
  }
  ++job.number;
  ++job.place;
  save(job);
  jobs_.push_back(std::move(job));
  changed_.notify_all();
  return jobs_.back().number;
}

std::string JobQueue::newest_picture(std::int64_t number) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return file_text(files_of(number).newest).value_or("");
}

std::string JobQueue::page(std::int64_t number) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  for (const Job& job : jobs_) {
    if (job.number == number && job.is_comparison() && job.state == JobState::kDone)
      return file_text(root_.existing_file(job.output)).value_or("");
  }
  return "";
}

std::vector<ShownJob> JobQueue::jobs() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<ShownJob> shown;
  for (const Job& job : jobs_) {
    const bool has_run = job.state != JobState::kWaiting;
    const JobFiles files = files_of(job.number);
    shown.push_back({job, has_run ? progress_in(end_of(files.log)) : JobProgress(), time_of_file(files.newest)});
  }
  return shown;
}

void JobQueue::stop(Job& job) const {
  if (job.state != JobState::kRunning && job.state != JobState::kWaiting) return;
  if (job.state == JobState::kRunning) {
    if (const auto process = JobProcess::running(job.process, files_of(job.number).lock)) process->stop();
  }
  job.state = JobState::kStopped;
  save(job);
}

void JobQueue::stop(std::int64_t number) {
  const std::lock_guard<std::mutex> lock(mutex_);
  stop(job_of(number));
}

void JobQueue::stop_running() {
  const std::lock_guard<std::mutex> lock(mutex_);
  for (Job& job : jobs_) {
    if (job.state == JobState::kRunning) stop(job);
  }
}

void JobQueue::do_next(std::int64_t number) {
  const std::lock_guard<std::mutex> lock(mutex_);
  Job& job = job_of(number);
  if (job.state != JobState::kWaiting) return;
  job.place = std::min(job.place, jobs_.front().place - 1);
  save(job);
  sort();
}

void JobQueue::go_on(std::int64_t number) {
  const std::lock_guard<std::mutex> lock(mutex_);
  Job& job = job_of(number);
  if (!may_wait(job.state)) return;
  if (JobProcess::running(job.process, files_of(number).lock))
    throw Error(ExitCode::kTryAgain, "the job is just being stopped", "try again in a moment");
  job.state = JobState::kWaiting;
  job.reason.clear();
  save(job);
  changed_.notify_all();
}

void JobQueue::forget(std::int64_t number) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (JobProcess::running(job_of(number).process, files_of(number).lock))
    throw Error(ExitCode::kUsage, "the job is at work", "stop it first");
  files_of(number).remove();
  jobs_.erase(std::remove_if(jobs_.begin(), jobs_.end(), [number](const Job& job) { return job.number == number; }),
              jobs_.end());
}

bool JobQueue::is_any_running() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return std::any_of(jobs_.begin(), jobs_.end(), [](const Job& job) { return job.state == JobState::kRunning; });
}

/// One that runs already comes first: an earlier studio has started it.
std::optional<std::int64_t> JobQueue::next_waiting() const {
  for (const JobState state : {JobState::kRunning, JobState::kWaiting}) {
    for (const Job& job : jobs_) {
      if (job.state == state) return job.number;
    }
  }
  return std::nullopt;
}

JobProcess JobQueue::start(Job& job) {
  const JobFiles files = files_of(job.number);
  JobProcess process = JobProcess::start(prepare_command(program_, job, files, root_), files.log, files.lock);
  job.state = JobState::kRunning;
  job.process = process.number();
  save(job);
  return process;
}

/// How it went is seen from what it has left.
void JobQueue::conclude(Job& job) {
  std::error_code failure;
  const std::string output = path_in_root(job.output);
  const bool is_there = fs::is_regular_file(output, failure) && !fs::exists(resume_folder(output), failure);
  if (is_there) {
    job.state = JobState::kDone;
    job.told = lines_of_report(file_text(files_of(job.number).report).value_or(""));
    fs::remove(files_of(job.number).newest, failure);  // now there is the film
  } else if (job.state == JobState::kRunning) {
    job.state = JobState::kFailed;
    job.reason = complaint_in(end_of(files_of(job.number).log));
    if (job.reason.empty()) job.reason = "it was ended from outside; it can go on where it was";
  }
  job.process = 0;
  save(job);
}

void JobQueue::work() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return is_ending_ || next_waiting(); });
    if (is_ending_) return;
    const std::int64_t number = *next_waiting();
    Job& job = job_of(number);
    std::optional<JobProcess> process;
    try {
      if (job.state == JobState::kRunning)
        process = JobProcess::running(job.process, files_of(number).lock);
      else
        process = start(job);
    } catch (const std::exception& exception) {
      job.state = JobState::kFailed;
      job.reason = describe(exception);
      save(job);
      continue;
    }
    if (process) wait_for(*process, lock);
    if (is_ending_) return;
    if (Job* const ended = find(number)) conclude(*ended);
  }
}

void JobQueue::wait_for(const JobProcess& process, std::unique_lock<std::mutex>& lock) {
  constexpr std::chrono::milliseconds kBetweenLooks{300};
  while (!is_ending_ && !process.has_ended()) changed_.wait_for(lock, kBetweenLooks);
}

}  // namespace reelface
