#include "app/commands/restore_command.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>

#include "app/argument_spelling.h"
#include "app/commands/batch_command.h"
#include "app/commands/interruption.h"
#include "app/commands/restore_request.h"
#include "app/report_json.h"
#include "app/report_path.h"
#include "app/report_warnings.h"
#include "app/restore_page.h"
#include "app/spelled_options.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "reelface/parts/resumable_restore.h"
#include "reelface/report/html_report.h"

namespace reelface {
namespace {

/// Asks before an existing file is replaced, where somebody is there to answer.
void settle_overwriting(RestoreRequest& request) {
  const std::string& output = request.options.output;
  std::error_code ignored;
  if (request.options.write.overwrite || !std::filesystem::is_regular_file(output, ignored)) return;
  if (std::filesystem::equivalent(request.options.input, output, ignored))
    return;  // refused later, whatever the answer
  if (!request.never_overwrite && isatty(STDIN_FILENO) && isatty(STDERR_FILENO)) {
    std::cerr << printable(output) << " exists. Overwrite it? [y/N] " << std::flush;
    std::string answer;
    std::getline(std::cin, answer);
    if (answer == "y" || answer == "Y" || answer == "yes") {
      request.options.write.overwrite = true;
      return;
    }
  }
  throw Error(ExitCode::kUsage, printable(output) + " exists already", "give -y to overwrite it, or another name");
}

/// What only `restore` has: to go on after an interruption.
struct ResumeRequest {
  bool on = false;
  std::string part_length;
};

void add_resume_options(CLI::App& command, ResumeRequest& resume) {
  auto* group = command.add_option_group("Resume");
  group->add_flag("--resume", resume.on, "Work in parts, and go on where an earlier run was stopped");
  group->add_option("--part-length", resume.part_length, "With --resume: how much may have to be done again [60]")
      ->type_name("TIME");
}

RestoreReport run(const RestoreRequest& request, const ResumeRequest& resume, const CLI::App& command,
                  const ProgressCallback& on_progress, const CancelToken& cancel, const LineEditor& edit_line) {
  if (!resume.on) return restore_video(request.options, on_progress, &cancel, edit_line);
  if (edit_line)
    throw Error(ExitCode::kUsage, "a page about the restoration cannot be made with --resume",
                "give --report a name that ends in .json");
  const double seconds = resume.part_length.empty() ? PartSizes().seconds : parse_time(resume.part_length);
  return restore_resumably(request.options, spelled_options(command), seconds, on_progress, &cancel);
}

void tell_of_interruption(const RestoreReport& report, const ResumeRequest& resume) {
  const std::string path = printable(report.output.path);
  if (resume.on) {
    std::cerr << "reelface: interrupted; finished parts are kept in " << path << ", the same command goes on\n";
  } else {
    std::cerr << "reelface: interrupted; the " << report.output.frames << " frames so far are in " << path << "\n";
  }
}

int restore(RestoreRequest& request, const ResumeRequest& resume, const CLI::App& command, const CancelToken& cancel) {
  finish_request(request);
  check(request.options);
  bool wants_page = false;
  for (const std::string& path : request.report_paths) {
    check_report_path(path, "--report", {request.options.input, request.options.output});
    wants_page = wants_page || is_page_name(path);
  }
  if (request.dry_run) {
    std::cout << to_text(plan_restore(request.options));
    return 0;
  }
  const bool goes_on = resume.on && has_plan(resume_folder(request.options.output));
  if (!goes_on) settle_overwriting(request);

  ProgressDisplay display(request.progress, stderr);
  RestoreProgress last;
  const auto on_progress = [&](const RestoreProgress& progress) {
    last = progress;
    display.show(progress);
  };
  RestorePage page(request.options);
  const RestoreReport report =
      run(request, resume, command, on_progress, cancel, wants_page ? page.editor() : LineEditor{});
  display.finish(last);

  const bool knows_faces = !request.options.model.aligned;
  for (const std::string& warning : report_warnings(report, knows_faces)) log_warning(printable(warning));
  for (const std::string& path : request.report_paths) {
    if (is_page_name(path))
      write_html_report(path, page.data(report));
    else
      write_json_file(path, to_json(report));
  }
  if (!report.interrupted) return 0;
  tell_of_interruption(report, resume);
  return exit_code_after_interruption();
}

}  // namespace

void add_restore_command(CLI::App& program, const CancelToken& cancel, int& exit_code) {
  auto request = std::make_shared<RestoreRequest>();
  CLI::App* command = program.add_subcommand("restore", "Restore the faces of a video, a picture or a sequence");
  auto resume = std::make_shared<ResumeRequest>();
  add_restore_options(*command, *request);
  command->footer(
      "For example:\n"
      "  reelface restore old.mp4 new.mkv                      all faces; sound, subtitles and the rest are copied\n"
      "  reelface restore old.mp4 new.mkv --ss 1:00 --to 1:10  a piece, to see how it looks\n"
      "  reelface restore old.mp4 new.mkv --report page.html   what was done, with pictures\n"
      "  reelface restore photo.jpg restored.png               a picture\n"
      "  reelface restore --list films.txt --output-folder new many films in one process");
  add_resume_options(*command, *resume);
  auto batch = std::make_shared<BatchRequest>();
  add_batch_options(*command, *batch);
  command->callback([request, resume, batch, command, &cancel, &exit_code] {
    if (!batch->list.empty() || !batch->output_folder.empty()) {
      batch->resume = resume->on;
      finish_request(*request);
      exit_code = restore_batch(*request, *batch, spelled_options(*command), cancel);
      return;
    }
    try {
      exit_code = restore(*request, *resume, *command, cancel);
    } catch (const std::exception&) {
      // An abort comes out as whatever it interrupted; the signal decides the code.
      if (cancel.level() != CancelLevel::kAbort) throw;
      std::cerr << "reelface: aborted\n";
      exit_code = exit_code_after_interruption();
    }
  });
}

}  // namespace reelface
