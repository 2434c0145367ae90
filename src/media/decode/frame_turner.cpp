// SPDX-License-Identifier: Apache-2.0
#include "media/decode/frame_turner.h"

extern "C" {
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <libavutil/frame.h>
#include <libavutil/pixdesc.h>
}

#include <new>
#include <string>
#include <utility>

#include "media/libav/compat.h"
#include "media/libav/display_matrix.h"
#include "media/libav/error.h"
#include "media/libav/filter_graph.h"
#include "media/libav/fitted_picture.h"
#include "media/libav/frame_storage.h"

namespace reelface {
namespace {

AVRational turned_aspect(AVRational aspect, const DisplayOrientation& by) {
  const bool is_on_its_side = by.quarter_turns_clockwise % 2 != 0;
  return is_on_its_side && aspect.num > 0 && aspect.den > 0 ? AVRational{aspect.den, aspect.num} : aspect;
}

/// The frame says how it is shown from now on, unless its stream says the same.
void say_orientation(AVFrame& frame, const DisplayOrientation& orientation, const DisplayOrientation& of_stream) {
  av_frame_remove_side_data(&frame, AV_FRAME_DATA_DISPLAYMATRIX);
  if (orientation == of_stream) return;
  AVFrameSideData* const matrix = av_frame_new_side_data(&frame, AV_FRAME_DATA_DISPLAYMATRIX, kDisplayMatrixBytes);
  if (!matrix) throw std::bad_alloc();
  write_display_matrix(orientation, matrix->data);
}

}  // namespace

DisplayOrientation orientation_of(const AVFrame& frame, const DisplayOrientation& of_stream) {
  const AVFrameSideData* matrix = av_frame_get_side_data(&frame, AV_FRAME_DATA_DISPLAYMATRIX);
  return matrix ? orientation_from_matrix(matrix->data, matrix->size) : of_stream;
}

DisplayOrientation turn_between(const DisplayOrientation& from, const DisplayOrientation& to) {
  const int turns = from.quarter_turns_clockwise - to.quarter_turns_clockwise + 4;
  if (!to.mirrored) return {turns % 4, from.mirrored};
  // Mirroring behind a turn is the same as mirroring before the opposite one.
  return {(8 - turns) % 4, !from.mirrored};
}

bool FrameTurner::is_set_up_for(const AVFrame& frame, const DisplayOrientation& by) const {
  return graph_ && by == by_ && frame.width == started_with_->width && frame.height == started_with_->height &&
         frame.format == started_with_->format;
}

void FrameTurner::set_up(const AVFrame& frame, const DisplayOrientation& by) {
  if (is_set_up_for(frame, by)) return;
  graph_.reset(avfilter_graph_alloc());
  if (!graph_) throw std::bad_alloc();
  entry_ = add_picture_source(*graph_, frame);
  AVFilterContext* last = entry_;
  const auto then = [&](const char* filter, const std::string& arguments) {
    AVFilterContext* const next = add_filter(*graph_, filter, filter, arguments);
    link_filters(last, next);
    last = next;
  };
  if (by.mirrored) then("hflip", "");
  if (by.quarter_turns_clockwise == 1) then("transpose", "clock");
  if (by.quarter_turns_clockwise == 3) then("transpose", "cclock");
  if (by.quarter_turns_clockwise == 2) {
    then("vflip", "");
    // Where it was mirrored before, both cancel out.
    AVFilterContext* const back = add_filter(*graph_, "hflip", "hflip_back", "");
    link_filters(last, back);
    last = back;
  }
  // What the filters do not take as it is (4:2:2 on its side) is rearranged before them and back behind them.
  then("format", std::string("pix_fmts=") + av_get_pix_fmt_name(static_cast<AVPixelFormat>(frame.format)));
  then("buffersink", "");
  exit_ = last;
  check_libav(avfilter_graph_config(graph_.get(), nullptr), "turning a picture", ExitCode::kInternal);
  started_with_ = new_frame();
  started_with_->width = frame.width;
  started_with_->height = frame.height;
  started_with_->format = frame.format;
  by_ = by;
}

FramePtr FrameTurner::filtered(const AVFrame& frame) {
  const FramePtr copy = reference_frame(frame);
  check_libav(av_buffersrc_add_frame_flags(entry_, copy.get(), AV_BUFFERSRC_FLAG_PUSH), "turning a picture",
              ExitCode::kInternal);
  FramePtr turned = new_frame();
  check_libav(av_buffersink_get_frame(exit_, turned.get()), "turning a picture", ExitCode::kInternal);
  return turned;
}

/// Streams that tell it themselves do so where a sequence begins. It holds until the next one does.
void FrameTurner::learn_from(const AVFrame& frame) {
  const bool tells = av_frame_get_side_data(&frame, AV_FRAME_DATA_DISPLAYMATRIX) != nullptr;
  if (tells || is_key_frame(frame)) of_picture_ = orientation_of(frame, of_stream_);
  if (!of_film_) of_film_ = of_picture_;
}

FramePtr FrameTurner::turn(FramePtr frame) {
  learn_from(*frame);
  if (of_picture_ == *of_film_) {
    if (orientation_of(*frame, of_stream_) != *of_film_) say_orientation(*frame, *of_film_, of_stream_);
    return frame;
  }
  const DisplayOrientation by = turn_between(of_picture_, *of_film_);
  set_up(*frame, by);
  FramePtr turned = filtered(*frame);
  const int width = turned->width, height = turned->height, format = turned->format;
  check_libav(av_frame_copy_props(turned.get(), frame.get()), "turning a picture", ExitCode::kInternal);
  turned->sample_aspect_ratio = turned_aspect(frame->sample_aspect_ratio, by);
  say_orientation(*turned, *of_film_, of_stream_);
  if (format != frame->format) throw Error(ExitCode::kInternal, "a picture has another format once it is turned");
  note_fitted(*turned, {{0, 0, width, height}, frame->width, frame->height, by.quarter_turns_clockwise});
  ++turned_;
  return turned;
}

}  // namespace reelface
