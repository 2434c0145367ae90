// SPDX-License-Identifier: Apache-2.0
#include "pipeline/graph/scheduler_version.h"

#include <tbb/version.h>

namespace reelface {

LibraryVersion scheduler_version() {
  return {"oneTBB", TBB_runtime_version()};
}

}  // namespace reelface
