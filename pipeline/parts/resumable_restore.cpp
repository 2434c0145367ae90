// SPDX-License-Identifier: Apache-2.0
#include "reelface/parts/resumable_restore.h"

#include <filesystem>
#include <map>
#include <optional>

#include "core/clock.h"
#include "core/shell_quoted.h"
#include "pipeline/parts/folder_lock.h"
#include "pipeline/parts/join_checked_parts.h"
#include "pipeline/parts/joined_film.h"
#include "pipeline/parts/own_files.h"
#include "pipeline/parts/part_folder.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "reelface/parts/film_parts.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;

struct Work {
  std::int64_t frames = 0, faces = 0;
};

class ResumableRun {
 public:
  ResumableRun(const RestoreOptions& options, double part_seconds, const ProgressCallback& on_progress,
               const CancelToken* cancel, const std::shared_ptr<const FaceModels>& models)
      : options_(options),
        part_seconds_(part_seconds),
        folder_(resume_folder(options.output)),
        on_progress_(on_progress),
        cancel_(cancel),
        models_(models) {}

  RestoreReport run() {
    require_own_folder(folder_);
    if (!has_plan(folder_)) plan_output_first();
    const FolderLock lock(folder_);
    try {
      settle_plan();
      remove_leftovers(folder_);
      if (is_published()) return already_there();
      make_missing_parts();
      RestoreReport report = join();
      remove_own_folder(folder_);
      return report;
    } catch (const Error&) {
      if (!cancel_ || !cancel_->is_requested()) throw;
      return interrupted();
    }
  }

 private:
  /// Whatever is wrong with input, output or options is said before a folder is made.
  void plan_output_first() const { plan_restore(options_); }

  void settle_plan() {
    SpelledOptions named = spelled_options(options_);
    named["part-length"] = {std::to_string(part_seconds_)};
    if (has_plan(folder_)) {
      plan_ = load_plan(folder_);
      refuse_changed_options(plan_.options, named,
                             "give the same options, or remove " + shell_quoted(folder_) + " to begin anew");
      if (plan_.segments != segments_of(options_))
        throw Error(ExitCode::kUsage,
                    "this was begun with other segments than those in " + printable(options_.segments_file),
                    "bring that file back, or remove " + shell_quoted(folder_) + " to begin anew");
      check_against_plan(plan_, options_);
      return;
    }
    PartSizes sizes;
    sizes.seconds = part_seconds_;
    plan_ = plan_film(options_, named, sizes, folder_, {}, cancel_);
  }

  /// The output of this very plan: it was published, and then the folder was not removed any more.
  bool is_published() const {
    std::error_code failure;
    if (options_.write.overwrite || !fs::is_regular_file(options_.output, failure)) return false;
    if (is_joined_film(folder_, options_.output)) return true;
    throw Error(ExitCode::kUsage, printable(options_.output) + " exists already",
                "give -y to overwrite it, or remove " + shell_quoted(folder_));
  }

  RestoreReport already_there() const {
    RestoreReport report;
    report.output.path = options_.output;
    report.output.frames = plan_.frames;
    remove_own_folder(folder_);
    return report;
  }

  /// A part from before is taken at a glance; all are proven before they are joined.
  void make_missing_parts() {
    for (const PartStatus& status : status_of(folder_, plan_).parts) {
      if (status.state == PartState::kDone) {
        made_[status.part] = {status.frames, status.faces_restored};
        show({});
      } else {
        make(status.part);
      }
    }
  }

  void make(std::size_t part) {
    const ProgressCallback on_part = [&](const RestoreProgress& progress) {
      show({progress.frames_done, progress.faces_restored});
    };
    made_.erase(part);
    if (!models_) models_ = load_models(options_);
    const PartReport report = make_part(folder_, plan_, options_, part, models_, on_part, cancel_);
    made_[part] = {report.frames, report.faces.restored};
    if (cancel_ && cancel_->is_requested()) throw Error(ExitCode::kInterrupted, "interrupted between two parts");
  }

  void show(const Work& in_hand) const {
    if (!on_progress_) return;
    const Work all = all_made();
    on_progress_({all.frames + in_hand.frames, plan_.frames, all.faces + in_hand.faces, watch_.seconds()});
  }

  Work all_made() const {
    Work all;
    for (const auto& [part, made] : made_) {
      all.frames += made.frames;
      all.faces += made.faces;
    }
    return all;
  }

  RestoreReport join() {
    // What is damaged is made once again; after that the disk is to blame.
    for (const UnusablePart& unusable : unusable_parts(folder_, plan_)) make(unusable.part);
    RestoreReport report = join_checked_parts(folder_, plan_, options_, cancel_);
    report.run.wall_seconds = watch_.seconds();
    report.run.frames = plan_.frames;
    return report;
  }

  RestoreReport interrupted() const {
    RestoreReport report;
    report.interrupted = true;
    report.output.path = folder_;
    report.output.frames = all_made().frames;
    return report;
  }

  const RestoreOptions& options_;
  double part_seconds_;
  std::string folder_;
  const ProgressCallback& on_progress_;
  const CancelToken* cancel_;
  std::shared_ptr<const FaceModels> models_;
  Stopwatch watch_;
  FilmPlan plan_;
  std::map<std::size_t, Work> made_;  ///< by part
};

}  // namespace

std::string resume_folder(const std::string& output) {
  return output + ".parts";
}

RestoreReport restore_resumably(const RestoreOptions& options, double part_seconds, const ProgressCallback& on_progress,
                                const CancelToken* cancel, const std::shared_ptr<const FaceModels>& models) {
  return ResumableRun(options, part_seconds, on_progress, cancel, models).run();
}

}  // namespace reelface
