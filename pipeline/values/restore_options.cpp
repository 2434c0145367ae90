// SPDX-License-Identifier: Apache-2.0
#include "reelface/restore/restore_options.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "core/thread_count.h"
#include "reelface/core/error.h"
#include "reelface/restore/model_choice.h"
#include "reelface/restore/option_table.h"

namespace reelface {
namespace {

constexpr double kSlowestRate = 0.001;
constexpr double kFastestRate = 10'000;

/// Comparisons with what is no number are false: conditions say what is allowed, never what is not.
void require(bool holds, const std::string& message, const char* advice) {
  if (!holds) throw Error(ExitCode::kUsage, message, advice);
}

/// The option's own words, where its range depends on another option.
void require_range(bool holds, const std::string& name) {
  const Option& option = option_named(name);
  require(holds, option.dashed() + " " + option.range->rule, option.range->advice.c_str());
}

void require_sensible_selection(const FaceOptions& faces) {
  const bool by_photo = faces.selector_mode == FaceSelectorMode::kReference;
  require(by_photo == !faces.reference_faces.empty(),
          by_photo ? "--face-selector-mode reference needs a photo" : "--reference-face selects nothing by itself",
          "give both: --face-selector-mode reference --reference-face PHOTO");
  const bool by_number = !faces.only_people.empty() || !faces.except_people.empty();
  require(
      !by_number || !faces.tracks_file.empty(), "--only-person and --except-person need the numbers of an analysis",
      "run: reelface analyze FILM --tracks tracks.json --people people.html, then restore with --tracks tracks.json");
}

void require_sensible_range(const ReadRange& range) {
  require_range(!range.to_seconds || *range.to_seconds > range.from_seconds.value_or(0), "to");
  require(!range.first_frame || *range.first_frame >= 0, "--frames must not be negative", "it counts from 0");
  require(!range.end_frame || *range.end_frame > range.first_frame.value_or(0), "--frames A:B needs B above A",
          "B is the first frame left out");
}

bool is_whole(const ReadRange& range) {
  return !range.from_seconds && !range.to_seconds && !range.first_frame && !range.end_frame;
}

void check_rate(const std::optional<Rational>& rate) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();  // what libav counts with
  const auto is_known = [](const Rational& known) {
    return known.is_known() && known.numerator <= kMost && known.denominator <= kMost;
  };
  require(!rate || (is_known(*rate) && rate->value() >= kSlowestRate && rate->value() <= kFastestRate),
          "--fps must be between 0.001 and 10000", "write 25, 29.97 or 30000/1001");
}

/// What one option cannot know of itself: how it goes with others.
void check_together(const RestoreOptions& options) {
  const FaceOptions& faces = options.faces;
  require_range(faces.max_face_pixels == 0 || faces.max_face_pixels > faces.smallest_face(), "max-face");
  require_sensible_selection(faces);
  require(options.run.max_memory_bytes >= 0, "--max-memory must not be negative", "leave it out for no limit");
  require_sensible_range(options.read.range);
  require(!film_steps(options.film).steady || options.faces.tracks_file.empty(),
          "--steady (or --for film) moves the picture, and the faces of --tracks were found where it was",
          "say --steady off, or leave --tracks out; without --tracks, faces are found in the steadied film");
  const bool finds_people = model_choice(options.model.model) != ModelChoice::kNoFaces && !options.model.aligned;
  require(finds_people || !options.film.light.value_or(false),
          "--light follows people's faces, and with --model none or --aligned none are looked for",
          "give a model, or leave --light out");
  const bool repairs = film_steps(options.film).repair != RepairKinds::kNone;
  require(options.film.grain == FilmGrain::kNone || !film_steps(options.film).clean.is_off(),
          "--grain gives back what cleaning takes out, and nothing is cleaned",
          "give --clean auto (or --for film) as well");
  require(options.film.levels || !options.film.neutral,
          "--neutral says what --levels makes of a print, and levels stay", "give --levels auto as well");
  require(repairs || options.film.repairs_kept.empty(), "--keep-repairs says which repairs are made, and none are",
          "give --repair on as well, as it was when the list was made");
  require(repairs || options.picture.compare != CompareMode::kRepairs,
          "--compare repairs shows what is repaired, and nothing is", "give --repair on as well");
  require(!options.enlarge.size || options.enlarge.factor == 1, "--upscale and --size say the same",
          "give one of them");
  require(options.segments_file.empty() || is_whole(options.read.range),
          "--segments counts the frames of the whole film, and --ss, --to and --frames leave some out",
          "give one of them");
  check_rate(options.read.frame_rate);
}

}  // namespace

void check_analysis(const RestoreOptions& options) {
  require(!options.input.empty(), "no input was named", "name one: reelface analyze INPUT");
  RestoreOptions used = options;
  used.model = {};  // nothing is restored
  used.identity = {};
  used.enlarge = {};
  check_ranges(used);
  check_together(used);
}

FilmSteps film_steps(const FilmOptions& options) {
  FilmSteps usual;
  usual.steady = options.kind == FilmKind::kFilm;
  usual.even = options.kind == FilmKind::kFilm;
  usual.repair = options.kind == FilmKind::kFilm ? RepairKinds::kAll : RepairKinds::kNone;
  usual.clean.is_automatic = options.kind != FilmKind::kAny;
  usual.fill_bottom = options.kind == FilmKind::kTape;
  usual.align_colour = options.kind == FilmKind::kTape;
  usual.keep_screens = usual.tiles = usual.light = options.kind == FilmKind::kCall;
  FilmSteps steps;
  steps.steady = options.steady.value_or(usual.steady);
  steps.even = options.even.value_or(usual.even);
  steps.repair = options.repair.value_or(usual.repair);
  steps.repairs_kept = options.repairs_kept;
  steps.clean = options.clean.value_or(usual.clean);
  steps.grain = options.grain;
  steps.levels = options.levels;
  steps.neutral = options.neutral;
  steps.fill_bottom = options.fill_bottom.value_or(usual.fill_bottom);
  steps.align_colour = options.align_colour.value_or(usual.align_colour);
  steps.keep_screens = options.keep_screens.value_or(usual.keep_screens);
  steps.tiles = options.tiles.value_or(usual.tiles);
  steps.light = options.light.value_or(usual.light);
  return steps;
}

void check(const RestoreOptions& options) {
  require(!options.input.empty(), "no input was named", "name one: reelface restore INPUT OUTPUT");
  require(!options.output.empty(), "no output was named", "name one: reelface restore INPUT OUTPUT");
  check_ranges(options);
  check_together(options);
}

}  // namespace reelface
