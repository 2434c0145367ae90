// SPDX-License-Identifier: Apache-2.0
// What --repair weighs, of everything that stands out in a film, for fit_repair.py:
// repair_facts FILM MASK prints a line for each spot: the share of it that lies in the mask of `degrade --truth`, its
// facts, and how many like it stand out in the frame before and the one behind, whichever has fewer.
#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include "film/defect_evidence.h"
#include "film/defect_judgement.h"
#include "film/film_picture.h"
#include "reelface/media/video_reader.h"

namespace reelface {
namespace {

std::vector<cv::Mat> pictures_of(const char* path) {
  VideoReader reader(path);
  std::vector<cv::Mat> pictures;
  while (std::optional<MediaUnit> unit = reader.next()) {
    if (unit->frame) pictures.push_back(grey_picture(*unit->frame));
  }
  return pictures;
}

struct Spot {
  StandingOut found;
  DefectFacts facts;
  double in_mask = 0;
};

using Spots = std::vector<Spot>;

Spots spots_between(const cv::Mat& before, const cv::Mat& now, const cv::Mat& behind, const FilmMotion& last,
                    const FilmMotion& next, const cv::Mat& mask) {
  if (!last.is_known || !next.is_known) return {};
  std::array<Reference, 2> references;
  references[0] = {-1, before, last.motion.to_earlier, {}, 0};
  references[1] = {1, behind, next.motion.to_later, {}, 0};
  MatchedFrames frames = match_frames(now, std::move(references));
  Spots spots;
  for (Defect& defect : find_spots(frames, {})) {
    DefectFacts facts = facts_of(defect, frames);
    facts.likeness = likeness_near_by(defect, frames);
    const cv::Mat inside = mask(defect.box) > 127;
    spots.push_back({defect.found, facts, cv::mean(inside, defect.mask)[0] / 255});
  }
  return spots;
}

std::vector<Spots> spots_of_film(const std::vector<cv::Mat>& film, const std::vector<cv::Mat>& masks) {
  std::vector<FilmMotion> steps;  // the first is from frame 0 to frame 1
  for (std::size_t frame = 1; frame < film.size(); ++frame)
    steps.push_back(find_film_motion(film_motion_picture(film[frame - 1]), film_motion_picture(film[frame])));
  std::vector<Spots> spots(film.size());
  for (std::size_t frame = 1; frame + 1 < film.size(); ++frame)
    spots[frame] =
        spots_between(film[frame - 1], film[frame], film[frame + 1], steps[frame - 1], steps[frame], masks[frame]);
  return spots;
}

int alike(const Spot& spot, const Spots& others, cv::Size picture) {
  std::vector<StandingOut> found;
  found.reserve(others.size());
  for (const Spot& other : others) found.push_back(other.found);
  return count_alike(spot.found, found, picture);
}

void print_facts(const std::vector<Spots>& spots, cv::Size picture) {
  std::puts("frame,x,y,in_mask,contrast,area,error,disagreement,likeness,alike");
  for (std::size_t frame = 2; frame + 2 < spots.size(); ++frame) {
    for (const Spot& spot : spots[frame]) {
      const DefectFacts& facts = spot.facts;
      const int count = std::min(alike(spot, spots[frame - 1], picture), alike(spot, spots[frame + 1], picture));
      std::printf("%zu,%d,%d,%.3f,%.2f,%.2f,%.3f,%.3f,%.4f,%d\n", frame, spot.found.box.x, spot.found.box.y,
                  spot.in_mask, facts.contrast, facts.area, facts.error, facts.disagreement, facts.likeness, count);
    }
  }
}

}  // namespace
}  // namespace reelface

int main(int count, char** words) try {
  if (count != 3) {
    std::fputs("usage: repair_facts FILM MASK\n", stderr);
    return 2;
  }
  const std::vector<cv::Mat> film = reelface::pictures_of(words[1]), masks = reelface::pictures_of(words[2]);
  if (film.size() != masks.size() || film.empty()) throw std::runtime_error("the mask belongs to another film");
  reelface::print_facts(reelface::spots_of_film(film, masks), film.front().size());
  return 0;
} catch (const std::exception& failure) {
  std::fprintf(stderr, "repair_facts: %s\n", failure.what());
  return 1;
}
