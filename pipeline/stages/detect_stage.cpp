#include "pipeline/stages/detect_stage.h"

#include <utility>

#include "pipeline/stages/noisy_picture.h"
#include "reelface/image/display_geometry.h"
#include "reelface/image/small_copy.h"
#include "reelface/restore/face_work.h"

namespace reelface {
namespace {

constexpr double kStrongNoise = 8;  ///< grey levels in the small copy

/// Small copies are upright, so a box stays a box.
Face moved(const Face& face, const Affine& by) {
  Face result = face;
  for (Point& point : result.points) point = by.apply(point);
  const Point corner = by.apply(Point{face.box.x, face.box.y});
  result.box = {corner.x, corner.y, static_cast<float>(face.box.width * by.rows[0]),
                static_cast<float>(face.box.height * by.rows[4])};
  return result;
}

class Detection {
 public:
  Detection(std::shared_ptr<const FaceDetector> detector, const DetectOptions& options)
      : detector_(std::move(detector)), options_(options) {}

  void operator()(FrameGroup& group) const {
    std::vector<FrameJob*> looked_at;
    std::vector<SmallCopy> copies;
    for (FrameJob& job : group.jobs) {
      if (!job.frame) continue;
      job.faces = std::make_shared<FaceWork>();
      FaceWork& work = *job.faces;
      const FrameFacts& facts = job.frame->facts();
      work.time_seconds = seconds(facts.pts, facts.time_base);
      if (!facts.layout.editable) continue;
      SmallCopy copy = make_small_copy(*job.frame, options_.long_side);
      work.picture_to_display = chain(copy.to_coded, coded_to_display(facts));
      work.looked = job.index % options_.detect_every == 0;
      if (work.looked) {
        looked_at.push_back(&job);
        copies.push_back(std::move(copy));
      } else {
        work.picture = std::move(copy.picture);
      }
    }
    detect(looked_at, copies);
  }

 private:
  void detect(const std::vector<FrameJob*>& jobs, std::vector<SmallCopy>& copies) const {
    std::vector<RgbView8> views;
    for (const SmallCopy& copy : copies) views.push_back(copy.picture.view());
    if (views.empty()) return;
    std::vector<std::vector<Face>> found = detector_->detect(views);
    look_through_noise(views, found);
    for (std::size_t index = 0; index < jobs.size(); ++index) {
      FaceWork& work = *jobs[index]->faces;
      for (const Face& face : found[index]) {
        work.observed.push_back({moved(face, work.picture_to_display), face_thumbnail(views[index], face)});
      }
      work.picture = std::move(copies[index].picture);
    }
  }

  /// Strong noise hides faces from the detector; what is large enough shows again once the noise is averaged away.
  /// In clean pictures there is nothing to win, and blurred leaves would pass for faces.
  void look_through_noise(const std::vector<RgbView8>& views, std::vector<std::vector<Face>>& found) const {
    std::vector<std::size_t> noisy;
    std::vector<RgbImage8> quarters;
    for (std::size_t index = 0; index < views.size(); ++index) {
      if (noise_of_picture(views[index]) < kStrongNoise) continue;
      noisy.push_back(index);
      quarters.push_back(quarter_of(views[index]));
    }
    if (noisy.empty()) return;
    std::vector<RgbView8> quarter_views;
    for (const RgbImage8& quarter : quarters) quarter_views.push_back(quarter.view());
    const std::vector<std::vector<Face>> of_quarters = detector_->detect(quarter_views);
    for (std::size_t order = 0; order < noisy.size(); ++order) {
      add_faces_of_quarter(of_quarters[order], found[noisy[order]]);
    }
  }

  std::shared_ptr<const FaceDetector> detector_;
  DetectOptions options_;
};

}  // namespace

Stage make_detect_stage(std::shared_ptr<const FaceDetector> detector, const DetectOptions& options) {
  return {"detect", Concurrency::kParallel, Detection(std::move(detector), options)};
}

}  // namespace reelface
