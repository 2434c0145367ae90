// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "reelface/core/cancel_token.h"
#include "reelface/core/file_stamp.h"
#include "reelface/core/rational.h"
#include "reelface/media/video_reader.h"
#include "reelface/restore/film_segments.h"
#include "reelface/restore/option_table.h"
#include "reelface/restore/restore_video.h"

namespace reelface {

/// Throws Error(kUsage) that names the options which have changed. Those that change nothing of the output may differ.
void refuse_changed_options(const SpelledOptions& then, const SpelledOptions& now, const std::string& advice);

/// Consecutive frames of the film, made and stored on their own. Frames count from the film's first, ends excluded.
struct PlannedPart {
  std::int64_t first_frame = 0;
  std::int64_t end_frame = 0;
  std::int64_t read_from = 0;     ///< warm-up: what decisions in time look back on
  std::int64_t measure_from = 0;  ///< from here on faces are restored that are measured for who they are
  std::int64_t restore_from = 0;  ///< from here on all are: what blending looks back on
  std::int64_t read_to = 0;       ///< look-ahead
  bool starts_at_cut = false;     ///< then next to no warm-up is needed

  std::int64_t frames() const { return end_frame - first_frame; }
};

/// Identifies a file without reading all of it. The digests of the frames are in the film's index.
struct FileFingerprint {
  std::string path;
  FileStamp stamp;
  std::string head;  ///< SHA-256 of the first megabyte
  std::string tail;  ///< and of the last
};

/// A model a run uses, by the name it was asked for.
struct ModelUse {
  std::string name;
  std::string sha256;
};

/// Everything that is settled before a film is made in parts. Written once as plan.json; never changed.
struct FilmPlan {
  std::string program;  ///< version that planned
  std::string id;       ///< SHA-256 of all the rest
  FileFingerprint input;
  std::string output;
  SpelledOptions options;  ///< so that whoever makes a part uses the same
  FilmSegments segments;   ///< where others hold; every part lies in one of them, or in none
  std::vector<ModelUse> models;
  std::string encoder, pixel_format, container;
  ReadExtent extent;
  Canvas canvas;                          ///< every part is made as large
  std::vector<PictureStretch> stretches;  ///< seconds from the range's start
  Rational time_base;
  std::int64_t frames = 0;
  double seconds = 0;
  bool may_seek = true;      ///< false: frames in the middle are only right when decoded from the beginning
  std::string index_sha256;  ///< of the film's index beside the plan
  std::map<int, std::string> copied_digests;  ///< by input stream: of all packets that are copied
  std::vector<std::string> warnings;
  std::vector<PlannedPart> parts;
};

/// How to divide the film: into so many parts, or into parts of about this length. Borders go to shot cuts where one is
/// near. Segments have parts of their own, so that there may be more.
struct PartSizes {
  std::optional<std::int64_t> count;
  double seconds = 60;
};

/// Reads the whole film once and writes the plan and the film's index into `folder`, which is made if it is not there.
/// Throws Error(kUsage) for what cannot be made in parts, and for a folder that holds a plan already.
FilmPlan plan_film(const RestoreOptions& options, const PartSizes& sizes, const std::string& folder,
                   const ProgressCallback& on_progress = {}, const CancelToken* cancel = nullptr);

/// The same, with the options in words: those of the film, and what else must not change.
FilmPlan plan_film(const RestoreOptions& options, const SpelledOptions& spelled, const PartSizes& sizes,
                   const std::string& folder, const ProgressCallback& on_progress = {},
                   const CancelToken* cancel = nullptr);

/// These options of the plan's film, and what the plan has settled besides.
RestoreOptions planned_options(const FilmPlan& plan, RestoreOptions options);

/// What to restore and how, according to the plan. Throws Error(kUsage) for a plan that says what no plan may say.
RestoreOptions options_of(const FilmPlan& plan);

/// Throws Error(kUsage) when there is no plan, or one that this version of the program cannot follow.
FilmPlan load_plan(const std::string& folder);
bool has_plan(const std::string& folder);
/// Whether this user wrote the plan. Only then does `join` write to the place it names without being told to.
bool is_plan_of_this_user(const std::string& folder);

/// Throws Error(kInputUnreadable) when the input is not the one that was planned, and Error(kModelRejected) when a
/// model is another one. `options` are those of the plan.
void check_against_plan(const FilmPlan& plan, const RestoreOptions& options);

}  // namespace reelface
