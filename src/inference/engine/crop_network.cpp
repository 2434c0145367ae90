// SPDX-License-Identifier: Apache-2.0
#include "inference/engine/crop_network.h"

#include <algorithm>
#include <limits>

#include "reelface/core/error.h"

namespace reelface {

void CropNetwork::enlarge(const CropWindow*, int, BothSizes*) const {
  throw Error(ExitCode::kInternal, "a network that does not enlarge was asked to");
}

int countable_batch(const CropNetwork& network, int wanted) {
  const std::int64_t of_one = network.largest_tensor_of_crop();
  if (of_one <= 0) return wanted;
  const std::int64_t most = std::numeric_limits<std::int32_t>::max() / of_one;
  return static_cast<int>(std::clamp<std::int64_t>(most, 1, std::max(1, wanted)));
}

}  // namespace reelface
