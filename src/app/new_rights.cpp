// SPDX-License-Identifier: Apache-2.0
#include "app/new_rights.h"

#include <sys/prctl.h>

namespace reelface {

void renounce_new_rights() {
  // Fails on kernels that know nothing of it, and then there is nothing to be done.
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

}  // namespace reelface
