// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reelface/media/video_reader.h"
#include "reelface/media/video_writer.h"

namespace reelface {

enum class Preclean { kAuto, kOn, kOff };
enum class FaceSelectorMode { kMany, kOne, kLargest, kReference };
enum class MaskKind { kSoft, kBox };
enum class CompareMode { kNone, kSide, kSplit, kMask, kBoxes, kRepairs, kRemoved };
enum class Overlay { kNone, kTime };
enum class RepairKinds { kNone, kDirt, kScratches, kBoth, kAll };
enum class DamagePolicy { kKeep, kFail };

struct ModelOptions {
  std::string model = "faithful";  ///< a known name, a file, "identity", or "none": no face is looked for
  Preclean preclean = Preclean::kAuto;
  double strength_percent = 100;
  bool aligned = false;  ///< the input pictures are aligned crops already
};

/// A size in pixels as a viewer counts them; -1: whatever keeps the picture's shape.
struct AskedSize {
  int width = -1;
  int height = -1;
};

/// How large the picture is made, and by what.
struct EnlargeOptions {
  double factor = 1;
  std::optional<AskedSize> size;  ///< in place of the factor: as large as fits into it
  std::string upscaler = "auto";  ///< "auto", "lanczos", or a model: a known name or a file
  std::string twin = "none";      ///< another model of the upscaler's shape, of which a share is mixed into its weights
  double twin_share = 50;         ///< per cent
};

constexpr double kUsualMinFacePixels = 24;

struct FaceOptions {
  FaceSelectorMode selector_mode = FaceSelectorMode::kMany;
  /// If given, faces are looked for on a copy large enough to show those of this size, however long that takes. Else on
  /// a copy 640 pixels wide, in which faces below 8 to 12 pixels are hardly ever found.
  std::optional<double> min_face_pixels;
  double max_face_pixels = 0;  ///< 0 = no limit
  double detector_score = 0.65;
  int detect_every = 1;
  std::string tracks_file;                   ///< faces as an earlier analysis found them; empty: look for them
  std::vector<std::string> reference_faces;  ///< photos of the people wanted, for kReference
  double reference_distance = 0.48;          ///< how far from a reference a face may be
  std::vector<std::int64_t> only_people;     ///< by the ids of `analyze`; empty: all. Need tracks_file
  std::vector<std::int64_t> except_people;

  double smallest_face() const { return min_face_pixels.value_or(kUsualMinFacePixels); }
};

/// Keeps people recognisable: a restoration that turns a face into somebody else is used less.
struct IdentityOptions {
  bool guard = true;
  double limit = 0.2;  ///< distance of the descriptions, beyond what the poor input explains
};

/// How much of a restoration of the whole picture is used.
struct Cleaning {
  bool is_automatic = false;  ///< as much as there is noise; else `percent`
  double percent = 0;

  bool is_off() const { return !is_automatic && percent <= 0; }
};

enum class FilmGrain { kNone, kLess, kKeep };
enum class FilmKind { kAny, kFilm, kTape, kCall };

/// What is mended of the whole picture. What is not said follows from the kind of film.
struct FilmOptions {
  FilmKind kind = FilmKind::kAny;
  std::optional<bool> steady;          ///< take out how the film trembles in its gate
  std::optional<bool> even;            ///< take out how its light flickers
  std::optional<RepairKinds> repair;   ///< find and fill; all else stays bit for bit
  std::string repairs_kept;            ///< a list of repairs: no others are made; empty: all
  std::optional<Cleaning> clean;       ///< take out grain, noise and small damage
  FilmGrain grain = FilmGrain::kNone;  ///< how much of its own grain a cleaned film gets back
  bool levels = false;                 ///< give a faded film its contrast back
  bool neutral = false;                ///< and take the tone of a sepia or tinted print away
  std::optional<bool> align_colour;    ///< move the colours of a tape to where they belong
  std::optional<bool> fill_bottom;     ///< fill the torn lines at the bottom of a tape
  std::optional<bool> keep_screens;    ///< leave shared screens as they are: text, slides, code
  std::optional<bool> tiles;           ///< treat the tiles of a call as pictures of their own
  std::optional<bool> light;           ///< give people in bad light more of it
};

/// The same, decided.
struct FilmSteps {
  bool steady = false;
  bool even = false;
  RepairKinds repair = RepairKinds::kNone;
  std::string repairs_kept;
  Cleaning clean;
  FilmGrain grain = FilmGrain::kNone;
  bool levels = false;
  bool neutral = false;
  bool align_colour = false;
  bool fill_bottom = false;
  bool keep_screens = false;
  bool tiles = false;
  bool light = false;

  /// Whether nothing of the whole picture is mended, before people are looked for.
  bool are_none() const {
    return !steady && !even && repair == RepairKinds::kNone && clean.is_off() && !levels && !align_colour &&
           !fill_bottom;
  }
};

FilmSteps film_steps(const FilmOptions& options);

struct TimeOptions {
  bool temporal = true;
  double window_seconds = 0.5;
  bool shot_cuts = true;
};

struct PictureOptions {
  MaskKind mask = MaskKind::kSoft;
  bool match_colour = true;
  bool match_grain = true;
  CompareMode compare = CompareMode::kNone;
  Overlay overlay = Overlay::kNone;
};

struct RunOptions {
  std::string device = "auto";
  std::string precision = "auto";
  int batch = 0;                      ///< 0 = chosen
  int threads = 0;                    ///< 0 = all cores
  std::int64_t max_memory_bytes = 0;  ///< 0 = no limit of our own
  bool deterministic = false;
  bool serial = false;  ///< the plain loop instead of the graph: same output, one stage at a time
};

/// Everything one run needs, with the defaults of the command line.
struct RestoreOptions {
  std::string input;
  std::string output;
  ReadOptions read;
  WriteOptions write;
  ModelOptions model;
  FaceOptions faces;
  IdentityOptions identity;
  FilmOptions film;
  EnlargeOptions enlarge;
  TimeOptions time;
  PictureOptions picture;
  RunOptions run;
  std::string snapshot;       ///< a file for a small picture of the newest frame; empty: none
  std::string segments_file;  ///< settings of their own for stretches of the film; empty: none
  DamagePolicy on_damage = DamagePolicy::kKeep;
  bool provenance = true;  ///< say in the output's comment what restored it
};

/// Throws Error(kUsage) for the first value that makes no sense, before any file is touched.
void check(const RestoreOptions& options);

/// The same of an analysis, which has no output.
void check_analysis(const RestoreOptions& options);

}  // namespace reelface
