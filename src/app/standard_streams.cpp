// SPDX-License-Identifier: Apache-2.0
#include "app/standard_streams.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <string>

#include "reelface/core/error.h"

namespace reelface {

void reserve_standard_streams() {
  struct Reserve {
    int descriptor;
    int mode;  ///< the wrong one, so that using the stream fails; but nobody is left to be told of lost messages
  };
  for (const auto& [descriptor, mode] :
       {Reserve{STDIN_FILENO, O_WRONLY}, Reserve{STDOUT_FILENO, O_RDONLY}, Reserve{STDERR_FILENO, O_WRONLY}}) {
    const bool is_closed = fcntl(descriptor, F_GETFD) < 0 && errno == EBADF;
    if (is_closed && open("/dev/null", mode) < 0) return;  // takes the lowest number that is free, which is this one
  }
}

void flush_stdout() {
  errno = 0;
  std::cout.flush();
  std::fflush(stdout);
  const std::string reason = errno != 0 ? std::string(": ") + std::strerror(errno) : "";
  if (std::cout && std::ferror(stdout) == 0) return;
  throw Error(ExitCode::kOutputUnwritable, "what was to be printed on stdout is lost" + reason,
              "free some space, or send the output elsewhere");
}

}  // namespace reelface
