// SPDX-License-Identifier: Apache-2.0
#include "media/encode/video_encoder.h"

extern "C" {
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
}

#include <algorithm>
#include <array>
#include <cmath>
#include <new>
#include <string_view>
#include <utility>
#include <vector>

#include "media/libav/error.h"
#include "media/libav/frame_storage.h"
#include "media/libav/pixel_description.h"
#include "media/libav/stamps.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

/// Their stream syntax knows frame rates or short clocks only, so they are given frame numbers instead of stamps.
bool counts_frames(AVCodecID codec) {
  constexpr std::array<AVCodecID, 13> kCodecs{
      AV_CODEC_ID_MPEG1VIDEO, AV_CODEC_ID_MPEG2VIDEO, AV_CODEC_ID_MPEG4,     AV_CODEC_ID_H261,      AV_CODEC_ID_H263,
      AV_CODEC_ID_H263P,      AV_CODEC_ID_FLV1,       AV_CODEC_ID_MSMPEG4V2, AV_CODEC_ID_MSMPEG4V3, AV_CODEC_ID_WMV1,
      AV_CODEC_ID_WMV2,       AV_CODEC_ID_THEORA,     AV_CODEC_ID_DVVIDEO};
  return std::find(kCodecs.begin(), kCodecs.end(), codec) != kCodecs.end();
}

bool codes_fields(AVCodecID codec) {
  return codec == AV_CODEC_ID_H264 || codec == AV_CODEC_ID_MPEG2VIDEO || codec == AV_CODEC_ID_MPEG4 ||
         codec == AV_CODEC_ID_PRORES;
}

AVRational frame_rate_for(const AVCodec& encoder, AVRational rate) {
  if (encoder.id == AV_CODEC_ID_MPEG1VIDEO || encoder.id == AV_CODEC_ID_MPEG2VIDEO) {
    constexpr std::array<AVRational, 8> kRates{
        {{24000, 1001}, {24, 1}, {25, 1}, {30000, 1001}, {30, 1}, {50, 1}, {60000, 1001}, {60, 1}}};
    return *std::min_element(kRates.begin(), kRates.end(), [rate](AVRational left, AVRational right) {
      return std::abs(av_q2d(left) - av_q2d(rate)) < std::abs(av_q2d(right) - av_q2d(rate));
    });
  }
  constexpr int kMostOfSvt = 240;
  if (std::string_view(encoder.name) == "libsvtav1" && av_q2d(rate) > kMostOfSvt) return {kMostOfSvt, 1};
  constexpr int kLongestMpeg4Clock = 65535;
  if (counts_frames(encoder.id)) av_reduce(&rate.num, &rate.den, rate.num, rate.den, kLongestMpeg4Clock);
  return rate;
}

bool is_gray(AVPixelFormat format) {
  return av_pix_fmt_desc_get(format)->nb_components < 3 && format != AV_PIX_FMT_PAL8;
}

/// The source's colour, except where the conversion itself decides it.
ColourFacts coded_colour(const SourceVideo& source, AVPixelFormat format, bool is_still_jpeg) {
  ColourFacts colour = source.colour;
  const bool from_rgb = is_rgb(source.format) || source.format == AV_PIX_FMT_PAL8;
  if (from_rgb && !is_rgb(format) && !is_gray(format)) {
    colour.matrix = assumed_matrix(colour.matrix, source.height);
    colour.range = ColourRange::kLimited;
  }
  if (!from_rgb && is_rgb(format)) {
    colour.matrix = ColourMatrix::kRgb;
    colour.range = ColourRange::kFull;
  }
  // Grey says nothing about its range and is meant full; as the luma of a YUV stream it has to say so.
  if (is_gray(source.format) && colour.range == ColourRange::kUnspecified) colour.range = ColourRange::kFull;
  if (is_still_jpeg) colour.range = ColourRange::kFull;
  return colour;
}

void set_colour(AVCodecContext& context, const ColourFacts& colour) {
  context.color_primaries = static_cast<AVColorPrimaries>(colour.primaries);
  context.color_trc = static_cast<AVColorTransferCharacteristic>(colour.transfer);
  context.colorspace = static_cast<AVColorSpace>(colour.matrix);
  context.color_range = static_cast<AVColorRange>(colour.range);
  context.chroma_sample_location = static_cast<AVChromaLocation>(colour.chroma_location);
}

void set_fields(AVCodecContext& context, const SourceVideo& source) {
  context.field_order = source.field_order;
  if (!source.interlaced || !codes_fields(context.codec_id)) return;
  // A field of H.264 in 4:2:0 ends on a whole chroma sample only when the picture's height divides by four.
  const int rows = 2 << av_pix_fmt_desc_get(context.pix_fmt)->log2_chroma_h;
  if (context.codec_id == AV_CODEC_ID_H264 && source.height % rows != 0) return;
  context.flags |= AV_CODEC_FLAG_INTERLACED_DCT | AV_CODEC_FLAG_INTERLACED_ME;
}

