// SPDX-License-Identifier: Apache-2.0
#include "app/commands/batch_command.h"

#include <cmath>
#include <filesystem>
#include <future>
#include <iostream>
#include <mutex>
#include <system_error>

#include "app/batch_list.h"
#include "app/batch_log.h"
#include "app/command_paths.h"
#include "app/commands/interruption.h"
#include "app/report_warnings.h"
#include "core/clock.h"
#include "core/shell_quoted.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "reelface/restore/restore_video.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;

constexpr int kSomeFailed = 1;

/// A moment that is waited for once; it may come more than once.
class Moment {
 public:
  void come() {
    std::call_once(once_, [this] { promise_.set_value(); });
  }
  void wait() { promise_.get_future().wait(); }

 private:
  std::once_flag once_;
  std::promise<void> promise_;
};

LineEditor telling(const std::shared_ptr<Moment>& all_is_read) {
  return [all_is_read](Line& line) { line.when_all_is_read([all_is_read] { all_is_read->come(); }); };
}

class Batch {
 public:
  Batch(const RestoreRequest& request, const BatchList& list, const CancelToken& cancel)
      : request_(request),
        cancel_(cancel),
        files_(list.files),
        unread_(list.unread),
        log_(request.call.output_folder, spelled_options(request.options), request.call.resume),
        models_(load_models(request.options)) {}

  int run() {
    for (const UnreadFolder& folder : unread_) settle(failure_of(folder));
    std::future<BatchResult> ending;
    for (const BatchFile& file : files_) {
      if (cancel_.is_requested()) break;
      if (log_.is_done(file)) {
        ++skipped_;
        continue;
      }
      const auto all_is_read = std::make_shared<Moment>();
      std::future<BatchResult> running = begin(file, all_is_read);
      if (!may_overlap()) running.wait();
      all_is_read->wait();
      if (ending.valid()) settle(ending.get());
      ending = std::move(running);
    }
    if (ending.valid()) settle(ending.get());
    return conclude();
  }

 private:
  /// On a thread of its own. If the system gives none, here and now, one film after the other.
  std::future<BatchResult> begin(const BatchFile& file, const std::shared_ptr<Moment>& all_is_read) const {
    const auto work = [this, &file, all_is_read] { return restore(file, all_is_read); };
    try {
      return std::async(std::launch::async, work);
    } catch (const std::system_error& error) {
      log_warning(std::string("the system gives no thread: ") + error.what());
    }
    std::future<BatchResult> done = std::async(std::launch::deferred, work);
    done.wait();
    return done;
  }

  static BatchResult failure_of(const UnreadFolder& folder) {
    BatchResult result;
    result.file.input = folder.path;
    result.exit_code = static_cast<int>(ExitCode::kInputUnreadable);
    result.message = "this folder cannot be read: " + folder.reason;
    result.started_seconds = system_seconds();
    return result;
  }

  /// A limit of memory is one for the whole process.
  bool may_overlap() const { return request_.options.run.max_memory_bytes == 0; }

  /// Whatever goes wrong with one file is that file's own.
  BatchResult restore(const BatchFile& file, const std::shared_ptr<Moment>& all_is_read) const {
    BatchResult result;
    result.file = file;
    result.started_seconds = system_seconds();
    const Stopwatch watch;
    try {
      RestoreOptions options = request_.options;
      options.input = file.input;
      options.output = file.output;
      make_folder_of(file.output);
      const RestoreReport report = restore_video(options, {}, &cancel_, telling(all_is_read), models_);
      result.frames = report.output.frames;
      result.warnings = report_warnings(report, !options.model.aligned);
      if (report.interrupted) {
        result.exit_code = exit_code_after_interruption();
        result.message = "interrupted";
        std::error_code ignored;
        fs::remove(report.output.path, ignored);  // half a film; it is begun anew
      }
    } catch (const std::exception& exception) {
      result.exit_code =
          cancel_.is_requested() ? exit_code_after_interruption() : static_cast<int>(exit_code_of(exception));
      result.message = describe(exception);
    }
    result.seconds = watch.seconds();
    all_is_read->come();
    return result;
  }

  static void make_folder_of(const std::string& path) {
    std::error_code failure;
    fs::create_directories(fs::path(path).parent_path(), failure);
    if (failure)
      throw Error(ExitCode::kOutputUnwritable,
                  "cannot make the folder of " + printable(path) + ": " + failure.message());
  }

  void settle(const BatchResult& result) {
    log_.note(result);
    ++ended_;
    if (result.exit_code != 0) failures_.push_back(result);
    show(result);
  }

