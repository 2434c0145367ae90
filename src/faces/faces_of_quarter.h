// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "reelface/core/face.h"

namespace reelface {

/// Adds the faces found in a picture's quarter_of() to those of the whole picture, where that has none yet.
void add_faces_of_quarter(const std::vector<Face>& of_quarter, std::vector<Face>& faces);

}  // namespace reelface
