// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>

namespace reelface {

/// What the program returns to its caller. The numbers are part of the command line's promise.
enum class ExitCode : int {
  kDone = 0,
  kUsage = 2,  ///< wrong options, or streams the output container cannot hold
  kInputUnreadable = 3,
  kOutputUnwritable = 4,
  kModelRejected = 5,
  kInputDamaged = 6,  ///< damage beyond what --on-damage accepts
  kInternal = 7,
  kOutOfMemory = 8,
  kTryAgain = 75,
  kInterrupted = 130,  ///< SIGINT
  kTerminated = 143    ///< SIGTERM
};

/// The one exception type of the project. `what()` says what failed and where; `advice()` what the user can do next.
class Error : public std::runtime_error {
 public:
  Error(ExitCode exit_code, const std::string& message, std::string advice = {});

  ExitCode exit_code() const noexcept { return exit_code_; }
  const std::string& advice() const noexcept { return advice_; }

 private:
  ExitCode exit_code_;
  std::string advice_;
};

/// The whole chain of a nested exception on one line, outermost first: "restore, frame 100: bad pixels".
std::string describe(const std::exception& exception);

/// Exit code of the innermost reelface::Error in the chain; out of memory for std::bad_alloc; else kInternal.
ExitCode exit_code_of(const std::exception& exception);

/// Advice of the innermost reelface::Error in the chain that has any.
std::string advice_of(const std::exception& exception);

}  // namespace reelface
