// SPDX-License-Identifier: Apache-2.0
#include <limits>

#include "pipeline/values/options/option_rows.h"

namespace reelface {
namespace {

constexpr double kWidestPixels = 1e6;  // no picture is as wide
constexpr double kNoLimit = std::numeric_limits<double>::infinity();

template <class Value>
auto of_faces(Value FaceOptions::*value) {
  return field(&RestoreOptions::faces, value);
}

std::vector<Option> finding_rows() {
  return {
      choice("face-selector-mode", of_faces(&FaceOptions::selector_mode), "Which faces",
             {{"many", FaceSelectorMode::kMany},
              {"one", FaceSelectorMode::kOne},
              {"largest", FaceSelectorMode::kLargest},
              {"reference", FaceSelectorMode::kReference}}),
      option("min-face", of_faces(&FaceOptions::min_face_pixels),
             "Leave smaller faces alone, in pixels; if given, look closely enough to find those")
          .shown_as("PX")
          .usually(*plain_notation<double>().write(kUsualMinFacePixels))
          .within({0, kWidestPixels, true, true, "must not be negative, nor wider than any picture",
                   "it is a width in pixels"}),
      option("max-face", of_faces(&FaceOptions::max_face_pixels), "Leave larger faces alone, in pixels; 0 = no limit")
          .shown_as("PX")
          .within({0, kWidestPixels, true, true, "must be larger than --min-face, and not wider than any picture",
                   "leave it out for no limit"}),
      option("face-detector-score", of_faces(&FaceOptions::detector_score), "How sure the detector must be, 0..1")
          .within({0, 1, false, false, "must be between 0 and 1", "0.65 is usual; lower finds more and errs more"}),
      option("detect-every", of_faces(&FaceOptions::detect_every), "Look for faces in every Nth frame")
          .within({1, kNoLimit, true, true, "must be 1 or more", "1 looks at every frame"}),
      option("tracks", of_faces(&FaceOptions::tracks_file), "Do not look for faces: take those of `analyze --tracks`")
          .of_type(OptionType::kFile)
          .shown_as("FILE")
          .only_of_one_film()
          .all_along(),
  };
}

std::vector<Option> selecting_rows() {
  const auto of_identity = [](auto IdentityOptions::*value) { return field(&RestoreOptions::identity, value); };
  return {
      list("reference-face", of_faces(&FaceOptions::reference_faces), "Photo of somebody to restore; may be repeated")
          .of_type(OptionType::kFile)
          .shown_as("PHOTO"),
      option("reference-face-distance", of_faces(&FaceOptions::reference_distance),
             "How unlike the photo a face may be")
          .within({0, 2, false, true, "must be above 0 and at most 2", "0.6 is usual; lower is stricter"}),
      list("only-person", of_faces(&FaceOptions::only_people), "Restore this person of `analyze`; may be repeated")
          .shown_as("ID")
          .only_of_one_film(),
      list("except-person", of_faces(&FaceOptions::except_people), "Leave this person alone; may be repeated")
          .shown_as("ID")
          .only_of_one_film(),
      on_or_off("identity-guard", of_identity(&IdentityOptions::guard), "Restore faces less that become somebody else")
          .behind_following(),
      option("identity-limit", of_identity(&IdentityOptions::limit), "How far a face may move from itself")
          .within(
              {0, 2, false, true, "must be above 0 and at most 2", "0.2 is usual; lower restores doubtful faces less"})
          .behind_following(),
  };
}

}  // namespace

std::vector<Option> face_rows() {
  std::vector<Option> rows = finding_rows();
  for (Option& row : selecting_rows()) rows.push_back(std::move(row));
  return rows;
}

}  // namespace reelface
