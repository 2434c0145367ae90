#include "reelface/restore/restore_options.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "core/thread_budget.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

constexpr double kWidestPixels = 1e6;  // no picture is as wide
constexpr double kLongestSeconds = 1e9;
constexpr int kMostFacesPerCall = 1024;
constexpr double kSlowestRate = 0.001;
constexpr double kFastestRate = 10'000;

/// Comparisons with what is no number are false: conditions say what is allowed, never what is not.
void require(bool holds, const std::string& message, const char* advice) {
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

void check_faces(const FaceOptions& faces) {
  require(faces.min_face_pixels >= 0 && faces.min_face_pixels <= kWidestPixels,
          "--min-face must not be negative, nor wider than any picture", "it is a width in pixels");
  require(faces.max_face_pixels == 0 ||
              (faces.max_face_pixels > faces.min_face_pixels && faces.max_face_pixels <= kWidestPixels),
          "--max-face must be larger than --min-face, and not wider than any picture", "leave it out for no limit");
  require(faces.detector_score > 0 && faces.detector_score < 1, "--face-detector-score must be between 0 and 1",
          "0.65 is usual; lower finds more and errs more");
  require(faces.detect_every >= 1, "--detect-every must be 1 or more", "1 looks at every frame");
  require_sensible_selection(faces);
}

void check_run(const RunOptions& run) {
  require(run.threads >= 0 && run.threads <= kMostThreads,
          "--threads must be between 0 and " + std::to_string(kMostThreads), "0 uses all cores");
  require(run.batch >= 0 && run.batch <= kMostFacesPerCall,
          "--batch must be between 0 and " + std::to_string(kMostFacesPerCall), "0 lets the program choose");
  require(run.max_memory_bytes >= 0, "--max-memory must not be negative", "leave it out for no limit");
}

void check_range(const ReadRange& range) {
  require(!range.from_seconds || (*range.from_seconds >= 0 && *range.from_seconds <= kLongestSeconds),
          "--ss must not be negative, nor longer than any film", "it counts from the start");
  require(
      !range.to_seconds || (*range.to_seconds > range.from_seconds.value_or(0) && *range.to_seconds <= kLongestSeconds),
      "--to must lie behind --ss, and not behind the end of any film", "both count from the start of the file");
  require(!range.first_frame || *range.first_frame >= 0, "--frames must not be negative", "it counts from 0");
  require(!range.end_frame || *range.end_frame > range.first_frame.value_or(0), "--frames A:B needs B above A",
          "B is the first frame left out");
}

void check_rate(const std::optional<Rational>& rate) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();  // what libav counts with
  const auto is_known = [](const Rational& known) {
    return known.is_known() && known.numerator <= kMost && known.denominator <= kMost;
  };
  require(!rate || (is_known(*rate) && rate->value() >= kSlowestRate && rate->value() <= kFastestRate),
          "--fps must be between 0.001 and 10000", "write 25, 29.97 or 30000/1001");
}

}  // namespace

void check_analysis(const RestoreOptions& options) {
  require(!options.input.empty(), "no input was named", "name one: reelface analyze INPUT");
  check_faces(options.faces);
  require(options.time.window_seconds > 0 && options.time.window_seconds <= 5,
          "--window must be above 0 and at most 5 seconds", "0.5 is usual");
  check_run(options.run);
  check_range(options.read.range);
  check_rate(options.read.frame_rate);
}

void check(const RestoreOptions& options) {
  require(!options.input.empty(), "no input was named", "name one: reelface restore INPUT OUTPUT");
  require(!options.output.empty(), "no output was named", "name one: reelface restore INPUT OUTPUT");
  require(options.model.strength_percent >= 0 && options.model.strength_percent <= 100,
          "--strength must be between 0 and 100", "100 is the full restoration, 0 leaves faces as they are");
  require(options.model.upscale >= 1 && options.model.upscale <= 4, "--upscale must be 1, 2, 3 or 4",
          "1 keeps the size");
  check_analysis(options);
  require(options.identity.limit > 0 && options.identity.limit <= 2, "--identity-limit must be above 0 and at most 2",
          "0.2 is usual; lower restores doubtful faces less");
}

}  // namespace reelface
