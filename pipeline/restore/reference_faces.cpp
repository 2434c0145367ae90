// SPDX-License-Identifier: Apache-2.0
#include "pipeline/restore/reference_faces.h"

#include <optional>
#include <utility>

#include "inference/load_models.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "reelface/inference/model_store.h"
#include "reelface/media/video_reader.h"

namespace reelface {
namespace {

RgbImageF face_of_photo(const std::string& photo, const FaceDetector& detector, int size) {
  VideoReader reader(photo);
  std::optional<MediaUnit> unit = reader.next();
  while (unit && !unit->frame) unit = reader.next();
  if (!unit) throw Error(ExitCode::kInputUnreadable, "there is no picture in " + printable(photo));
  std::optional<RgbImageF> face = largest_face(*unit->frame, detector, size);
  if (!face) {
    throw Error(ExitCode::kUsage, "no face was found in " + printable(photo),
                "give --reference-face a photo that shows the person from the front");
  }
  return std::move(*face);
}

}  // namespace

std::vector<ReferenceFace> read_reference_faces(const std::vector<std::string>& photos,
                                                const std::shared_ptr<const FaceDescriptor>& descriptor) {
  const auto detector = load_face_detector(ModelStore::from_environment().path_of("spotter"), DetectorOptions{});
  std::vector<ReferenceFace> references;
  references.reserve(photos.size());
  for (const std::string& photo : photos) {
    references.emplace_back(face_of_photo(photo, *detector, descriptor->crop_size()), descriptor);
  }
  return references;
}

}  // namespace reelface
