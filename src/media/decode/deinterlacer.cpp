// SPDX-License-Identifier: Apache-2.0
#include "media/decode/deinterlacer.h"

extern "C" {
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <libavutil/pixdesc.h>
}

#include <new>
#include <string>
#include <utility>

#include "media/libav/compat.h"
#include "media/libav/error.h"
#include "media/libav/filter_graph.h"
#include "media/libav/frame_storage.h"

namespace reelface {
namespace {

bool has_whole_samples(const AVFrame& frame) {
  const AVPixFmtDescriptor* description = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
  return description && (description->flags & (AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_BITSTREAM)) == 0;
}

}  // namespace

bool Deinterlacer::is_needed_for(const AVFrame& frame) const {
  // bwdif wants at least three lines and columns; smaller pictures have no fields worth the name.
  if (mode_ == Deinterlace::kOff || frame.width < 3 || frame.height < 4 || !has_whole_samples(frame)) return false;
  return mode_ == Deinterlace::kBwdif || is_interlaced(frame);
}

void Deinterlacer::start(const AVFrame& frame) {
  graph_.reset(avfilter_graph_alloc());
  if (!graph_) throw std::bad_alloc();
  started_with_ = new_frame();
  started_with_->width = frame.width;
  started_with_->height = frame.height;
  started_with_->format = frame.format;
  graph_->nb_threads = threads_;
  const char* format = av_get_pix_fmt_name(static_cast<AVPixelFormat>(frame.format));
  // The times pass by the filter, in waiting_.
  entry_ = add_picture_source(*graph_, frame);
  AVFilterContext* bwdif =
      add_filter(*graph_, "bwdif", "bwdif",
                 mode_ == Deinterlace::kBwdif ? "mode=send_frame:deint=all" : "mode=send_frame:deint=interlaced");
  // Formats bwdif does not take (nv12, packed ones) are rearranged before it and back behind it.
  AVFilterContext* back = add_filter(*graph_, "format", "back", std::string("pix_fmts=") + format);
  exit_ = add_filter(*graph_, "buffersink", "out", "");
  link_filters(entry_, bwdif);
  link_filters(bwdif, back);
  link_filters(back, exit_);
  check_libav(avfilter_graph_config(graph_.get(), nullptr), "starting the deinterlacer", ExitCode::kInternal,
              "read without deinterlacing");
}

void Deinterlacer::feed(const AVFrame* frame, bool is_wanted) {
  FramePtr copy;
  if (frame) {
    copy = reference_frame(*frame);
    waiting_.push_back({frame->pts, frame_duration(*frame), is_wanted});
    copy->pts = fed_++;
  }
  check_libav(av_buffersrc_add_frame_flags(entry_, copy.get(), AV_BUFFERSRC_FLAG_PUSH), "deinterlacing",
              ExitCode::kInternal);
}

void Deinterlacer::collect(std::deque<FramePtr>& finished) {
  while (true) {
    FramePtr frame = new_frame();
    const int result = av_buffersink_get_frame(exit_, frame.get());
    if (result == AVERROR(EAGAIN) || result == AVERROR_EOF) return;
    check_libav(result, "deinterlacing", ExitCode::kInternal);
    if (waiting_.empty()) throw Error(ExitCode::kInternal, "the deinterlacer gave more frames than it was given");
    const Facts facts = waiting_.front();
    waiting_.pop_front();
    if (!facts.is_wanted) continue;
    frame->pts = facts.pts;
    set_frame_duration(*frame, facts.duration);
    finished.push_back(std::move(frame));
  }
}

/// Its fields cannot tell anything about the next ones' then.
void Deinterlacer::end_where_pictures_change(const AVFrame& frame, std::deque<FramePtr>& finished) {
  const auto is_like = [&frame](const AVFrame& other) {
    return other.width == frame.width && other.height == frame.height && other.format == frame.format;
  };
  if (previous_ && !is_like(*previous_)) previous_.reset();
  if (graph_ && !is_like(*started_with_)) drain(finished);
}

void Deinterlacer::push(FramePtr frame, std::deque<FramePtr>& finished) {
  end_where_pictures_change(*frame, finished);
  if (!graph_ && is_needed_for(*frame)) {
    start(*frame);
    if (previous_) feed(previous_.get(), false);
    previous_.reset();
  }
  if (graph_) {
    feed(frame.get(), true);
    collect(finished);
    return;
  }
  if (mode_ != Deinterlace::kOff) previous_ = reference_frame(*frame);
  finished.push_back(std::move(frame));
}

void Deinterlacer::drain(std::deque<FramePtr>& finished) {
  if (!graph_) return;
  feed(nullptr, false);
  collect(finished);
  if (!waiting_.empty()) throw Error(ExitCode::kInternal, "the deinterlacer kept frames to itself");
  graph_.reset();
}

}  // namespace reelface
