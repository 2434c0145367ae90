// SPDX-License-Identifier: Apache-2.0
#include "comparison_totals.h"

#include <cmath>

#include "reelface/measure/fidelity.h"

namespace reelface {
namespace {

double decibels(double error) {
  return std::isnan(error) ? kNoValue : psnr_from_error(error, 1);
}

}  // namespace

void FiniteMean::add(double value) {
  if (!std::isfinite(value)) return;
  sum_ += value;
  ++count_;
}

void MeasureTotals::add(std::int64_t frame, const ComparedMeasures& measures, bool is_cut) {
  const PictureMeasures& picture = measures.picture;
  error_luma_.add(picture.error_luma);
  error_rgb_.add(picture.error_rgb);
  ssim_.add(picture.ssim);
  ms_ssim_.add(picture.ms_ssim);
  sharpness_.add(picture.sharpness);
  colour_.add(picture.colour);
  face_error_.add(picture.face_error);
  face_ssim_.add(picture.face_ssim);
  face_sharpness_.add(picture.face_sharpness);
  if (is_cut || std::isnan(picture.face_brightness)) pumping_.restart();
  if (!std::isnan(picture.face_brightness)) pumping_.add(picture.face_brightness, 0);
  if (is_cut) trembling_.restart();
  trembling_.add(frame, measures.landmarks);
  warping_.add(measures.step.warping_error);
  face_warping_.add(measures.step.face_warping_error);
  motion_.add(measures.step.motion_difference);
  niqe_.add(measures.niqe);
  for (const double identity : measures.each_identity) identity_.add(identity);
  flicker_ += measures.step.flicker;
  film_.add(measures.film, is_cut);
}

MeasureSummary MeasureTotals::summary() const {
  constexpr double kReadable = 1e4;
  MeasureSummary summary;
  summary.psnr_luma = decibels(error_luma_.value());
  summary.psnr_rgb = decibels(error_rgb_.value());
  summary.ssim = ssim_.value();
  summary.ms_ssim = ms_ssim_.value();
  summary.sharpness = sharpness_.value();
  summary.colour = colour_.value();
  summary.face_psnr = decibels(face_error_.value());
  summary.face_ssim = face_ssim_.value();
  summary.face_sharpness = face_sharpness_.value();
  if (pumping_.pairs() > 0) summary.face_pumping = 255 * pumping_.rms();
  if (const auto jitter = trembling_.rms()) summary.face_jitter = 100 * *jitter;
  summary.face_identity = identity_.value();
  summary.warping_error = kReadable * warping_.value();
  summary.face_warping_error = kReadable * face_warping_.value();
  summary.motion_difference = motion_.value();
  summary.niqe = niqe_.value();
  film_.put_into(summary);
  if (flicker_.samples > 0) summary.flicker = 255 * flicker_.rms();
  return summary;
}

std::vector<double> series_values(const ComparedMeasures& measures) {
  const PictureMeasures& picture = measures.picture;
  const StepMeasures& step = measures.step;
  return {decibels(picture.error_luma),
          picture.ssim,
          decibels(picture.face_error),
          picture.face_ssim,
          picture.sharpness,
          picture.colour,
          1e4 * step.warping_error,
          step.flicker.samples > 0 ? 255 * step.flicker.rms() : kNoValue};
}

}  // namespace reelface
