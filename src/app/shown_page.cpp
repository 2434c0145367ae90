// SPDX-License-Identifier: Apache-2.0
#include "app/shown_page.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <thread>

namespace reelface {
namespace {

bool has_desktop() {
  return std::getenv("DISPLAY") != nullptr || std::getenv("WAYLAND_DISPLAY") != nullptr;
}

}  // namespace

bool show_in_browser(const std::string& address) {
  if (!has_desktop()) return false;
  std::string program = "xdg-open", word = address;
  char* const words[] = {program.data(), word.data(), nullptr};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0);
  pid_t process = 0;
  const bool is_started = ::posix_spawnp(&process, words[0], &actions, nullptr, words, environ) == 0;
  posix_spawn_file_actions_destroy(&actions);
  // It may stay for as long as the browser does; whoever waits for it does nothing else.
  if (is_started) std::thread([process] { ::waitpid(process, nullptr, 0); }).detach();
  return is_started;
}

}  // namespace reelface
