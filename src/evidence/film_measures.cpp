// SPDX-License-Identifier: Apache-2.0
#include "film_measures.h"

#include <cmath>

#include "image/frame_noise.h"
#include "reelface/measure/fidelity.h"

namespace reelface {
namespace {

DamageMask damage_mask(const Frame& frame) {
  const SamplePlane samples = component_plane(frame, 0);
  const double half = peak_of(frame.facts().layout.bit_depth()) / 2;
  DamageMask mask{samples.width, samples.height, {}};
  mask.samples.reserve(samples.samples.size());
  for (const float sample : samples.samples) mask.samples.push_back(sample > half ? 255 : 0);
  return mask;
}

/// Mean, from RGB: stored codes of many formats have a black that is not 0, and say nothing about ratios.
double brightness(const MeasurablePicture& picture) {
  return mean_of(luma_of(picture.small.view()).view());
}

FilmMeasures measured(const MeasurablePicture& picture, const Frame& frame, const Moment& moment) {
  FilmMeasures film;
  film.placement = find_placement(picture.small_luma.view(), moment.reference.small_luma.view());
  if (film.placement) {
    const float scale = static_cast<float>(picture.luma.width) / static_cast<float>(picture.small_luma.width);
    film.placement = Point{film.placement->x * scale, film.placement->y * scale};
  }
  constexpr double kBlack = 0.02;  // of black pictures a ratio says nothing
  const double reference = brightness(moment.reference);
  if (reference > kBlack) film.light = brightness(picture) / reference;
  film.noise = noise_levels(frame_grain(frame));
  return film;
}

double share_in_percent(std::int64_t part, std::int64_t whole) {
  return whole > 0 ? 100.0 * static_cast<double>(part) / static_cast<double>(whole) : kNoValue;
}

double decibels(double error, std::int64_t samples) {
  return samples > 0 ? psnr_from_error(error / static_cast<double>(samples), 1) : kNoValue;
}

}  // namespace

void measure_film_into(ComparisonRow& row, const Moment& moment, const AlignedFrames& frames) {
  row.restored.film = measured(moment.restored, frames.restored, moment);
  if (!moment.input || !frames.input) return;
  row.input->film = measured(*moment.input, *frames.input, moment);
  if (!frames.mask) return;
  const DamageMask mask = damage_mask(*frames.mask);
  const SampleView clean = moment.reference.luma.view(), bad = moment.input->luma.view();
  row.restored.film.areas = measure_areas(moment.restored.luma.view(), clean, bad, mask);
  row.input->film.areas = measure_areas(bad, clean, bad, mask);
}

void FilmTotals::add(const FilmMeasures& measures, bool is_cut) {
  if (is_cut) {
    across_.restart(), down_.restart(), light_.restart();
  }
  if (measures.placement) {
    across_.add(static_cast<double>(measures.placement->x));
    down_.add(static_cast<double>(measures.placement->y));
  }
  if (!std::isnan(measures.light)) light_.add(measures.light);
  if (!std::isnan(measures.noise)) {
    noise_ += measures.noise;
    ++noise_frames_;
  }
  if (measures.areas) areas_ += *measures.areas;
}

void FilmTotals::put_into(MeasureSummary& summary) const {
  if (across_.count() > 1) summary.weave = std::sqrt((across_.squares() + down_.squares()) / (2 * across_.count()));
  if (light_.count() > 1) summary.light_flicker = 100 * std::sqrt(light_.squares() / light_.count()) / light_.mean();
  if (noise_frames_ > 0) summary.noise = noise_ / noise_frames_;
  summary.damaged_psnr = decibels(areas_.damaged_error, areas_.damaged);
  summary.whole_psnr = decibels(areas_.whole_error, areas_.whole);
  summary.mended = share_in_percent(areas_.mended, areas_.heavy);
  summary.wrongly_changed = share_in_percent(areas_.changed, areas_.whole);
}

}  // namespace reelface
