#include "inference/finite_values.h"

#include <algorithm>
#include <cmath>

#include "inference/checkpoint/malformed_checkpoint.h"
#include "inference/checkpoint/tensor_values.h"
#include "reelface/core/error.h"

namespace reelface {
std::vector<float> finite_values(const Checkpoint& checkpoint, const std::string& name) {
  const auto found = checkpoint.tensors.find(name);
  if (found == checkpoint.tensors.end()) {
    throw Error(ExitCode::kModelRejected, printable(checkpoint.path) + ": tensor " + name_text(name) + " is missing",
                "the file belongs to another network; `reelface models list` shows models that work");
  }
  const std::vector<float> values = float_values(found->second);
  if (!std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); })) {
    throw Error(
        ExitCode::kModelRejected,
        printable(checkpoint.path) + ": tensor " + name_text(name) + " holds values that are not finite numbers",
        "the file is damaged or its training went wrong; fetch it again: `reelface models pull`");
  }
  return values;
}

}  // namespace reelface