  void show(const BatchResult& result) const {
    if (request_.call.progress == ProgressStyle::kNone) return;
    if (request_.call.progress == ProgressStyle::kJson) {
      std::cerr << to_json_line(result) << "\n";
      return;
    }
    std::cerr << "[" << skipped_ + ended_ << "/" << all() << "] " << printable(result.file.input) << ": ";
    if (result.exit_code != 0)
      std::cerr << "failed\n";
    else
      std::cerr << result.frames << " frames in " << std::llround(result.seconds) << " s\n";
    for (const std::string& warning : result.warnings) std::cerr << "    " << printable(warning) << "\n";
  }

  std::size_t all() const { return files_.size() + unread_.size(); }

  int conclude() const {
    for (const BatchResult& failure : failures_) {
      std::cerr << "reelface: " << printable(failure.file.input) << " failed (" << failure.exit_code
                << "): " << printable(failure.message) << "\n";
    }
    if (cancel_.is_requested()) {
      std::cerr << "reelface: interrupted; with --resume the same command goes on\n";
      return exit_code_after_interruption();
    }
    if (failures_.empty()) return 0;
    std::cerr << "reelface: " << failures_.size() << " of " << all()
              << (unread_.empty() ? " files" : " files and folders") << " failed; --resume tries them again\n";
    return kSomeFailed;
  }

  const RestoreRequest& request_;
  const CancelToken& cancel_;
  const std::vector<BatchFile>& files_;
  const std::vector<UnreadFolder>& unread_;
  BatchLog log_;
  std::shared_ptr<const FaceModels> models_;
  std::vector<BatchResult> failures_;
  std::size_t ended_ = 0, skipped_ = 0;
};

/// Folders of outputs are made film by film; what lies in one that is not there yet replaces nothing.
bool may_be_made(const std::string& output) {
  std::error_code ignored;
  return fs::is_directory(fs::path(output).parent_path(), ignored);
}

void check_request(const RestoreRequest& request) {
  check_answers(request);
  if (request.call.list.empty())
    throw Error(ExitCode::kUsage, "--output-folder needs --list",
                "name a file with one film on each line, or a folder");
  if (request.call.output_folder.empty())
    throw Error(ExitCode::kUsage, "--list needs --output-folder", "name the folder that the results go to");
  if (!request.options.input.empty() || !request.options.output.empty())
    throw Error(ExitCode::kUsage, "--list takes the place of INPUT and OUTPUT", "give either");
  if (!request.call.repair_list.empty())
    throw Error(ExitCode::kUsage, "--repair-list tells of one film", "restore this one by itself, without --list");
  if (!request.call.provenance.empty() || !request.call.c2pa_manifest.empty())
    throw Error(ExitCode::kUsage, "--provenance and --c2pa-manifest are of one film",
                "restore this one by itself, without --list");
  if (request.call.checksums)
    throw Error(ExitCode::kUsage, "--checksums are of one film", "restore this one by itself, without --list");
  if (!request.call.reports.empty())
    throw Error(ExitCode::kUsage, "--report tells of one film",
                "what became of many is in " + shell_quoted(batch_log_path(request.call.output_folder)));
  if (request.call.dry_run) throw Error(ExitCode::kUsage, "--dry-run is for one film", "leave --list out");
  if (!request.options.faces.tracks_file.empty())
    throw Error(ExitCode::kUsage, "--tracks belong to one film", "leave --list out");
  if (!request.options.segments_file.empty())
    throw Error(ExitCode::kUsage, "--segments belong to one film", "leave --list out");
}

/// Whether an output may be replaced is asked film by film; none may be another film's input.
CommandPaths paths_of(const RestoreRequest& request, const std::vector<BatchFile>& files) {
  CommandPaths paths{files_read(request), {}, request.options.write.overwrite};
  paths.read.push_back({"the list", request.call.list});
  for (const BatchFile& file : files) {
    add_input_files(paths.read, "the input", file.input);
    if (may_be_made(file.output)) paths.written.push_back({"the output", file.output, true});
  }
  if (may_be_made(batch_log_path(request.call.output_folder)))
    paths.written.push_back({"the log", batch_log_path(request.call.output_folder), true});
  return paths;
}

}  // namespace

int restore_batch(const RestoreRequest& request, const CancelToken& cancel) {
  check_request(request);
  const BatchList list = read_batch_list(request.call.list, request.call.output_folder);
  RestoreOptions all = request.options;
  all.input = request.call.list;  // whichever file it is, the options are the same
  all.output = request.call.output_folder;
  check_options(all, request.call);
  check_paths(paths_of(request, list.files));
  return Batch(request, list, cancel).run();
}

}  // namespace reelface
