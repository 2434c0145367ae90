// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/film_neighbours.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/stages/cuts_stage.h"

namespace reelface {
namespace {

bool can_be_repaired(const Frame& frame) {
  const FrameFacts& facts = frame.facts();
  return facts.layout.editable && !facts.interlaced && !facts.damaged;
}

bool is_like(const Frame& first, const Frame& second) {
  const FrameFacts &a = first.facts(), &b = second.facts();
  return a.width == b.width && a.height == b.height && a.layout.name == b.layout.name;
}

class MatchStage : public FrameWindows<FilmNeighbour> {
 public:
  MatchStage() : FrameWindows({kFilmReach, kFilmReach}) {}

 protected:
  using Window = FrameWindow<FilmNeighbour>;

  bool starts_shot(const FrameJob& job) const override { return reelface::starts_shot(job); }

  std::optional<FilmNeighbour> keep(FrameJob& job, const Window& before) override {
    if (!can_be_repaired(*job.frame)) return std::nullopt;
    FilmNeighbour neighbour;
    neighbour.frame = std::make_shared<const Frame>(job.frame->share());
    neighbour.motion_picture = film_motion_picture(grey_picture(*job.frame));
    const FilmNeighbour* const last = before.at(-1);
    if (last && is_like(*last->frame, *job.frame)) {
      neighbour.step = std::make_shared<const FilmStep>(last->motion_picture, neighbour.motion_picture);
      neighbour.change = picture_change(last->motion_picture, neighbour.motion_picture);
    }
    return neighbour;
  }

  void complete(FrameJob& job, const Window& window) override {
    auto& neighbours = job.work.make<FilmNeighbours>();
    std::vector<std::optional<double>> changes;
    for (std::ptrdiff_t offset = -kFilmReach; offset <= kFilmReach; ++offset) {
      const FilmNeighbour* const neighbour = window.at(offset);
      changes.push_back(neighbour ? neighbour->change : std::nullopt);
      if (neighbour) neighbours.frames[static_cast<std::size_t>(offset + kFilmReach)] = *neighbour;
    }
    constexpr std::size_t kCompared = 2;
    neighbours.distinct = distinct_neighbours(changes, kCompared);
  }
};

/// Motion from the middle frame to the one at `offset`; nothing where that is not known.
std::optional<Motion> motion_to(const FilmNeighbours& neighbours, std::ptrdiff_t offset) {
  Motion motion;
  const std::ptrdiff_t direction = offset < 0 ? -1 : 1;
  for (std::ptrdiff_t at = 0; at != offset; at += direction) {
    const std::optional<FilmNeighbour>& later = neighbours.at(std::max(at, at + direction));
    if (!neighbours.at(at + direction) || !later || !later->step || !later->step->motion().is_known)
      return std::nullopt;
    const MotionBothWays& step = later->step->motion().motion;
    motion = chained(motion, direction < 0 ? step.to_earlier : step.to_later);
  }
  return motion;
}

}  // namespace

std::optional<Reference> reference_at(const FilmNeighbours& neighbours, std::ptrdiff_t offset) {
  const std::optional<Motion> motion = motion_to(neighbours, offset);
  if (!motion) return std::nullopt;
  Reference reference;
  reference.offset = static_cast<int>(offset);
  reference.grey = grey_picture(*neighbours.at(offset)->frame);
  reference.motion = *motion;
  return reference;
}

StepNeeds film_window_needs(std::string reason, std::ptrdiff_t reach, std::size_t frames_per_group) {
  StepNeeds needs;
  needs.reason = std::move(reason);
  needs.back = needs.ahead = {0, reach};
  needs.stops_at_cut = true;
  needs.groups_held = groups_held_by_window(static_cast<std::size_t>(reach), frames_per_group);
  return needs;
}

LookAhead make_match_stage(std::size_t frames_per_group) {
  StepNeeds needs = film_window_needs("follows how the picture moves", kFilmReach, frames_per_group);
  needs.memory.bytes_per_frame = [](const FrameFacts& facts) {
    return bytes_of_frame(facts);  // as it came, once it is repaired
  };
  return {"match", std::make_shared<MatchStage>(), std::move(needs)};
}

}  // namespace reelface
