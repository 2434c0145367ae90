// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace reelface {

/// Output channels whose weights lie together: a vector or a few of every instruction set.
constexpr int kOutputBlock = 16;

}  // namespace reelface
