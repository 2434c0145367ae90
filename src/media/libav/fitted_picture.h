// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "media/libav/ptr.h"
#include "reelface/image/frame.h"

namespace reelface {

/// Notes on a libav frame what FrameFacts::fitted will say of it. Throws when memory is short.
void note_fitted(AVFrame& frame, const FittedPicture& fitted);

std::optional<FittedPicture> fitted_of(const AVFrame& frame);

/// The same, and the frame has no note any more: nobody behind the reader shall find one.
std::optional<FittedPicture> take_fitted(AVFrame& frame);

}  // namespace reelface
