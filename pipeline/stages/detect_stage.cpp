// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/detect_stage.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "faces/face_thumbnail.h"
#include "faces/faces_of_quarter.h"
#include "faces/moved_face.h"
#include "image/display_geometry.h"
#include "image/noisy_picture.h"
#include "image/small_copy.h"
#include "pipeline/stages/layout_stage.h"
#include "pipeline/stages/network_memory.h"
#include "reelface/restore/face_work.h"

namespace reelface {
namespace {

/// What the detector needs of a face in the picture it is given.
constexpr double kSmallestSeenPx = 12;
constexpr int kMostDetectionLongSide = 2560;
constexpr int kLeastTileLongSide = 320;

constexpr double kStrongNoise = 8;  ///< grey levels in the small copy

Position centre_of(const Face& face) {
  return {face.box.x + face.box.width / 2.0, face.box.y + face.box.height / 2.0};
}

class Detection {
 public:
  Detection(std::shared_ptr<const FaceDetector> detector, const DetectOptions& options)
      : detector_(std::move(detector)), options_(options) {}

  void operator()(FrameGroup& group) const {
    for (FrameJob& job : group.jobs) {
      if (job.frame) look_at(job);
    }
  }

 private:
  void look_at(FrameJob& job) const {
    FaceWork& work = job.work.make<FaceWork>();
    const FrameFacts& facts = job.frame->facts();
    work.time_seconds = seconds(facts.pts, facts.time_base);
    if (!facts.layout.editable) return;
    SmallCopy copy = make_small_copy(*job.frame, kDetectionLongSide);
    // Frames that repeat this one are not looked at, so it stands for them.
    work.looked = job.last_index() / options_.detect_every * options_.detect_every >= job.index;
    if (work.looked) find_faces(job, copy, work);
    work.picture = std::move(copy.picture);
    work.picture_to_display = chain(copy.to_coded, coded_to_display(facts));
  }

  void find_faces(const FrameJob& job, const SmallCopy& small, FaceWork& work) const {
    find_in_tiles(job, work);
    if (!has_room_beside_tiles(job)) return;
    if (options_.long_side <= kDetectionLongSide) return find_beside_tiles(job, small, work);
    // What else looks at the small copy must not depend on how small faces may be.
    find_beside_tiles(job, make_small_copy(*job.frame, options_.long_side), work);
  }

  /// Each is looked at as a picture of its own, so that what is beside it moves no face by a hundredth of a pixel.
  void find_in_tiles(const FrameJob& job, FaceWork& work) const {
    for (const PictureArea& tile : tiles_in(job)) {
      const SmallCopy copy = make_small_copy(*job.frame, tile, long_side_of(tile, job.frame->facts()));
      for (const Face& face : faces_in(copy)) observe(job, copy, face, work);
    }
  }

  void find_beside_tiles(const FrameJob& job, const SmallCopy& copy, FaceWork& work) const {
    const std::vector<PictureArea> tiles = tiles_in(job);
    for (const Face& face : faces_in(copy)) {
      const Position centre = copy.to_coded.apply(centre_of(face));
      if (std::none_of(tiles.begin(), tiles.end(), [&](const PictureArea& tile) { return contains(tile, centre); }))
        observe(job, copy, face, work);
    }
  }

  /// As large as it is in the copy of the whole, but where that makes it too small.
  int long_side_of(const PictureArea& tile, const FrameFacts& facts) const {
    const double share = std::max(tile.width, tile.height) / static_cast<double>(std::max(facts.width, facts.height));
    return std::max(kLeastTileLongSide, static_cast<int>(std::lround(share * options_.long_side)));
  }

  std::vector<Face> faces_in(const SmallCopy& copy) const {
    const RgbView8 view = copy.picture.view();
    std::vector<Face> found = detector_->detect({view}).front();
    look_through_noise(view, found);
    return found;
  }

  static void observe(const FrameJob& job, const SmallCopy& copy, const Face& face, FaceWork& work) {
    const Affine to_display = chain(copy.to_coded, coded_to_display(job.frame->facts()));
    work.observed.push_back({moved(face, to_display), face_thumbnail(copy.picture.view(), face)});
  }

  /// Strong noise hides faces from the detector; what is large enough shows again once the noise is averaged away.
  /// In clean pictures there is nothing to win, and blurred leaves would pass for faces.
  void look_through_noise(const RgbView8& view, std::vector<Face>& found) const {
    if (noise_of_picture(view) < kStrongNoise) return;
    const RgbImage8 quarter = quarter_of(view);
    add_faces_of_quarter(detector_->detect({quarter.view()}).front(), found);
  }

  std::shared_ptr<const FaceDetector> detector_;
  DetectOptions options_;
};

}  // namespace

int detection_long_side(double display_long_side, double min_face_px) {
  // Faces are restored in full from a little above the smallest size on, and must be found where they begin to be.
  const double wanted = display_long_side * kSmallestSeenPx / std::max(min_face_px, 1.0);
  return static_cast<int>(std::lround(std::clamp<double>(wanted, kDetectionLongSide, kMostDetectionLongSide)));
}

Stage make_detect_stage(std::shared_ptr<const FaceDetector> detector, const DetectOptions& options) {
  StepNeeds needs;
  needs.reason = "finds faces on a copy " + std::to_string(options.long_side) + " pixels wide";
  if (options.detect_every > 1) needs.reason += ", in one frame of " + std::to_string(options.detect_every);
  needs.memory.loaded = {memory_of_detector()};
  return {"detect", Concurrency::kParallel, Detection(std::move(detector), options), 0, std::move(needs)};
}

}  // namespace reelface
