#include "pipeline/reference_faces.h"

#include <algorithm>

#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "reelface/faces/descriptor_crop.h"
#include "reelface/faces/similarity.h"
#include "reelface/image/crop.h"
#include "reelface/image/display_geometry.h"
#include "reelface/image/small_copy.h"
#include "reelface/inference/load_models.h"
#include "reelface/inference/model_store.h"
#include "reelface/media/video_reader.h"

namespace reelface {
namespace {

constexpr int kLongSide = 1280;

FaceDescription describe_photo(const std::string& photo, const FaceDetector& detector,
                               const FaceDescriptor& descriptor) {
  VideoReader reader(photo);
  std::optional<MediaUnit> unit = reader.next();
  while (unit && !unit->frame) unit = reader.next();
  if (!unit) throw Error(ExitCode::kInputUnreadable, "there is no picture in " + printable(photo));
  const Frame& frame = *unit->frame;
  const SmallCopy copy = make_small_copy(frame, kLongSide);
  const std::vector<Face> faces = detector.detect({copy.picture.view()}).front();
  const auto largest = std::max_element(faces.begin(), faces.end(), [](const Face& one, const Face& other) {
    return one.box.width * one.box.height < other.box.width * other.box.height;
  });
  if (largest == faces.end()) {
    throw Error(ExitCode::kUsage, "no face was found in " + printable(photo),
                "give --reference-face a photo that shows the person from the front");
  }
  const Affine to_display = chain(copy.to_coded, coded_to_display(frame.facts()));
  std::array<Point, 5> points = largest->points;
  for (Point& point : points) point = to_display.apply(point);
  const Affine to_template{fit_similarity(points, alignment_template(512)).matrix()};
  const int size = descriptor.crop_size();
  const RgbImageF crop = extract_crop(
      frame, chain(chain(coded_to_display(frame.facts()), to_template), template_to_descriptor_crop(size)), size);
  return descriptor.describe({crop.view()}).front();
}

}  // namespace

std::vector<FaceDescription> describe_reference_faces(const std::vector<std::string>& photos,
                                                      const FaceDescriptor& descriptor) {
  const auto detector = load_face_detector(ModelStore::from_environment().path_of("spotter"), DetectorOptions{});
  std::vector<FaceDescription> descriptions;
  for (const std::string& photo : photos) descriptions.push_back(describe_photo(photo, *detector, descriptor));
  return descriptions;
}

}  // namespace reelface
