// SPDX-License-Identifier: Apache-2.0
#include "studio/jobs/job_process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

#include "reelface/core/error.h"

namespace reelface {
namespace {

/// A file that closes itself.
class Descriptor {
 public:
  Descriptor(const std::string& path, int flags)
      : descriptor_(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600)) {
    if (descriptor_ < 0) throw Error(ExitCode::kInternal, "cannot open " + path + ": " + std::strerror(errno));
  }
  ~Descriptor() { ::close(descriptor_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

/// What a process is started with.
class SpawnSetup {
 public:
  SpawnSetup() {
    posix_spawn_file_actions_init(&files_);
    posix_spawnattr_init(&attributes_);
  }
  ~SpawnSetup() {
    posix_spawn_file_actions_destroy(&files_);
    posix_spawnattr_destroy(&attributes_);
  }
  SpawnSetup(const SpawnSetup&) = delete;
  SpawnSetup& operator=(const SpawnSetup&) = delete;

  void give(int descriptor, int as) { posix_spawn_file_actions_adddup2(&files_, descriptor, as); }
  void give_none_from(int first) { posix_spawn_file_actions_addclosefrom_np(&files_, first); }
  void give_nothing(int as) { posix_spawn_file_actions_addopen(&files_, as, "/dev/null", O_RDWR, 0); }

  /// A session of its own, and no signal blocked or ignored.
  void set_apart() {
    sigset_t none, usual;
    sigemptyset(&none);
    sigemptyset(&usual);
    for (const int number : {SIGINT, SIGTERM, SIGPIPE, SIGXFSZ, SIGHUP}) sigaddset(&usual, number);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &usual);
    posix_spawnattr_setflags(&attributes_,
                             static_cast<short>(POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF));
  }

  pid_t start(const std::vector<std::string>& words) const {
    std::vector<char*> pointers;
    pointers.reserve(words.size() + 1);
    for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
    pointers.push_back(nullptr);
    pid_t process = 0;
    const int failure = ::posix_spawn(&process, pointers[0], &files_, &attributes_, pointers.data(), environ);
    if (failure != 0) throw Error(ExitCode::kInternal, "cannot start " + words.front() + ": " + std::strerror(failure));
    return process;
  }

 private:
  posix_spawn_file_actions_t files_{};
  posix_spawnattr_t attributes_{};
};

constexpr int kLockDescriptor = 3;

}  // namespace

JobProcess JobProcess::start(const std::vector<std::string>& words, const std::string& log, const std::string& lock) {
  const Descriptor says(log, O_WRONLY | O_CREAT | O_TRUNC), holds(lock, O_RDWR | O_CREAT);
  if (::flock(holds.get(), LOCK_EX | LOCK_NB) != 0) throw Error(ExitCode::kTryAgain, "the job is at work already");
  SpawnSetup setup;
  setup.set_apart();
  setup.give_nothing(STDIN_FILENO);
  setup.give_nothing(STDOUT_FILENO);
  setup.give(says.get(), STDERR_FILENO);
  setup.give(holds.get(), kLockDescriptor);   // stays open in the other process, and with it the lock
  setup.give_none_from(kLockDescriptor + 1);  // whatever the studio was started with
  return {setup.start(words), lock};
}

std::optional<JobProcess> JobProcess::running(std::int64_t process, const std::string& lock) {
  if (process <= 1 || ::access(lock.c_str(), F_OK) != 0) return std::nullopt;
  const Descriptor looks(lock, O_RDWR);
  if (::flock(looks.get(), LOCK_EX | LOCK_NB) == 0) return std::nullopt;
  return JobProcess(process, lock);
}

void JobProcess::stop() const {
  ::kill(static_cast<pid_t>(number_), SIGINT);
}

bool JobProcess::has_ended() const {
  {
    const Descriptor looks(lock_, O_RDWR);
    if (::flock(looks.get(), LOCK_EX | LOCK_NB) != 0) return false;
  }
  ::waitpid(static_cast<pid_t>(number_), nullptr, 0);  // fails at once if somebody else has started it
  return true;
}

}  // namespace reelface
