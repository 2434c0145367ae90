#include "reelface/restore/restore_options.h"

#include "reelface/core/error.h"

namespace reelface {
namespace {

void require(bool holds, const char* message, const char* advice) {
  if (!holds) throw Error(ExitCode::kUsage, message, advice);
}

void require_sensible_selection(const FaceOptions& faces) {
  const bool by_photo = faces.selector_mode == FaceSelectorMode::kReference;
  require(by_photo == !faces.reference_faces.empty(),
          by_photo ? "--face-selector-mode reference needs a photo" : "--reference-face selects nothing by itself",
          "give both: --face-selector-mode reference --reference-face PHOTO");
  require(faces.reference_distance > 0 && faces.reference_distance <= 2,
          "--reference-face-distance must be above 0 and at most 2", "0.6 is usual; lower is stricter");
  const bool by_number = !faces.only_people.empty() || !faces.except_people.empty();
  require(
      !by_number || !faces.tracks_file.empty(), "--only-person and --except-person need the numbers of an analysis",
      "run: reelface analyze FILM --tracks tracks.json --people people.html, then restore with --tracks tracks.json");
}

}  // namespace

void check(const RestoreOptions& options) {
  require(!options.input.empty(), "no input was named", "name one: reelface restore INPUT OUTPUT");
  require(!options.output.empty(), "no output was named", "name one: reelface restore INPUT OUTPUT");
  require(options.model.strength_percent >= 0 && options.model.strength_percent <= 100,
          "--strength must be between 0 and 100", "100 is the full restoration, 0 leaves faces as they are");
  require(options.model.upscale >= 1 && options.model.upscale <= 4, "--upscale must be 1, 2, 3 or 4",
          "1 keeps the size");
  require(options.faces.min_face_pixels >= 0, "--min-face must not be negative", "it is a width in pixels");
  require(options.faces.max_face_pixels == 0 || options.faces.max_face_pixels > options.faces.min_face_pixels,
          "--max-face must be larger than --min-face", "leave it out for no limit");
  require(options.faces.detector_score > 0 && options.faces.detector_score < 1,
          "--face-detector-score must be between 0 and 1", "0.65 is usual; lower finds more and errs more");
  require_sensible_selection(options.faces);
  require(options.identity.limit > 0 && options.identity.limit <= 2, "--identity-limit must be above 0 and at most 2",
          "0.2 is usual; lower restores doubtful faces less");
  require(options.faces.detect_every >= 1, "--detect-every must be 1 or more", "1 looks at every frame");
  require(options.time.window_seconds > 0 && options.time.window_seconds <= 5,
          "--window must be above 0 and at most 5 seconds", "0.5 is usual");
  require(options.run.threads >= 0, "--threads must not be negative", "0 uses all cores");
  require(options.run.batch >= 0, "--batch must not be negative", "0 lets the program choose");
  const ReadRange& range = options.read.range;
  require(!range.from_seconds || *range.from_seconds >= 0, "--ss must not be negative", "it counts from the start");
  require(!range.to_seconds || *range.to_seconds > range.from_seconds.value_or(0), "--to must lie behind --ss",
          "both count from the start of the file");
  require(!range.first_frame || *range.first_frame >= 0, "--frames must not be negative", "it counts from 0");
  require(!range.end_frame || *range.end_frame > range.first_frame.value_or(0), "--frames A:B needs B above A",
          "B is the first frame left out");
}

}  // namespace reelface
