#include "inference/engine/crop_network.h"

#include "reelface/core/error.h"

namespace reelface {

void CropNetwork::enlarge(const CropWindow*, int, BothSizes*) const {
  throw Error(ExitCode::kInternal, "a network that does not enlarge was asked to");
}

}  // namespace reelface
