#include "pipeline/parts/divide_film.h"

#include <algorithm>
#include <cmath>

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
        back_of_restored_(reach_back(steps_behind(work.line, "restore"))),
        around_cut_(frames_around_cut(work.line)),
        group_length_(static_cast<std::int64_t>(work.frames_per_group)) {}

  std::vector<std::int64_t> borders(const PartSizes& sizes) const {
    const double all = static_cast<double>(index_.size());
    const double seconds = index_.seconds_at(index_.size() - 1) - index_.seconds_at(0);
    std::int64_t count = sizes.count.value_or(static_cast<std::int64_t>(std::ceil(seconds / sizes.seconds)));
    count = std::clamp<std::int64_t>(count, 1, index_.size());
    std::vector<std::int64_t> borders{0};
    for (std::int64_t part = 1; part < count; ++part) {
      // Room for one frame each is left to the parts that follow.
      const auto wanted =
          static_cast<std::int64_t>(std::llround(all * static_cast<double>(part) / static_cast<double>(count)));
      const std::int64_t earliest = borders.back() + 1, latest = index_.size() - (count - part);
      borders.push_back(std::clamp(near_cut(wanted, all / static_cast<double>(count)), earliest, latest));
    }
    borders.push_back(index_.size());
    return borders;
  }

  PlannedPart part(std::int64_t first, std::int64_t end) const {
    PlannedPart part;
    part.first_frame = part.read_from = part.restore_from = first;
    part.end_frame = part.read_to = end;
    part.starts_at_cut = first > 0 && is_barrier(first);
    if (!looks_around(line_)) return part;
    part.read_from = warm_up_from(first);
    part.restore_from = restoring_from(first, part.read_from);
    part.read_to = look_ahead_to(end);
    return part;
  }

 private:
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

  // The network's batches and the frames that are looked at count from the film's first frame.
  std::int64_t groups_from(std::int64_t frame) const { return frame / group_length_ * group_length_; }
  std::int64_t groups_to(std::int64_t frame) const { return groups_from(frame + group_length_ - 1); }

  std::int64_t warm_up_from(std::int64_t first) const {
    if (back_.is_none()) return first;
    const double start = index_.seconds_at(first) - back_.seconds;
    for (std::int64_t frame = first; frame > 0; --frame) {
      if (is_barrier(frame)) return groups_from(std::max<std::int64_t>(frame - around_cut_, 0));
      if (index_.seconds_at(frame) < start && first - frame >= back_.frames) return groups_from(frame);
    }
    return 0;
  }

  std::int64_t restoring_from(std::int64_t first, std::int64_t read_from) const {
    const double start = index_.seconds_at(first) - back_of_restored_.seconds;
    std::int64_t frame = first;
    while (frame > read_from && (first - frame < back_of_restored_.frames || index_.seconds_at(frame) > start)) --frame;
    return frame;
  }

  std::int64_t look_ahead_to(std::int64_t end) const {
    std::int64_t frame = end;
    for (auto step = line_.rbegin(); step != line_.rend(); ++step) frame = look_ahead(frame, step->needs.ahead);
    for (std::int64_t cut = end; cut < frame; ++cut) {
      if (!is_barrier(cut)) continue;
      frame = cut + around_cut_;
      break;
    }
    return std::min(groups_to(frame), index_.size());
  }

  std::int64_t look_ahead(std::int64_t frame, const Reach& reach) const {
    const double full = index_.seconds_at(frame - 1) + reach.seconds;
    while (frame < index_.size() && index_.seconds_at(frame - 1) < full) ++frame;
    return std::min(frame + reach.frames, index_.size());
  }

  const FilmIndex& index_;
  const LineOutline& line_;
  Reach back_, back_of_restored_;
  std::int64_t around_cut_, group_length_;
};

}  // namespace

PlannedPart part_of_film(const FilmIndex& index, const FilmWork& work, std::int64_t first, std::int64_t end) {
  return Division(index, work).part(first, end);
}

std::vector<PlannedPart> divide_film(const FilmIndex& index, const PartSizes& sizes, const FilmWork& work) {
  if (index.frames.empty()) throw Error(ExitCode::kInternal, "a film without frames cannot be divided");
  const Division division(index, work);
  const std::vector<std::int64_t> borders = division.borders(sizes);
  std::vector<PlannedPart> parts;
  for (std::size_t number = 0; number + 1 < borders.size(); ++number)
    parts.push_back(division.part(borders[number], borders[number + 1]));
  return parts;
}

}  // namespace reelface
