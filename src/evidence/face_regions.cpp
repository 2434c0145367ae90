// SPDX-License-Identifier: Apache-2.0
#include "evidence/face_regions.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/box_overlap.h"
#include "core/face_bounds.h"
#include "image/display_geometry.h"
#include "image/small_copy.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

/// The upright box around a box that was turned or stretched.
Box moved(const Box& box, const Affine& map) {
  const Position corners[] = {map.apply(Position{box.x, box.y}), map.apply(Position{box.x + box.width, box.y}),
                              map.apply(Position{box.x, box.y + box.height}),
                              map.apply(Position{box.x + box.width, box.y + box.height})};
  double left = corners[0].x, right = left, top = corners[0].y, bottom = top;
  for (const Position& corner : corners) {
    left = std::min(left, corner.x);
    right = std::max(right, corner.x);
    top = std::min(top, corner.y);
    bottom = std::max(bottom, corner.y);
  }
  return {static_cast<float>(left), static_cast<float>(top), static_cast<float>(right - left),
          static_cast<float>(bottom - top)};
}

FacePoints moved(const FacePoints& points, const Affine& map) {
  FacePoints result;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Position at = map.apply(Position{points[i].x, points[i].y});
    result[i] = {static_cast<float>(at.x), static_cast<float>(at.y)};
  }
  return result;
}

class WrittenRegions : public FaceRegions {
 public:
  explicit WrittenRegions(std::multimap<std::int64_t, RegionFace> faces) : faces_(std::move(faces)) {}

  std::vector<RegionFace> faces(std::int64_t frame_number, const Frame& reference) override {
    const Affine to_stored = coded_to_display(reference.facts()).inverse();
    std::vector<RegionFace> result;
    const auto [first, last] = faces_.equal_range(frame_number);
    for (auto face = first; face != last; ++face) {
      result.push_back({face->second.track, moved(face->second.box, to_stored), {}});
    }
    return result;
  }

 private:
  std::multimap<std::int64_t, RegionFace> faces_;
};

class DetectedRegions : public FaceRegions {
 public:
  explicit DetectedRegions(DetectFaces detect) : detect_(std::move(detect)) {}

  std::vector<RegionFace> faces(std::int64_t, const Frame& reference) override {
    std::vector<RegionFace> confirmed;
    for (Known& known : known_) ++known.missed;
    for (Found& found : faces_of(reference)) {
      Known* before = nearest(known_, found.face.box);
      if (!before) {
        known_.push_back({{next_track_++, {}, {}}, is_first_ ? kSightingsNeeded - 1 : 0, false, 0});
        before = &known_.back();
      }
      found.face.track = before->face.track;
      before->face = found.face;
      before->missed = 0;
      ++before->sightings;
      before->is_sure = before->is_sure || found.score >= kSureScore;
      if (before->is_sure && before->sightings >= kSightingsNeeded) confirmed.push_back(found.face);
    }
    const auto is_gone = [](const Known& known) { return known.missed > (known.is_sure ? kLongestGap : 0); };
    known_.erase(std::remove_if(known_.begin(), known_.end(), is_gone), known_.end());
    is_first_ = false;
    return confirmed;
  }

  std::vector<std::optional<FacePoints>> points_in(const Frame& other,
                                                   const std::vector<RegionFace>& faces) const override {
    std::vector<std::optional<FacePoints>> points(faces.size());
    if (faces.empty()) return points;
    std::vector<Found> found = faces_of(other);
    for (std::size_t i = 0; i < faces.size(); ++i) {
      if (const Found* same = nearest(found, faces[i].box)) points[i] = same->face.points;
    }
    return points;
  }

 private:
  struct Found {
    RegionFace face;
    double score = 0;
  };

  struct Known {
    RegionFace face;  ///< as last seen
    int sightings = 0;
    bool is_sure = false;
    int missed = 0;  ///< frames since
  };

  // What shows for a frame or two, or is never clearly a face, is most often none. A face may be missed for a while.
  static constexpr int kSightingsNeeded = 3;
  static constexpr double kSureScore = 0.8;
  static constexpr int kLongestGap = 12;

  std::vector<Found> faces_of(const Frame& frame) const {
    constexpr int kLongSide = 640;
    const SmallCopy small = make_small_copy(frame, kLongSide);
    std::vector<Found> found;
    for (const Face& face : detect_(small.picture.view())) {
      const RegionFace region{0, moved(face.box, small.to_coded), moved(face.points, small.to_coded)};
      found.push_back({region, static_cast<double>(face.score)});
    }
    return found;
  }

  /// The one of `faces` that lies where `box` does.
  template <class Seen>
  static Seen* nearest(std::vector<Seen>& faces, const Box& box) {
    constexpr double kSameFace = 0.3;
    Seen* best = nullptr;
    for (Seen& seen : faces) {
      if (!best || box_overlap<double>(seen.face.box, box) > box_overlap<double>(best->face.box, box)) best = &seen;
    }
    return best && box_overlap<double>(best->face.box, box) > kSameFace ? best : nullptr;
  }

  DetectFaces detect_;
  std::vector<Known> known_;
  std::int64_t next_track_ = 1;
  bool is_first_ = true;
};

/// As a file has it: any JSON. Throws nlohmann's exceptions, or Error for what is JSON and yet no face.
std::pair<std::int64_t, RegionFace> region_from(const nlohmann::json& track, const nlohmann::json& face) {
  const auto sides = face.at("box").get<std::array<double, 4>>();
  for (const double side : sides) {
    if (!is_place(side)) throw Error(ExitCode::kUsage, "a face that cannot be");
  }
  const nlohmann::json &frame = face.at("frame"), &id = track.at("id");
  if (!frame.is_number_integer() || !id.is_number_integer()) throw Error(ExitCode::kUsage, "a number that is none");
  const Box box{static_cast<float>(sides[0]), static_cast<float>(sides[1]), static_cast<float>(sides[2]),
                static_cast<float>(sides[3])};
  return {frame.get<std::int64_t>(), {id.get<std::int64_t>(), box, {}}};
}

}  // namespace

std::unique_ptr<FaceRegions> read_face_regions(const std::string& path) {
  std::ifstream file(path);
  if (!file) {
    throw Error(ExitCode::kInputUnreadable, "cannot read " + printable(path),
                "give the file `reelface analyze` printed");
  }
  try {
    const nlohmann::json json = nlohmann::json::parse(file);
    std::multimap<std::int64_t, RegionFace> faces;
    for (const auto& track : json.at("tracks")) {
      for (const auto& face : track.at("faces")) faces.insert(region_from(track, face));
    }
    return std::make_unique<WrittenRegions>(std::move(faces));
  } catch (const std::exception&) {
    throw Error(ExitCode::kUsage, printable(path) + " does not tell where faces are",
                "make it with: reelface analyze CLEAN > tracks.json");
  }
}

std::unique_ptr<FaceRegions> detect_face_regions(DetectFaces detect) {
  return std::make_unique<DetectedRegions>(std::move(detect));
}

}  // namespace reelface
