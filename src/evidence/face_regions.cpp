#include "reelface/evidence/face_regions.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "reelface/image/display_geometry.h"
#include "reelface/image/small_copy.h"

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

double overlap(const Box& a, const Box& b) {
  const double width = std::min(a.x + a.width, b.x + b.width) - std::max(a.x, b.x);
  const double height = std::min(a.y + a.height, b.y + b.height) - std::max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const double shared = width * height;
  return shared / (static_cast<double>(a.width) * a.height + static_cast<double>(b.width) * b.height - shared);
}

class DetectedRegions : public FaceRegions {
 public:
  explicit DetectedRegions(DetectFaces detect) : detect_(std::move(detect)) {}

  std::vector<RegionFace> faces(std::int64_t, const Frame& reference) override {
    std::vector<RegionFace> found = faces_of(reference), confirmed;
    std::map<std::int64_t, int> now;
    for (RegionFace& face : found) {
      const RegionFace* before = same_face(last_, face.box);
      face.track = before ? before->track : next_track_++;
      const int sightings = before ? sightings_[before->track] + 1 : is_first_ ? kSightingsNeeded : 1;
      now[face.track] = sightings;
      if (sightings >= kSightingsNeeded) confirmed.push_back(face);
    }
    last_ = std::move(found);
    sightings_ = std::move(now);
    is_first_ = false;
    return confirmed;
  }

  std::vector<std::optional<FacePoints>> points_in(const Frame& other,
                                                   const std::vector<RegionFace>& faces) const override {
    std::vector<std::optional<FacePoints>> points(faces.size());
    if (faces.empty()) return points;
    const std::vector<RegionFace> found = faces_of(other);
    for (std::size_t i = 0; i < faces.size(); ++i) {
      if (const RegionFace* same = same_face(found, faces[i].box)) points[i] = same->points;
    }
    return points;
  }

 private:
  std::vector<RegionFace> faces_of(const Frame& frame) const {
    constexpr int kLongSide = 640;
    const SmallCopy small = make_small_copy(frame, kLongSide);
    std::vector<RegionFace> found;
    for (const Face& face : detect_(small.picture.view())) {
      found.push_back({0, moved(face.box, small.to_coded), moved(face.points, small.to_coded)});
    }
    return found;
  }

  static const RegionFace* same_face(const std::vector<RegionFace>& faces, const Box& box) {
    constexpr double kSameFace = 0.3;
    const RegionFace* nearest = nullptr;
    for (const RegionFace& face : faces) {
      if (!nearest || overlap(face.box, box) > overlap(nearest->box, box)) nearest = &face;
    }
    return nearest && overlap(nearest->box, box) > kSameFace ? nearest : nullptr;
  }

  // A face that shows for a frame or two is most often none.
  static constexpr int kSightingsNeeded = 3;

  DetectFaces detect_;
  std::vector<RegionFace> last_;
  std::map<std::int64_t, int> sightings_;  ///< of the faces in last_
  std::int64_t next_track_ = 1;
  bool is_first_ = true;
};

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
      for (const auto& face : track.at("faces")) {
        const auto box = face.at("box").get<std::array<float, 4>>();
        const bool is_usable = std::all_of(box.begin(), box.end(), [](float value) { return std::isfinite(value); });
        if (!is_usable) continue;
        faces.emplace(face.at("frame").get<std::int64_t>(),
                      RegionFace{track.at("id").get<std::int64_t>(), {box[0], box[1], box[2], box[3]}, {}});
      }
    }
    return std::make_unique<WrittenRegions>(std::move(faces));
  } catch (const nlohmann::json::exception& exception) {
    throw Error(ExitCode::kUsage, printable(path) + " does not tell where faces are: " + printable(exception.what()),
                "make it with: reelface analyze CLEAN > tracks.json");
  }
}

std::unique_ptr<FaceRegions> detect_face_regions(DetectFaces detect) {
  return std::make_unique<DetectedRegions>(std::move(detect));
}

}  // namespace reelface
