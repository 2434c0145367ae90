#include "pipeline/parts/divide_film.h"

#include <algorithm>
#include <cmath>

#include "reelface/core/error.h"
#include "reelface/restore/model_choice.h"

namespace reelface {
namespace {

// How far back a restored crop depends on others, link by link: its strength follows from a second of measurements;
// those from alignments, which need the face to have been believed (half a second) across gaps (half a second, up to
// one in slow films) by an association that agrees again a third of a second after it has started in another place.
// Together three and a third in slow films; the rest is margin.
constexpr double kCropSeconds = 4.5;
// And how far back a pasted one depends on restored ones: blending looks half a second back at colours. Who it is is
// measured once in each 1.25 seconds; a measurement holds for the next stretch and fades into the one after it.
constexpr double kBlendingSeconds = 0.75;
constexpr double kIdentitySeconds = 4;
constexpr std::int64_t kBlendingFrames = 3;

// Cuts are decided with four frames before and three behind; crops reach two frames to either side.
constexpr std::int64_t kFramesAroundCut = 8;
constexpr std::int64_t kFramesOfCrops = 4;

// A border moves to a cut that is nearer than this share of a part's length, and no farther than this.
constexpr double kNearShare = 0.25;
constexpr double kNearSeconds = 10;

class Division {
 public:
  Division(const FilmIndex& index, const TimeReach& reach) : index_(index), reach_(reach) {}

  std::vector<std::int64_t> borders(const PartSizes& sizes) const {
    const double all = static_cast<double>(index_.size());
    const double seconds = index_.seconds_at(index_.size() - 1) - index_.seconds_at(0);
    std::int64_t count = sizes.count.value_or(static_cast<std::int64_t>(std::ceil(seconds / sizes.seconds)));
    count = std::clamp<std::int64_t>(count, 1, index_.size());
    std::vector<std::int64_t> borders{0};
    for (std::int64_t part = 1; part < count; ++part) {
      // Room for one frame each is left to the parts that follow.
      const auto wanted = static_cast<std::int64_t>(std::llround(all * static_cast<double>(part) / count));
      const std::int64_t earliest = borders.back() + 1, latest = index_.size() - (count - part);
      borders.push_back(std::clamp(near_cut(wanted, all / count), earliest, latest));
    }
    borders.push_back(index_.size());
    return borders;
  }

  PlannedPart part(std::int64_t first, std::int64_t end) const {
    PlannedPart part;
    part.first_frame = part.read_from = part.restore_from = first;
    part.end_frame = part.read_to = end;
    part.starts_at_cut = first > 0 && reach_.knows_cuts && at(first).starts_shot;
    if (!reach_.looks_back) return part;
    part.read_from = whole_groups(warm_up_from(first));
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

  /// The network's batches and the frames that are looked at count from the film's first frame.
  std::int64_t whole_groups(std::int64_t frame) const {
    const auto length = static_cast<std::int64_t>(reach_.frames_per_group);
    return std::max<std::int64_t>(frame, 0) / length * length;
  }

  std::int64_t warm_up_from(std::int64_t first) const {
    if (!reach_.tracks_faces) return first - kFramesOfCrops;
    const double start = index_.seconds_at(first) - restoring_seconds() - kCropSeconds - reach_.window_seconds;
    for (std::int64_t frame = first; frame > 0; --frame) {
      // Nothing is remembered across a cut; it only has to be found again.
      if (reach_.knows_cuts && at(frame).starts_shot) return frame - kFramesAroundCut;
      if (index_.seconds_at(frame) < start && first - frame > kFramesAroundCut) return frame;
    }
    return 0;
  }

  double restoring_seconds() const { return reach_.guards_identity ? kIdentitySeconds : kBlendingSeconds; }

  std::int64_t restoring_from(std::int64_t first, std::int64_t read_from) const {
    if (!reach_.tracks_faces) return first;
    std::int64_t frame = first;
    while (frame > read_from && (first - frame < kBlendingFrames ||
                                 index_.seconds_at(frame) > index_.seconds_at(first) - restoring_seconds())) {
      --frame;
    }
    return frame;
  }

  std::int64_t look_ahead_to(std::int64_t end) const {
    std::int64_t frame = std::min(end + kFramesOfCrops, index_.size());
    if (!reach_.tracks_faces) return frame;
    // Whether faces say that a shot ends there is settled half a window later at the latest.
    const double full = index_.seconds_at(frame - 1) + 1.5 * reach_.window_seconds;
    while (frame < index_.size() && index_.seconds_at(frame - 1) < full) ++frame;
    frame += kFramesAroundCut;
    for (std::int64_t cut = end; reach_.knows_cuts && cut < std::min(frame, index_.size()); ++cut) {
      if (!at(cut).starts_shot) continue;
      frame = cut + kFramesAroundCut;
      break;
    }
    const auto length = static_cast<std::int64_t>(reach_.frames_per_group);
    return std::min((frame + length - 1) / length * length, index_.size());
  }

  const FilmIndex& index_;
  const TimeReach& reach_;
};

}  // namespace

TimeReach time_reach(const RestoreOptions& options, std::size_t frames_per_group) {
  TimeReach reach;
  reach.looks_back = model_choice(options.model.model) != ModelChoice::kNoFaces;
  reach.tracks_faces = reach.looks_back && !options.model.aligned;
  // A file of tracks may have been made with other cuts.
  reach.knows_cuts = reach.tracks_faces && options.time.shot_cuts && options.faces.tracks_file.empty();
  reach.guards_identity = reach.tracks_faces && options.identity.guard;
  reach.window_seconds = options.time.window_seconds;
  reach.frames_per_group = frames_per_group;
  return reach;
}

PlannedPart part_of_film(const FilmIndex& index, const TimeReach& reach, std::int64_t first, std::int64_t end) {
  return Division(index, reach).part(first, end);
}

std::vector<PlannedPart> divide_film(const FilmIndex& index, const PartSizes& sizes, const TimeReach& reach) {
  if (index.frames.empty()) throw Error(ExitCode::kInternal, "a film without frames cannot be divided");
  const Division division(index, reach);
  const std::vector<std::int64_t> borders = division.borders(sizes);
  std::vector<PlannedPart> parts;
  for (std::size_t number = 0; number + 1 < borders.size(); ++number)
    parts.push_back(division.part(borders[number], borders[number + 1]));
  return parts;
}

}  // namespace reelface