/// Once what several encoders say in the same words.
void add_failure(std::vector<Error>& failures, const Error& failure) {
  const std::string_view words = failure.what();
  if (std::none_of(failures.begin(), failures.end(), [words](const Error& earlier) { return words == earlier.what(); }))
    failures.push_back(failure);
}

/// What all of them say is about what was asked for, and not about any of them.
[[noreturn]] void throw_failures(const std::vector<Error>& failures) {
  if (failures.size() == 1) throw Error(failures.front());
  std::string said;
  for (const Error& failure : failures) said.append(said.empty() ? "" : "; ").append(failure.what());
  throw Error(ExitCode::kUsage, "no encoder takes this video: " + said, "choose -c:v and --pix-fmt yourself");
}

bool carries_captions(std::string_view encoder) {
  return encoder == "libx264" || encoder == "mpeg2video" || encoder.find("_nvenc") != std::string_view::npos;
}

}  // namespace

VideoEncoder::VideoEncoder(const SourceVideo& source, const WriteOptions& options,
                           const EncoderSurroundings& surroundings)
    : packet_(new_packet()) {
  counts_frames_only_ = surroundings.rules && !surroundings.rules->holds_variable_rate();
  time_base_ = counts_frames_only_ ? av_inv_q(source.frame_rate) : source.time_base;
  std::vector<Error> failures;
  for (const EncoderCandidate& candidate :
       encoder_candidates(source, options, surroundings.rules, surroundings.picture_codec)) {
    try {
      context_ = open(candidate, source, options, surroundings);
    } catch (const Error& error) {
      if (!options.codec.empty() || error.exit_code() != ExitCode::kUsage) throw;
      add_failure(failures, error);
      continue;
    }
    note_losses(candidate, source);
    return;
  }
  throw_failures(failures);
}

CodecContextPtr VideoEncoder::open(const EncoderCandidate& candidate, const SourceVideo& source,
                                   const WriteOptions& options, const EncoderSurroundings& surroundings) {
  const AVCodec& encoder = *candidate.encoder;
  CodecContextPtr context(avcodec_alloc_context3(&encoder));
  if (!context) throw std::bad_alloc();
  const bool is_still_jpeg = !surroundings.rules && encoder.id == AV_CODEC_ID_MJPEG;
  const ColourFacts colour = coded_colour(source, candidate.pixels.format, is_still_jpeg);
  const bool counting = counts_frames(encoder.id);
  context->width = source.width;
  context->height = source.height;
  context->pix_fmt = candidate.pixels.format;
  context->framerate = frame_rate_for(encoder, source.frame_rate);
  context->time_base = counting ? av_inv_q(context->framerate) : time_base_;
  context->sample_aspect_ratio = source.sample_aspect_ratio;
  set_colour(*context, colour);
  set_fields(*context, source);
  if (surroundings.rules && (surroundings.rules->format()->flags & AVFMT_GLOBALHEADER))
    context->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  if (options.bitexact) context->flags |= AV_CODEC_FLAG_BITEXACT;
  if (encoder.id == AV_CODEC_ID_MJPEG) context->strict_std_compliance = FF_COMPLIANCE_UNOFFICIAL;  // limited range
  if (candidate.pixels.format == AV_PIX_FMT_YUVA420P &&
      av_opt_find(context.get(), "auto-alt-ref", nullptr, 0, AV_OPT_SEARCH_CHILDREN))
    av_opt_set(context.get(), "auto-alt-ref", "0", AV_OPT_SEARCH_CHILDREN);  // libvpx cannot have both

  OptionList unknown = set_encoder_options(*context, source, options);
  if (counts_frames_only_) context->max_b_frames = 0;  // without stamps a reordered picture would come late
  check_libav(avcodec_open2(context.get(), &encoder, nullptr),
              std::string(encoder.name) + " does not start for " + std::to_string(source.width) + "x" +
                  std::to_string(source.height) + " " + av_get_pix_fmt_name(candidate.pixels.format),
              ExitCode::kUsage, "check the encoder's options, or choose another -c:v");
  timeline_ = FrameTimeline(counting ? FrameTimeline::Mode::kCounting : FrameTimeline::Mode::kStamps);
  converter_ = FrameConverter(PictureFormat{source.width, source.height, candidate.pixels.format, colour});
  unknown_options_ = std::move(unknown);
  return context;
}

VideoEncoder::~VideoEncoder() {
  // SVT-AV1 never ends when it is closed without having seen a picture.
  if (!context_ || timeline_.entered() > 0 || std::string_view(context_->codec->name) != "libsvtav1") return;
  FramePtr picture(av_frame_alloc());
  if (!picture) return;
  picture->width = context_->width;
  picture->height = context_->height;
  picture->format = context_->pix_fmt;
  picture->pts = 0;
  if (av_frame_get_buffer(picture.get(), 0) >= 0) avcodec_send_frame(context_.get(), picture.get());
}

