// SPDX-License-Identifier: Apache-2.0
#include "media/read/film_canvas.h"

#include <filesystem>

#include "core/clock.h"
#include "media/decode/canvas_fit.h"
#include "media/read/media_description.h"
#include "media/read/size_survey.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

/// Only a file can be read twice: what was read from a pipe is gone.
bool is_file(const std::string& input) {
  std::error_code unknown;
  return input != "-" && std::filesystem::is_regular_file(input, unknown);
}

/// A look at what streams hold costs as much as the survey of a short film. It is needed where they are not announced,
/// or where it decides which of several is the film.
bool needs_a_look(PacketSource& source) {
  const AVFormatContext& format = source.format();
  int videos = 0;
  for (unsigned index = 0; index < format.nb_streams; ++index)
    videos += format.streams[index]->codecpar->codec_type == AVMEDIA_TYPE_VIDEO ? 1 : 0;
  return videos > 1 || (format.ctx_flags & AVFMTCTX_NOHEADER) != 0;
}

SizeSurvey surveyed(const std::string& input, PacketSource& source, const ReadOptions& options, InputLimits limits,
                    const CancelToken* cancel) {
  if (!is_file(input) || !can_change_size(source)) return {};
  const Stopwatch watch;
  limits.look_into_streams = needs_a_look(source);
  DecoderSettings settings;
  settings.max_pixels = options.max_pixels;
  settings.any_codec = options.any_format;
  SizeSurvey survey;
  try {
    InputSource again(input, limits, cancel);
    if (again.video_stream() == source.video_stream()) survey = survey_sizes(again, settings, cancel);
  } catch (const Error& error) {
    // Whoever reads the film for good will meet the fault again, and tell of it.
    if (error.exit_code() != ExitCode::kInputUnreadable) throw;
  }
  log_debug("looked for changes of size in " + std::to_string(watch.seconds()) +
            " s: " + std::to_string(survey.stretches.size()) + " stretches");
  return survey;
}

}  // namespace

FilmCanvas settle_canvas(const std::string& input, PacketSource& source, const ReadOptions& options,
                         const InputLimits& limits, const CancelToken* cancel) {
  FilmCanvas settled{options, {}};
  if (options.settled_canvas || options.canvas.rule == CanvasRule::kFirst) return settled;
  if (options.canvas.rule == CanvasRule::kSize) {
    const AVStream& video = *source.format().streams[source.video_stream()];
    settled.options.settled_canvas = canvas_of_size(options.canvas, stream_orientation(video));
    return settled;
  }
  SizeSurvey survey = surveyed(input, source, options, limits, cancel);
  settled.stretches = std::move(survey.stretches);
  if (settled.stretches.empty()) return settled;
  Canvas canvas = canvas_for(options.canvas.rule, settled.stretches);
  canvas.orientation = survey.orientation;
  settled.options.settled_canvas = canvas;
  return settled;
}

void place_on_canvas(std::vector<PictureStretch>& stretches, const VideoInfo& video, int libav_pixel_format) {
  const Canvas canvas{video.width, video.height, video.sample_aspect_ratio, video.orientation};
  const SampleSteps steps = sample_steps(libav_pixel_format);
  for (PictureStretch& stretch : stretches) {
    stretch.area = area_on(canvas, display_aspect(stretch), steps);
  }
}

}  // namespace reelface
