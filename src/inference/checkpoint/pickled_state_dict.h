// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "inference/checkpoint/byte_view.h"
#include "inference/checkpoint/checkpoint.h"
#include "inference/checkpoint/pickled_object.h"

namespace reelface {

/// The bytes of a storage, of exactly the size it states. Throws MalformedCheckpoint if there is none.
using StorageLookup = std::function<ByteView(const PickledStorage&)>;

/// The bytes must be there in the number that type and element count ask for. Throws MalformedCheckpoint.
void check_storage_size(const PickledStorage& storage, std::uint64_t actual_bytes);

/// The weights among what a PyTorch checkpoint holds: the dict under `params_ema`, else `params`, else `state_dict`,
/// else the dict itself. Every view is checked against its storage, and all together they ask for no more bytes than
/// `file_size`. Throws MalformedCheckpoint.
std::map<std::string, CheckpointTensor> read_state_dict(const PickledObject& object, const StorageLookup& bytes_of,
                                                        std::uint64_t file_size);

}  // namespace reelface
