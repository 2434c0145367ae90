// SPDX-License-Identifier: Apache-2.0
#include "reelface/parts/film_plan.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <utility>

#include "core/sha256.h"
#include "core/shell_quoted.h"
#include "core/thread_count.h"
#include "core/whole_file.h"
#include "media/parts/film_part.h"
#include "pipeline/parts/divide_film.h"
#include "pipeline/parts/encoder_files.h"
#include "pipeline/parts/file_fingerprint.h"
#include "pipeline/parts/look_over.h"
#include "pipeline/parts/own_files.h"
#include "pipeline/parts/part_folder.h"
#include "pipeline/parts/plan_json.h"
#include "pipeline/parts/settings_spans.h"
#include "pipeline/restore/film_run.h"
#include "pipeline/restore/group_source.h"
#include "pipeline/restore/restore_settings.h"
#include "pipeline/stages/face_stages.h"
#include "pipeline/values/enlarging.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "reelface/inference/model_store.h"
#include "reelface/inference/model_traits.h"
#include "reelface/restore/model_choice.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;

bool is_bit_rate(const std::pair<std::string, std::string>& setting) {
  const auto& [key, value] = setting;
  for (const char* name : {"b", "bit_rate", "minrate", "maxrate", "bufsize", "pass"}) {
    if (key == name) return true;
  }
  const bool is_library = key.size() > 7 && key.compare(key.size() - 7, 7, "-params") == 0;
  return is_library && (value.find("bitrate") != std::string::npos || value.find("vbv-") != std::string::npos ||
                        value.find("tbr=") != std::string::npos);
}

void check_knows_people(const FaceOptions& faces) {
  if (!faces.reference_faces.empty() && faces.tracks_file.empty())
    throw Error(ExitCode::kUsage, "who a face is depends on where it was first seen, which parts do not know",
                "look the film over first: reelface analyze --tracks FILE, then give --tracks FILE here");
}

void check_can_be_divided(const RestoreOptions& options) {
  if (options.input == "-") throw Error(ExitCode::kUsage, "a pipe cannot be read again and again", "give a file");
  if (!fs::is_regular_file(options.input))
    throw Error(ExitCode::kUsage, printable(options.input) + " is no film in one file", "make a film of it first");
  check_can_be_joined(options.output, options.write);
  const auto& settings = options.write.encoder_options;
  if (!options.write.bit_rate.empty() || std::any_of(settings.begin(), settings.end(), is_bit_rate))
    throw Error(ExitCode::kUsage, "a bit rate cannot be kept over parts that know nothing of each other",
                "choose a quality instead: --crf, or -e qp=");
  refuse_settings_that_name_files(options.write);
}

/// It is no model: a file that cannot be read is the user's input.
std::string sha256_of_tracks(const std::string& path) {
  const std::optional<std::string> text = file_text(path);
  if (!text)
    throw Error(ExitCode::kInputUnreadable, "cannot read the file of tracks " + printable(path),
                "make it with: reelface analyze FILM --tracks FILE");
  return sha256_of(*text);
}

/// Files that decide about pixels as models do.
std::vector<ModelUse> lists_of(const RestoreOptions& options) {
  const bool has_tracks =
      model_choice(options.model.model) != ModelChoice::kNoFaces && !options.faces.tracks_file.empty();
  std::vector<ModelUse> lists;
  if (has_tracks) lists.push_back({"tracks", sha256_of_tracks(options.faces.tracks_file)});
  if (!options.film.repairs_kept.empty()) lists.push_back({"repairs", sha256_of_file(options.film.repairs_kept)});
  return lists;
}

std::vector<std::string> face_models_of(const RestoreOptions& options) {
  std::vector<std::string> names;
  const ModelChoice choice = model_choice(options.model.model);
  if (choice == ModelChoice::kNoFaces) return names;
  if (choice == ModelChoice::kRestorer) {
    names.push_back(options.model.model);
    const bool is_cleaned_for = !traits_of_model(options.model.model).sees_neighbours();
    if (is_cleaned_for && options.model.preclean != Preclean::kOff) names.push_back(cleaning_model());
  }
  const bool finds_faces = !options.model.aligned && options.faces.tracks_file.empty();
  if (finds_faces) names.emplace_back("spotter");
  const bool knows_people = options.identity.guard || !options.faces.reference_faces.empty();
  if (!options.model.aligned && knows_people) names.emplace_back("descriptor");
  return names;
}

