#include "reelface/image/frame.h"

#include <utility>

namespace reelface {

Frame::Frame(FrameFacts facts, std::unique_ptr<FrameStorage> storage)
    : facts_(std::move(facts)), storage_(std::move(storage)) {}

}  // namespace reelface
