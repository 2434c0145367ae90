// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "media/libav/ptr.h"

namespace reelface {

/// A filter by libav's name for it, inside this graph, which owns it. Throws where there is none.
AVFilterContext* add_filter(AVFilterGraph& graph, const char* filter, const char* name, const std::string& arguments);

/// Where pictures of this size and format enter. Their times pass by the filters: inside, frames are simply numbered.
AVFilterContext* add_picture_source(AVFilterGraph& graph, const AVFrame& frame);

void link_filters(AVFilterContext* from, AVFilterContext* to);

}  // namespace reelface