std::vector<std::string> model_names_of(const RestoreOptions& options) {
  std::vector<std::string> names = face_models_of(options);
  if (!film_steps(options.film).clean.is_off()) names.push_back(picture_cleaning_model());
  const std::string upscaler = upscaling_model(options.enlarge);
  if (may_resize(options.enlarge) && !upscaler.empty()) {
    names.push_back(upscaler);
    if (has_twin(options.enlarge)) names.push_back(options.enlarge.twin);
  }
  return names;
}

/// All of them, those of the segments behind those of the film.
std::vector<ModelUse> models_of(const RestoreOptions& options, const FilmSegments& segments) {
  std::vector<std::string> names = model_names_of(options);
  for (const FilmSegment& segment : segments) {
    for (std::string& name : model_names_of(options_in(segment, options))) {
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
    }
  }
  std::vector<ModelUse> models = lists_of(options);
  const ModelStore store = ModelStore::from_environment();
  for (const std::string& name : names) models.push_back({name, sha256_of_file(store.path_of(name))});
  return models;
}

/// A part needs as much as the film in one run: whoever limits memory should not learn that from the first part.
void check_memory_of_part(const RestoreOptions& options, const VideoInfo& video, int threads) {
  if (options.run.max_memory_bytes > 0) compose_restoring(options, *load_models(options), video, threads);
}

/// For the film first, then for each segment.
std::vector<RestoreOptions> all_options(const RestoreOptions& film, const FilmSegments& segments) {
  std::vector<RestoreOptions> all{film};
  all.reserve(segments.size() + 1);
  for (const FilmSegment& segment : segments) all.push_back(options_in(segment, film));
  return all;
}

std::vector<WorkOnSpan> work_on(const std::vector<SettingsSpan>& spans, const std::vector<FilmWork>& works) {
  std::vector<WorkOnSpan> all;
  all.reserve(spans.size());
  for (const SettingsSpan& span : spans)
    all.push_back({span.first_frame, span.end_frame, works[span.segment ? *span.segment + 1 : 0]});
  return all;
}

bool looks_for_cuts(const std::vector<FilmWork>& works) {
  return std::any_of(works.begin(), works.end(), [](const FilmWork& work) { return frames_around_cut(work.line) > 0; });
}

/// Frames in the middle of such films follow from what happened long before them.
bool may_seek(const DamageReport& damage) {
  return damage.format_changes == 0 && damage.repaired_timestamps == 0 && damage.decode_errors == 0;
}

void make_folder(const std::string& folder) {
  std::error_code failure;
  fs::create_directories(folder, failure);
  if (!fs::is_directory(folder))
    throw Error(ExitCode::kOutputUnwritable, "cannot make the folder " + printable(folder) + ": " + failure.message(),
                "choose another folder");
  if (has_plan(folder))
    throw Error(ExitCode::kUsage, "there is a plan in " + printable(folder) + " already",
                "go on with it, or choose another folder");
  if (fs::exists(fs::symlink_status(index_path(folder))) && !is_own_file(index_path(folder)))
    throw Error(ExitCode::kUsage, printable(index_path(folder)) + " is in the way: it was not made by this program",
                "move it, or choose another folder");
}

void write_plan(const std::string& folder, FilmPlan& plan) {
  write_whole_file(plan_path(folder), to_text(plan), Replacing::kNothing);
}

void describe_output(FilmPlan& plan, const VideoReader& reader, const RestoreOptions& options, int threads) {
  const WriteOptions write = write_options(options, reader.info(), threads, plan.segments);
  const WritePlan output = plan_output(reader, options.output, write);
  plan.output = fs::absolute(options.output).lexically_normal().string();
  plan.encoder = output.encoder;
  plan.pixel_format = output.pixel_format;
  plan.container = output.container;
  plan.warnings = output.notes;
}

}  // namespace

FilmPlan plan_film(const RestoreOptions& options, const PartSizes& sizes, const std::string& folder,
                   const ProgressCallback& on_progress, const CancelToken* cancel) {
  return plan_film(options, spelled_options(options), sizes, folder, on_progress, cancel);
}

RestoreOptions planned_options(const FilmPlan& plan, RestoreOptions options) {
  options.read.settled_canvas = plan.canvas;
  return options;
}

