// SPDX-License-Identifier: Apache-2.0
#include "media/encode/hdr_metadata.h"

extern "C" {
#include <libavutil/frame.h>
}

#include <cmath>
#include <cstdio>
#include <cstring>
#include <new>

#include "media/libav/compat.h"

namespace reelface {
namespace {

// H.265 writes chromaticities in steps of 0.00002 and luminance in steps of 0.0001 cd/m2.
constexpr double kChromaticitySteps = 50000;
constexpr double kLuminanceSteps = 10000;

template <class Metadata>
std::optional<Metadata> find(const AVStream& stream, AVPacketSideDataType stream_type, const AVFrame* frame,
                             AVFrameSideDataType frame_type) {
  Metadata found;
  const SideDataView bytes = stream_side_data(stream, stream_type);
  if (bytes.data && bytes.size >= sizeof found) {
    std::memcpy(&found, bytes.data, sizeof found);
    return found;
  }
  const AVFrameSideData* on_frame = frame ? av_frame_get_side_data(frame, frame_type) : nullptr;
  if (!on_frame || on_frame->size < sizeof found) return std::nullopt;
  std::memcpy(&found, on_frame->data, sizeof found);
  return found;
}

template <class Metadata>
void add(AVStream& stream, AVPacketSideDataType type, const std::optional<Metadata>& metadata) {
  if (!metadata) return;
  std::uint8_t* bytes = new_stream_side_data(stream, type, sizeof(Metadata));
  if (!bytes) throw std::bad_alloc();
  std::memcpy(bytes, &*metadata, sizeof(Metadata));
}

bool is_complete(const AVMasteringDisplayMetadata& display) {
  return display.has_primaries && display.has_luminance;
}

std::string in_steps(const AVMasteringDisplayMetadata& display) {
  const auto point = [](const AVRational(&xy)[2]) {
    return std::to_string(std::llround(av_q2d(xy[0]) * kChromaticitySteps)) + "," +
           std::to_string(std::llround(av_q2d(xy[1]) * kChromaticitySteps));
  };
  return "G(" + point(display.display_primaries[1]) + ")B(" + point(display.display_primaries[2]) + ")R(" +
         point(display.display_primaries[0]) + ")WP(" + point(display.white_point) + ")L(" +
         std::to_string(std::llround(av_q2d(display.max_luminance) * kLuminanceSteps)) + "," +
         std::to_string(std::llround(av_q2d(display.min_luminance) * kLuminanceSteps)) + ")";
}

std::string in_units(const AVMasteringDisplayMetadata& display) {
  char text[200];
  const auto& p = display.display_primaries;
  const auto& w = display.white_point;
  std::snprintf(text, sizeof text, "G(%.5f,%.5f)B(%.5f,%.5f)R(%.5f,%.5f)WP(%.5f,%.5f)L(%.4f,%.4f)", av_q2d(p[1][0]),
                av_q2d(p[1][1]), av_q2d(p[2][0]), av_q2d(p[2][1]), av_q2d(p[0][0]), av_q2d(p[0][1]), av_q2d(w[0]),
                av_q2d(w[1]), av_q2d(display.max_luminance), av_q2d(display.min_luminance));
  return text;
}

std::string light_levels(const AVContentLightMetadata& light) {
  return std::to_string(light.MaxCLL) + "," + std::to_string(light.MaxFALL);
}

}  // namespace

HdrMetadata hdr_metadata(const AVStream& stream, const AVFrame* first_frame) {
  return {find<AVMasteringDisplayMetadata>(stream, AV_PKT_DATA_MASTERING_DISPLAY_METADATA, first_frame,
                                           AV_FRAME_DATA_MASTERING_DISPLAY_METADATA),
          find<AVContentLightMetadata>(stream, AV_PKT_DATA_CONTENT_LIGHT_LEVEL, first_frame,
                                       AV_FRAME_DATA_CONTENT_LIGHT_LEVEL)};
}

void add_hdr_metadata(AVStream& stream, const HdrMetadata& metadata) {
  add(stream, AV_PKT_DATA_MASTERING_DISPLAY_METADATA, metadata.mastering_display);
  add(stream, AV_PKT_DATA_CONTENT_LIGHT_LEVEL, metadata.content_light);
}

std::string hdr_parameters(const std::string& encoder, const HdrMetadata& metadata) {
  std::string parameters;
  const auto add_parameter = [&parameters](const std::string& parameter) {
    parameters += (parameters.empty() ? "" : ":") + parameter;
  };
  const bool display = metadata.mastering_display && is_complete(*metadata.mastering_display);
  const bool light = metadata.content_light.has_value();
  if (encoder == "libx265") {
    if (display || light) add_parameter("hdr10=1");
    if (display) add_parameter("master-display=" + in_steps(*metadata.mastering_display));
    if (light) add_parameter("max-cll=" + light_levels(*metadata.content_light));
  } else if (encoder == "libx264") {
    if (display) add_parameter("mastering-display=" + in_steps(*metadata.mastering_display));
    if (light) add_parameter("cll=" + light_levels(*metadata.content_light));
  } else if (encoder == "libsvtav1") {
    if (display) add_parameter("mastering-display=" + in_units(*metadata.mastering_display));
    if (light) add_parameter("content-light=" + light_levels(*metadata.content_light));
  }
  return parameters;
}

}  // namespace reelface
