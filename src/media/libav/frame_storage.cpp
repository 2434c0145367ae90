// SPDX-License-Identifier: Apache-2.0
#include "media/libav/frame_storage.h"

extern "C" {
#include <libavutil/frame.h>
#include <libavutil/pixdesc.h>
}

#include <algorithm>
#include <cstring>
#include <new>
#include <type_traits>
#include <utility>

#include "media/libav/compat.h"
#include "media/libav/display_matrix.h"
#include "media/libav/error.h"
#include "media/libav/fitted_picture.h"
#include "media/libav/pixel_description.h"

namespace reelface {
namespace {

template <class Enumeration>
void drop_unknown(Enumeration& field, Enumeration count, Enumeration unspecified) {
  std::underlying_type_t<Enumeration> number;
  static_assert(sizeof(number) == sizeof(field));
  std::memcpy(&number, &field, sizeof(number));
  if (std::int64_t{number} < 0 || std::int64_t{number} >= std::int64_t{count}) field = unspecified;
}

/// Everything but the samples is that of `facts`.
FramePtr with_samples_of(const AVFrame& samples, const AVFrame& facts) {
  FramePtr shown = reference_frame(samples);
  while (shown->nb_side_data > 0) av_frame_remove_side_data(shown.get(), shown->side_data[0]->type);
  av_dict_free(&shown->metadata);
  check_libav(av_frame_copy_props(shown.get(), &facts), "copying a picture's properties", ExitCode::kInternal);
  return shown;
}

}  // namespace

FramePtr new_frame() {
  FramePtr frame(av_frame_alloc());
  if (!frame) throw std::bad_alloc();
  return frame;
}

PacketPtr new_packet() {
  PacketPtr packet(av_packet_alloc());
  if (!packet) throw std::bad_alloc();
  return packet;
}

FramePtr reference_frame(const AVFrame& frame) {
  FramePtr copy(av_frame_clone(&frame));
  if (!copy) throw std::bad_alloc();
  return copy;
}

LibavFrameStorage::LibavFrameStorage(FramePtr frame)
    : frame_(std::move(frame)), layout_(describe_pixel_format(static_cast<AVPixelFormat>(frame_->format))) {}

Plane LibavFrameStorage::plane(int index) const {
  Plane plane;
  if (index < 0 || index >= layout_.plane_count) return plane;
  plane.data = frame_->data[index];
  plane.stride = frame_->linesize[index];
  for (int number = 0; number < layout_.component_count; ++number) {
    if (layout_.components[static_cast<std::size_t>(number)].plane != index) continue;
    const bool is_chroma = layout_.family == ColourFamily::kYuv && (number == 1 || number == 2);
    const int shift_x = is_chroma ? layout_.chroma_shift_x : 0;
    const int shift_y = is_chroma ? layout_.chroma_shift_y : 0;
    plane.width = std::max(plane.width, AV_CEIL_RSHIFT(frame_->width, shift_x));
    plane.height = std::max(plane.height, AV_CEIL_RSHIFT(frame_->height, shift_y));
  }
  return plane;
}

void LibavFrameStorage::make_writable() {
  check_libav(av_frame_make_writable(frame_.get()), "copying a picture", ExitCode::kInternal);
}

std::unique_ptr<FrameStorage> LibavFrameStorage::share() const {
  return std::make_unique<LibavFrameStorage>(reference_frame(*frame_));
}

std::unique_ptr<FrameStorage> LibavFrameStorage::showing(const FrameStorage& other) const {
  const auto* const shown = dynamic_cast<const LibavFrameStorage*>(&other);
  return shown ? std::make_unique<LibavFrameStorage>(with_samples_of(*shown->frame_, *frame_)) : other.share();
}

ColourFacts colour_of(const AVFrame& frame) {
  ColourFacts colour;
  colour.primaries = static_cast<ColourPrimaries>(frame.color_primaries);
  colour.transfer = static_cast<ColourTransfer>(frame.color_trc);
  colour.matrix = static_cast<ColourMatrix>(frame.colorspace);
  colour.range = static_cast<ColourRange>(frame.color_range);
  colour.chroma_location = static_cast<ChromaLocation>(frame.chroma_location);
  const auto format = static_cast<AVPixelFormat>(frame.format);
  if (without_range_in_name(format) != format) colour.range = ColourRange::kFull;
  return colour;
}

void drop_unknown_colours(AVFrame& frame) {
  drop_unknown(frame.color_primaries, AVCOL_PRI_NB, AVCOL_PRI_UNSPECIFIED);
  drop_unknown(frame.color_trc, AVCOL_TRC_NB, AVCOL_TRC_UNSPECIFIED);
  drop_unknown(frame.colorspace, AVCOL_SPC_NB, AVCOL_SPC_UNSPECIFIED);
  drop_unknown(frame.color_range, AVCOL_RANGE_NB, AVCOL_RANGE_UNSPECIFIED);
  drop_unknown(frame.chroma_location, AVCHROMA_LOC_NB, AVCHROMA_LOC_UNSPECIFIED);
}

Frame wrap_libav_frame(FramePtr frame, Rational time_base, const DisplayOrientation& stream_orientation) {
  FrameFacts facts;
  facts.colour = colour_of(*frame);
  frame->color_range = static_cast<AVColorRange>(facts.colour.range);
  frame->format = without_range_in_name(static_cast<AVPixelFormat>(frame->format));
  facts.width = frame->width;
  facts.height = frame->height;
  facts.layout = describe_pixel_format(static_cast<AVPixelFormat>(frame->format));
  facts.sample_aspect_ratio = from_libav(frame->sample_aspect_ratio);
  if (!facts.sample_aspect_ratio.is_known()) facts.sample_aspect_ratio = {0, 1};
  const AVFrameSideData* matrix = av_frame_get_side_data(frame.get(), AV_FRAME_DATA_DISPLAYMATRIX);
  facts.orientation = matrix ? orientation_from_matrix(matrix->data, matrix->size) : stream_orientation;
  facts.pts = frame->pts;
  facts.duration = frame_duration(*frame);
  facts.time_base = time_base;
  facts.interlaced = is_interlaced(*frame);
  facts.top_field_first = is_top_field_first(*frame);
  facts.fitted = take_fitted(*frame);
  facts.damaged = (frame->flags & AV_FRAME_FLAG_CORRUPT) != 0 || frame->decode_error_flags != 0;
  return Frame(std::move(facts), std::make_unique<LibavFrameStorage>(std::move(frame)));
}

const AVFrame* libav_frame(const Frame& frame) {
  const auto* storage = dynamic_cast<const LibavFrameStorage*>(&frame.storage());
  return storage ? &storage->frame() : nullptr;
}

}  // namespace reelface
