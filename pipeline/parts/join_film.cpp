// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <map>
#include <optional>
#include <set>

#include "core/shell_quoted.h"
#include "core/thread_count.h"
#include "media/parts/film_part.h"
#include "pipeline/parts/film_index.h"
#include "pipeline/parts/join_checked_parts.h"
#include "pipeline/parts/joined_film.h"
#include "pipeline/parts/look_over.h"
#include "pipeline/parts/part_folder.h"
#include "pipeline/parts/part_label.h"
#include "pipeline/parts/settings_spans.h"
#include "pipeline/restore/restore_settings.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "reelface/parts/film_parts.h"

namespace reelface {
namespace {

/// "3, 7, 9 and 12 more"
std::string numbers_of(const std::vector<UnusablePart>& parts) {
  constexpr std::size_t kMostShown = 10;
  std::string text;
  for (std::size_t place = 0; place < parts.size() && place < kMostShown; ++place)
    text += (place > 0 ? ", " : "") + std::to_string(parts[place].part);
  if (parts.size() > kMostShown) text += " and " + std::to_string(parts.size() - kMostShown) + " more";
  return text;
}

void refuse_unusable(const std::string& folder, const std::vector<UnusablePart>& unusable) {
  if (unusable.empty()) return;
  throw Error(ExitCode::kTryAgain,
              "parts " + numbers_of(unusable) + " cannot be joined; part " + std::to_string(unusable.front().part) +
                  ": " + unusable.front().reason,
              "make them: reelface part " + shell_quoted(folder) + " " + std::to_string(unusable.front().part));
}

std::vector<FrameTime> times_of(const FilmIndex& index) {
  std::vector<FrameTime> times;
  times.reserve(index.frames.size());
  for (const IndexedFrame& frame : index.frames) times.push_back({frame.pts, frame.duration});
  return times;
}

ReadOptions copying(const FilmPlan& plan, const RestoreOptions& options, int threads) {
  ReadOptions read = read_options(options, threads);
  read.range = {};
  read.range.from_seconds = plan.extent.from_seconds;
  read.range.to_seconds = plan.extent.to_seconds;
  read.time_origin_microseconds = plan.extent.time_origin_microseconds;
  read.decode = false;
  return read;
}

/// Of parts with the same settings: those of a segment, or the film's.
using ModelsBySegment = std::map<std::optional<std::size_t>, std::set<std::string>>;

std::string in_words(const std::set<std::string>& models) {
  std::string all;
  for (const std::string& model : models) all += (all.empty() ? "" : "; ") + model;
  return all;
}

/// Pixels may differ in their last bits where a network ran on something else.
std::string named(const ModelsBySegment& models, std::vector<std::string>& warnings) {
  std::set<std::string> all;
  for (const auto& [segment, used] : models) {
    all.insert(used.begin(), used.end());
    if (used.size() > 1)
      warnings.push_back("the parts were not all made the same way, so their pixels may differ a little: " +
                         in_words(used));
  }
  all.erase("");
  return in_words(all);
}

/// What the parts say of themselves.
void sum_up_parts(const std::string& folder, const FilmPlan& plan, const FilmIndex& index, RestoreReport& report) {
  const std::vector<SettingsSpan> spans = spans_of(plan.segments, index);
  ModelsBySegment models;
  for (std::size_t part = 0; part < plan.parts.size(); ++part) {
    const PartLabel label = glanced_label(folder, plan, part);
    models[span_at(spans, plan.parts[part].first_frame).segment].insert(label.model);
    report.faces += label.report.faces;
    if (!label.report.fallback.empty()) report.warnings.push_back(label.report.fallback);
  }
  if (std::string text = failed_faces_text(report.faces); !text.empty()) report.warnings.push_back(std::move(text));
  report.model = named(models, report.warnings);
}

}  // namespace

std::vector<UnusablePart> unusable_parts(const std::string& folder, const FilmPlan& plan) {
  std::vector<UnusablePart> unusable;
  for (std::size_t part = 0; part < plan.parts.size(); ++part) {
    if (!std::filesystem::exists(part_path(folder, part))) {
      unusable.push_back({part, failure_of(folder, part).value_or("it is not there")});
      continue;
    }
    try {
      checked_label(folder, plan, part);
    } catch (const Error& error) {
      unusable.push_back({part, error.what()});
    }
  }
  return unusable;
}

RestoreReport join_film(const std::string& folder, const FilmPlan& plan, const RestoreOptions& options,
                        const CancelToken* cancel) {
  refuse_unusable(folder, unusable_parts(folder, plan));
  return join_checked_parts(folder, plan, options, cancel);
}

RestoreReport join_checked_parts(const std::string& folder, const FilmPlan& plan, const RestoreOptions& given,
                                 const CancelToken* cancel) {
  const RestoreOptions options = planned_options(plan, given);
  const int threads = threads_to_use(options.run.threads);
  const FilmIndex index = index_of(folder, plan);
  VideoReader film(options.input, copying(plan, options, threads), cancel);
  RestoreReport report;
  report.input = film.info();
  report.stretches = plan.stretches;
  report.segments = plan.segments;
  report.warnings = plan.warnings;
  sum_up_parts(folder, plan, index, report);
  const WriteOptions write = write_options(options, film.info(), threads, plan.segments);
  report.plan = plan_output(film, options.output, write);

  std::vector<std::string> parts;
  for (std::size_t part = 0; part < plan.parts.size(); ++part) parts.push_back(part_path(folder, part));
  CopiedDigests copied;
  JoinHooks hooks;
  hooks.on_copied = [&copied](const EncodedPacketPtr& packet) { copied.add(packet); };
  hooks.before_publishing = [&](const std::string& finished_file) {
    if (copied.values() != plan.copied_digests)
      throw Error(
          ExitCode::kInputUnreadable,
          "the sound or another copied stream of " + printable(options.input) + " has changed since it was planned",
          "bring the planned file back, or plan the film anew in another folder");
    note_joined_film(folder, finished_file);
  };
  report.output = join_film_parts(film, options.output, write, parts, times_of(index), cancel, hooks);
  return report;
}

}  // namespace reelface
