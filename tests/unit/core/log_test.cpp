#include "reelface/core/log.h"

#include <gtest/gtest.h>

namespace reelface {
namespace {

TEST(Printable, DefusesControlCharacters) {
  EXPECT_EQ(printable("plain \xc3\xa9"), "plain \xc3\xa9");
  EXPECT_EQ(printable("\x1b[2Jgone\n"), "\\x1b[2Jgone\\x0a");
}

}  // namespace
}  // namespace reelface
