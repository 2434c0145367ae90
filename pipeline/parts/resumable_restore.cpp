#include "reelface/parts/resumable_restore.h"

#include <chrono>
#include <filesystem>
#include <optional>

#include "pipeline/parts/part_folder.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "reelface/parts/film_parts.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// Gone from its plan on, so that a half-removed folder is never taken for work that can go on.
void remove_folder(const std::string& folder) {
  std::error_code failure;
  fs::remove(plan_path(folder), failure);
  fs::remove_all(folder, failure);
  if (failure) log_warning("cannot remove " + printable(folder) + ": " + failure.message());
}

class ResumableRun {
 public:
  ResumableRun(const RestoreOptions& options, const SpelledOptions& spelled, double part_seconds,
               const ProgressCallback& on_progress, const CancelToken* cancel,
               const std::shared_ptr<const FaceModels>& models)
      : options_(options),
        spelled_(spelled),
        part_seconds_(part_seconds),
        folder_(resume_folder(options.output)),
        on_progress_(on_progress),
        cancel_(cancel),
        models_(models),
        started_(Clock::now()) {}

  RestoreReport run() {
    if (!has_plan(folder_)) plan_output_first();
    std::error_code failure;
    fs::create_directories(folder_, failure);
    const FolderLock lock(folder_);
    remove_leftovers(folder_);
    try {
      settle_plan();
      if (is_published()) return already_there();
      make_parts();
      RestoreReport report = join();
      remove_folder(folder_);
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
    SpelledOptions named = spelled_;
    named["part-length"] = {std::to_string(part_seconds_)};
    if (has_plan(folder_)) {
      plan_ = load_plan(folder_);
      refuse_changed_options(plan_.options, named,
                             "give the same options, or remove " + printable(folder_) + " to begin anew");
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
    const bool is_newer =
        fs::last_write_time(options_.output, failure) >= fs::last_write_time(plan_path(folder_), failure);
    if (is_newer && unusable_parts(folder_, plan_).empty()) return true;
    throw Error(ExitCode::kUsage, printable(options_.output) + " exists already",
                "give -y to overwrite it, or remove " + printable(folder_));
  }

  RestoreReport already_there() const {
    RestoreReport report;
    report.output.path = options_.output;
    report.output.frames = plan_.frames;
    remove_folder(folder_);
    return report;
  }

  void make_parts() {
    for (std::size_t part = 0; part < plan_.parts.size(); ++part) make(part);
  }

  void make(std::size_t part) {
    const ProgressCallback on_part = [&](const RestoreProgress& progress) {
      show(progress.frames_done, progress.faces_restored);
    };
    // Good parts from before need no network.
    if (!models_ && !fs::exists(part_path(folder_, part))) models_ = load_models(options_);
    const PartReport report = make_part(folder_, plan_, options_, part, models_, on_part, cancel_);
    frames_done_ += report.frames;
    faces_restored_ += report.faces_restored;
    if (report.was_there) show(0, 0);
    if (cancel_ && cancel_->is_requested()) throw Error(ExitCode::kInterrupted, "interrupted between two parts");
  }

  void show(std::int64_t frames, std::int64_t faces) const {
    if (!on_progress_) return;
    const std::chrono::duration<double> elapsed = Clock::now() - started_;
    on_progress_({frames_done_ + frames, plan_.frames, faces_restored_ + faces, elapsed.count()});
  }

  RestoreReport join() {
    // A part that was good a moment ago and is not any more is made once again; after that the disk is to blame.
    for (const UnusablePart& unusable : unusable_parts(folder_, plan_)) make(unusable.part);
    RestoreReport report = join_film(folder_, plan_, options_, cancel_);
    report.run.wall_seconds = std::chrono::duration<double>(Clock::now() - started_).count();
    report.run.frames = plan_.frames;
    return report;
  }

  RestoreReport interrupted() const {
    RestoreReport report;
    report.interrupted = true;
    report.output.path = folder_;
    report.output.frames = frames_done_;
    return report;
  }

  const RestoreOptions& options_;
  const SpelledOptions& spelled_;
  double part_seconds_;
  std::string folder_;
  const ProgressCallback& on_progress_;
  const CancelToken* cancel_;
  std::shared_ptr<const FaceModels> models_;
  Clock::time_point started_;
  FilmPlan plan_;
  std::int64_t frames_done_ = 0;
  std::int64_t faces_restored_ = 0;
};

}  // namespace

std::string resume_folder(const std::string& output) {
  return output + ".parts";
}

RestoreReport restore_resumably(const RestoreOptions& options, const SpelledOptions& spelled, double part_seconds,
                                const ProgressCallback& on_progress, const CancelToken* cancel,
                                const std::shared_ptr<const FaceModels>& models) {
  return ResumableRun(options, spelled, part_seconds, on_progress, cancel, models).run();
}

}  // namespace reelface
