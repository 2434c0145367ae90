// SPDX-License-Identifier: Apache-2.0
#include "media/encode/quiet_encoders.h"

#include <cstdlib>

namespace reelface {

void quiet_encoders() {
  constexpr int kKeepTheUsersChoice = 0;
  ::setenv("SVT_LOG", "1", kKeepTheUsersChoice);  // errors only
}

}  // namespace reelface