void VideoEncoder::note_losses(const EncoderCandidate& candidate, const SourceVideo& source) {
  const std::string name = candidate.encoder->name;
  if (candidate.encoder->id != source.codec && !source.is_picture)
    notes_.push_back("the video changes from " + codec_name(source.codec) + " to " + codec_name(candidate.encoder->id));
  if (candidate.pixels.changed) {
    std::string note = std::string("the pixel format changes from ") + av_get_pix_fmt_name(source.format) + " to " +
                       av_get_pix_fmt_name(candidate.pixels.format);
    note += candidate.pixels.loss.empty() ? ", without loss" : ": " + candidate.pixels.loss;
    notes_.push_back(note);
    const bool is_common = candidate.encoder->id == AV_CODEC_ID_H264 || candidate.encoder->id == AV_CODEC_ID_HEVC;
    if (is_common && av_pix_fmt_desc_get(candidate.pixels.format)->log2_chroma_w == 0 &&
        !is_gray(candidate.pixels.format))
      notes_.emplace_back(
          "few players show full colour resolution in this codec; --pix-fmt yuv420p is for all of them");
  }
  if (source.has_captions && !carries_captions(name))
    notes_.push_back("the closed captions inside the pictures are lost: " + name + " does not carry them");
  if (source.has_dynamic_hdr)
    notes_.push_back("dynamic HDR metadata (HDR10+ or Dolby Vision) is lost: it describes the old pictures");
}

std::int64_t VideoEncoder::stamp_of(const FrameFacts& facts) const {
  const Rational to = from_libav(time_base_);
  if (facts.pts == kNoTimestamp) return next_pts_ == AV_NOPTS_VALUE ? 0 : next_pts_;
  if (!counts_frames_only_) return rescale(facts.pts, facts.time_base, to);
  // Where the first frame lies between two ticks does not matter; that the others lie as it does, does.
  const std::int64_t since_first = difference_of_stamps(facts.pts, first_source_pts_);
  const std::int64_t ticks = rescale(since_first, facts.time_base, to);
  const double missed = seconds(since_first, facts.time_base) / to.value() - static_cast<double>(ticks);
  constexpr double kRoundingOfStamps = 0.3;
  const std::int64_t stamp = sum_of_stamps(rescale(first_source_pts_, facts.time_base, to), ticks);
  if (std::abs(missed) <= kRoundingOfStamps && (next_pts_ == AV_NOPTS_VALUE || stamp > last_pts_)) return stamp;
  throw Error(ExitCode::kUsage,
              "frame " + std::to_string(stamped_) + " does not come at the constant rate the container needs",
              "write to a .mkv file");
}

VideoEncoder::Stamp VideoEncoder::next_stamp(const FrameFacts& facts) {
  if (first_source_pts_ == AV_NOPTS_VALUE) first_source_pts_ = facts.pts;
  const std::int64_t pts = stamp_of(facts);
  const std::int64_t usual = std::max<std::int64_t>(1, av_rescale_q(1, av_inv_q(context_->framerate), time_base_));
  const std::int64_t told = rescale(facts.duration, facts.time_base, from_libav(time_base_));
  const std::int64_t duration = told > 0 ? told : usual;
  last_pts_ = pts;
  next_pts_ = sum_of_stamps(pts, duration);
  ++stamped_;
  return {pts, duration};
}

void VideoEncoder::encode(const Frame& frame, const PacketSink& sink) {
  FramePtr picture = converter_.convert(to_encoder_frame(frame));
  const Stamp stamp = next_stamp(frame.facts());
  picture->pts = timeline_.enter(stamp.pts, stamp.duration);
  picture->quality = context_->global_quality;
  send(picture.get(), sink);
}

void VideoEncoder::drain(const PacketSink& sink) {
  if (drained_) return;
  drained_ = true;
  send(nullptr, sink);
  if (packets_ < timeline_.entered())
    throw Error(ExitCode::kInternal,
                std::string(context_->codec->name) + " returned " + std::to_string(packets_) + " packets for " +
                    std::to_string(timeline_.entered()) + " frames",
                "take out the -e option that lets the encoder drop frames, or choose another -c:v");
}

void VideoEncoder::send(const AVFrame* frame, const PacketSink& sink) {
  const std::string doing = "encoding frame " + std::to_string(timeline_.entered());
  int result = avcodec_send_frame(context_.get(), frame);
  if (result == AVERROR(EAGAIN)) {
    receive(sink);
    result = avcodec_send_frame(context_.get(), frame);
  }
  check_libav(result, doing, ExitCode::kInternal, "choose another -c:v");
  receive(sink);
}

void VideoEncoder::receive(const PacketSink& sink) {
  for (;;) {
    const int result = avcodec_receive_packet(context_.get(), packet_.get());
    if (result == AVERROR(EAGAIN) || result == AVERROR_EOF) return;
    check_libav(result, "encoding", ExitCode::kInternal, "choose another -c:v");
    timeline_.leave(*packet_);
    ++packets_;
    sink(*packet_);
    av_packet_unref(packet_.get());
  }
}

}  // namespace reelface