RestoreOptions options_of(const FilmPlan& plan) {
  RestoreOptions options = options_from(plan.options);
  options.input = plan.input.path;
  options.output = plan.output;
  check(options);  // whoever wrote them, they are obeyed
  return options;
}

FilmPlan plan_film(const RestoreOptions& options, const SpelledOptions& spelled, const PartSizes& sizes,
                   const std::string& folder, const ProgressCallback& on_progress, const CancelToken* cancel) {
  check(options);
  check_can_be_divided(options);
  const FilmSegments segments = segments_of(options);
  const std::vector<RestoreOptions> all = all_options(options, segments);
  for (const RestoreOptions& each : all) check_knows_people(each.faces);
  const bool is_sane = sizes.count ? *sizes.count >= 1 : sizes.seconds > 0;
  if (!is_sane) throw Error(ExitCode::kUsage, "a film has at least one part", "give --parts N or --part-length TIME");
  const int threads = threads_to_use(options.run.threads);
  FilmPlan plan;
  plan.options = spelled;
  plan.segments = segments;
  plan.models = models_of(options, segments);
  plan.input = fingerprint_of(options.input);
  plan.input.path = fs::absolute(options.input).lexically_normal().string();
  VideoReader reader(options.input, read_options(options, threads), cancel);
  describe_output(plan, reader, options, threads);
  for (const RestoreOptions& each : all) check_memory_of_part(each, reader.info().video, threads);
  make_folder(folder);

  const VideoInfo& video = reader.info().video;
  std::vector<FilmWork> works;
  works.reserve(all.size());
  for (const RestoreOptions& each : all) works.push_back({outline_of_restoring(each, video), frames_per_group(video)});
  const LookOver seen = look_over(reader, looks_for_cuts(works), threads, on_progress, cancel);
  judge_damage(seen.damage, options.on_damage);
  check_segments_fit(segments, seen.index.size());
  plan.extent = seen.extent;
  plan.canvas = {video.width, video.height, video.sample_aspect_ratio, video.orientation};
  plan.stretches = seen.stretches;
  plan.time_base = seen.index.time_base;
  plan.frames = seen.index.size();
  plan.seconds = seen.index.seconds_at(plan.frames - 1) - seen.index.seconds_at(0) +
                 seconds(seen.index.frames.back().duration, plan.time_base);
  plan.may_seek = may_seek(seen.damage);
  plan.copied_digests = seen.copied_digests;
  plan.parts = divide_film(seen.index, sizes, work_on(spans_of(segments, seen.index), works));
  if (std::string text = size_change_text(seen.damage); !text.empty()) plan.warnings.push_back(std::move(text));
  if (seen.damage.any()) plan.warnings.emplace_back("the input is damaged; damaged frames are passed on as they are");
  plan.index_sha256 = save_index(seen.index, index_path(folder));
  write_plan(folder, plan);
  return plan;
}

FilmPlan load_plan(const std::string& folder) {
  const std::optional<std::string> text = file_text(plan_path(folder));
  if (!text)
    throw Error(ExitCode::kUsage, "there is no plan in " + printable(folder),
                "make one: reelface plan INPUT OUTPUT --folder " + shell_quoted(folder));
  return plan_from_text(*text, plan_path(folder));
}

bool is_plan_of_this_user(const std::string& folder) {
  struct stat facts {};
  return ::lstat(plan_path(folder).c_str(), &facts) == 0 && facts.st_uid == ::geteuid();
}

void check_against_plan(const FilmPlan& plan, const RestoreOptions& options) {
  refuse_settings_that_name_files(options.write);
  const FileFingerprint now = fingerprint_of(options.input);
  const FileFingerprint& then = plan.input;
  if (now.stamp.bytes != then.stamp.bytes || now.head != then.head || now.tail != then.tail)
    throw Error(ExitCode::kInputUnreadable,
                "the input " + printable(options.input) + " has changed since it was planned",
                "bring the planned file back, or plan the film anew in another folder");
  for (const ModelUse& used : models_of(options, plan.segments)) {
    const auto planned = std::find_if(plan.models.begin(), plan.models.end(),
                                      [&used](const ModelUse& model) { return model.name == used.name; });
    if (planned == plan.models.end() || planned->sha256 != used.sha256)
      throw Error(ExitCode::kModelRejected,
                  "the model " + printable(used.name) + " is another one than when the film was planned",
                  "use the same model file on all machines");
  }
}

}  // namespace reelface
