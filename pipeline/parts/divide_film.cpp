// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parts/divide_film.h"

#include <algorithm>
#include <cmath>

#include "pipeline/parts/distinct_frames.h"
#include "pipeline/stages/repeat_stage.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

// A border moves to a cut that is nearer than this share of a part's length, and no farther than this.
constexpr double kNearShare = 0.25;
constexpr double kNearSeconds = 10;

class Division {
 public:
  Division(const FilmIndex& index, const FilmWork& work)
      : index_(index),
        line_(work.line),
        back_(reach_back(work.line)),
        back_of_measured_(reach_back(steps_behind(work.line, "restore"))),
        back_of_restored_(reach_back_in_full(steps_behind(work.line, "restore"))),
        around_cut_(frames_around_cut(work.line)),
        distinct_(index, work.frames_per_group, folds_repeats(work.line)) {}

  /// Of the parts of these frames.
  std::vector<std::int64_t> borders(const PartSizes& sizes, std::int64_t first, std::int64_t end) const {
    const double all = static_cast<double>(end - first);
    const std::int64_t count = std::clamp<std::int64_t>(wanted_count(sizes, first, end), 1, end - first);
    std::vector<std::int64_t> borders{first};
    for (std::int64_t part = 1; part < count; ++part) {
      // Room for one frame each is left to the parts that follow.
      const auto wanted =
          first + static_cast<std::int64_t>(std::llround(all * static_cast<double>(part) / static_cast<double>(count)));
      const std::int64_t earliest = borders.back() + 1, latest = end - (count - part);
      borders.push_back(std::clamp(near_cut(wanted, all / static_cast<double>(count)), earliest, latest));
    }
    borders.push_back(end);
    return borders;
  }

  PlannedPart part(std::int64_t first, std::int64_t end) const {
    PlannedPart part;
    part.first_frame = part.read_from = part.measure_from = part.restore_from = first;
    part.end_frame = part.read_to = end;
    part.starts_at_cut = first > 0 && is_barrier(first);
    if (!looks_around(line_)) return part;
    const std::int64_t place = distinct_.place_of(first), read_from = warm_up_from(place);
    part.read_from = distinct_.frame(read_from);
    part.measure_from = distinct_.frame(back_from(place, back_of_measured_, read_from));
    part.restore_from = distinct_.frame(back_from(place, back_of_restored_, read_from));
    part.read_to = distinct_.frame(look_ahead_to(distinct_.place_of(end - 1) + 1));
    return part;
  }

 private:
  /// Of the film's parts, the share of these frames.
  std::int64_t wanted_count(const PartSizes& sizes, std::int64_t first, std::int64_t end) const {
    if (!sizes.count)
      return static_cast<std::int64_t>(
          std::ceil((index_.seconds_at(end - 1) - index_.seconds_at(first)) / sizes.seconds));
    const double share = static_cast<double>(end - first) / static_cast<double>(index_.size());
    return static_cast<std::int64_t>(std::llround(static_cast<double>(*sizes.count) * share));
  }

  const IndexedFrame& at(std::int64_t frame) const { return index_.frames[static_cast<std::size_t>(frame)]; }

  std::int64_t near_cut(std::int64_t wanted, double part_length) const {
    const auto reach = static_cast<std::int64_t>(kNearShare * part_length);
    for (std::int64_t away = 0; away <= reach; ++away) {
      for (const std::int64_t frame : {wanted - away, wanted + away}) {
        if (frame <= 0 || frame >= index_.size() || !at(frame).starts_shot) continue;
        if (std::abs(index_.seconds_at(frame) - index_.seconds_at(wanted)) <= kNearSeconds) return frame;
      }
    }
    return wanted;
  }

  /// A cut across which nothing is remembered; it only has to be found again.
  bool is_barrier(std::int64_t frame) const { return around_cut_ > 0 && at(frame).starts_shot; }

  // From here on places among the frames that differ: those are what steps see and count. The network's batches and
  // groups count from the film's first frame.

  bool is_barrier_at(std::int64_t place) const { return is_barrier(distinct_.frame(place)); }

  std::int64_t warm_up_from(std::int64_t first) const {
    if (back_.is_none()) return first;
    const double start = distinct_.seconds(first) - back_.seconds;
    for (std::int64_t place = first; place > 0; --place) {
      if (is_barrier_at(place)) return distinct_.group_from(std::max<std::int64_t>(place - around_cut_, 0));
      if (distinct_.seconds(place) < start && first - place >= back_.frames) return distinct_.group_from(place);
    }
    return 0;
  }

  std::int64_t back_from(std::int64_t first, const Reach& reach, std::int64_t read_from) const {
    const double start = distinct_.seconds(first) - reach.seconds;
    std::int64_t place = first;
    while (place > read_from && (first - place < reach.frames || distinct_.seconds(place) > start)) --place;
    return place;
  }

  std::int64_t look_ahead_to(std::int64_t end) const {
    std::int64_t place = end;
    for (auto step = line_.rbegin(); step != line_.rend(); ++step) place = look_ahead(place, step->needs.ahead);
    for (std::int64_t cut = end; cut < place; ++cut) {
      if (!is_barrier_at(cut)) continue;
      place = cut + around_cut_;
      break;
    }
    return distinct_.group_to(std::min(place, distinct_.end()));
  }

  std::int64_t look_ahead(std::int64_t place, const Reach& reach) const {
    const double full = distinct_.seconds(place - 1) + reach.seconds;
    while (place < distinct_.end() && distinct_.seconds(place - 1) < full) ++place;
    return std::min(place + reach.frames, distinct_.end());
  }

  const FilmIndex& index_;
  const LineOutline& line_;
  Reach back_, back_of_measured_, back_of_restored_;
  std::int64_t around_cut_;
  DistinctFrames distinct_;
};

}  // namespace

PlannedPart part_of_film(const FilmIndex& index, const FilmWork& work, std::int64_t first, std::int64_t end) {
  return Division(index, work).part(first, end);
}

std::vector<PlannedPart> divide_film(const FilmIndex& index, const PartSizes& sizes, const FilmWork& work) {
  return divide_film(index, sizes, {{0, index.size(), work}});
}

std::vector<PlannedPart> divide_film(const FilmIndex& index, const PartSizes& sizes,
                                     const std::vector<WorkOnSpan>& spans) {
  if (index.frames.empty()) throw Error(ExitCode::kInternal, "a film without frames cannot be divided");
  std::vector<PlannedPart> parts;
  for (const WorkOnSpan& span : spans) {
    const Division division(index, span.work);
    const std::vector<std::int64_t> borders = division.borders(sizes, span.first_frame, span.end_frame);
    for (std::size_t number = 0; number + 1 < borders.size(); ++number)
      parts.push_back(division.part(borders[number], borders[number + 1]));
  }
  return parts;
}

}  // namespace reelface
