// SPDX-License-Identifier: Apache-2.0
#include "reelface/core/error.h"

#include <gtest/gtest.h>

#include <new>

namespace reelface {
namespace {

template <class Inner>
void fail_nested(Inner inner) {
  try {
    throw inner;
  } catch (...) {
    std::throw_with_nested(std::runtime_error("restore, frame 100"));
  }
}

TEST(Error, DescribesTheWholeChain) {
  try {
    fail_nested(Error(ExitCode::kModelRejected, "bad weights", "pull the model again"));
    FAIL();
  } catch (const std::exception& exception) {
    EXPECT_EQ(describe(exception), "restore, frame 100: bad weights");
    EXPECT_EQ(exit_code_of(exception), ExitCode::kModelRejected);
    EXPECT_EQ(advice_of(exception), "pull the model again");
  }
}

TEST(Error, OutOfMemoryHasItsOwnCode) {
  try {
    fail_nested(std::bad_alloc());
    FAIL();
  } catch (const std::exception& exception) {
    EXPECT_EQ(exit_code_of(exception), ExitCode::kOutOfMemory);
  }
}

TEST(Error, UnknownFailuresAreInternal) {
  EXPECT_EQ(exit_code_of(std::runtime_error("?")), ExitCode::kInternal);
}

}  // namespace
}  // namespace reelface
