// SPDX-License-Identifier: Apache-2.0
#include "media/libav/filter_graph.h"

extern "C" {
#include <libavutil/frame.h>
#include <libavutil/pixdesc.h>
}

#include "media/libav/error.h"

namespace reelface {

AVFilterContext* add_filter(AVFilterGraph& graph, const char* filter, const char* name, const std::string& arguments) {
  AVFilterContext* made = nullptr;
  check_libav(
      avfilter_graph_create_filter(&made, avfilter_get_by_name(filter), name, arguments.c_str(), nullptr, &graph),
      std::string("setting up the filter ") + filter, ExitCode::kInternal, "read without deinterlacing");
  return made;
}

AVFilterContext* add_picture_source(AVFilterGraph& graph, const AVFrame& frame) {
  const char* format = av_get_pix_fmt_name(static_cast<AVPixelFormat>(frame.format));
  const AVRational aspect = frame.sample_aspect_ratio.num > 0 ? frame.sample_aspect_ratio : AVRational{0, 1};
  return add_filter(graph, "buffer", "in",
                    "video_size=" + std::to_string(frame.width) + "x" + std::to_string(frame.height) +
                        ":pix_fmt=" + format + ":time_base=1/25:pixel_aspect=" + std::to_string(aspect.num) + "/" +
                        std::to_string(aspect.den));
}

void link_filters(AVFilterContext* from, AVFilterContext* to) {
  check_libav(avfilter_link(from, 0, to, 0), "linking filters", ExitCode::kInternal);
}

}  // namespace reelface
