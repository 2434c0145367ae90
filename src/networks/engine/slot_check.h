// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "inference/engine/crop_network.h"

namespace reelface {

/// Whether the same face gets the same bits wherever it is in a batch of this size, and whoever is beside it. Libraries
/// for graphics cards promise that only for the same place; what a face becomes must not be left to chance.
bool same_bits_in_every_slot(const CropNetwork& network, int batch);

}  // namespace reelface
