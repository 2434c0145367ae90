// SPDX-License-Identifier: Apache-2.0
#include "app/commands/restore_command.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <utility>
#include <vector>

#include "app/checksums.h"
#include "app/command_options.h"
#include "app/command_paths.h"
#include "app/commands/batch_command.h"
#include "app/commands/interruption.h"
#include "app/commands/restore_request.h"
#include "app/plan_text.h"
#include "app/provenance_file.h"
#include "app/report_json.h"
#include "app/report_warnings.h"
#include "app/restore_page.h"
#include "app/used_settings.h"
#include "core/shell_quoted.h"
#include "pipeline/restore/damage_notice.h"
#include "pipeline/restore/repair_listing.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "reelface/parts/resumable_restore.h"
#include "report/html_report.h"

namespace reelface {
namespace {

CommandPaths paths_of(const RestoreRequest& request, bool output_may_exist) {
  CommandPaths paths{files_read(request), files_written(request.options), request.options.write.overwrite};
  for (PathUse& output : paths.written) output.may_exist = output_may_exist;
  for (const std::string& report : request.call.reports) paths.written.push_back({"the report", report});
  paths.written.push_back({"the list of repairs", request.call.repair_list});
  paths.written.push_back({"the provenance", request.call.provenance});
  paths.written.push_back({"the C2PA manifest", request.call.c2pa_manifest});
  if (request.call.checksums) {
    const ChecksumFiles files = checksum_files_of(request.options.output);
    paths.written.push_back({"the list of sums", files.sums});
    paths.written.push_back({"the list of frames", files.frames});
  }
  return paths;
}

bool may_ask(const RestoreRequest& request) {
  return !request.call.never_overwrite && isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

bool answers_yes(const std::string& question) {
  std::cerr << question << " [y/N] " << std::flush;
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

std::vector<std::string> existing_files(const std::vector<PathUse>& written) {
  std::vector<std::string> files;
  std::error_code ignored;
  for (const PathUse& use : written) {
    if (!use.may_exist && std::filesystem::is_regular_file(use.path, ignored)) files.push_back(use.path);
  }
  return files;
}

std::string overwriting_question(const std::vector<std::string>& files) {
  const std::string first = printable(files.front());
  if (files.size() == 1) return first + " exists. Overwrite it?";
  return first + " and " + std::to_string(files.size() - 1) + " more exist. Overwrite them?";
}

/// Checks all paths; asks before an existing file is replaced, where somebody is there to answer.
void settle_overwriting(RestoreRequest& request, bool output_may_exist) {
  CommandPaths paths = paths_of(request, output_may_exist);
  if (!paths.overwrite && may_ask(request)) {
    paths.overwrite = true;
    check_paths(paths);  // first what no answer would change
    const std::vector<std::string> existing = existing_files(paths.written);
    if (existing.empty()) return;
    if (!answers_yes(overwriting_question(existing)))
      throw Error(ExitCode::kUsage, printable(existing.front()) + " exists already",
                  "give -y to overwrite it, or another name");
    request.options.write.overwrite = true;
    return;
  }
  check_paths(paths);
}

/// Those who mend nothing of the whole picture may not know that it can be done.
bool wants_notice(const RestoreRequest& request) {
  const RestoreOptions& options = request.options;
  const bool is_comparison = options.picture.compare != CompareMode::kNone;
  return film_steps(options.film).are_none() && options.film.kind == FilmKind::kAny && !options.model.aligned &&
         !is_comparison && !request.call.resume;
}

/// What the run has to be told besides its options: one after the other.
LineEditor editor_of(const RestoreRequest& request, std::vector<LineEditor> editors) {
  if (!request.call.repair_list.empty())
    editors.push_back(writing_repair_list(request.call.repair_list, request.options.write.overwrite));
  if (wants_notice(request)) editors.push_back(noticing_damage());
  if (editors.empty()) return {};
  return [editors = std::move(editors)](Line& line) {
    for (const LineEditor& edit : editors) edit(line);
  };
}

/// Null where none are asked for. The comment of the output names the first.
std::unique_ptr<ProvenanceFiles> provenance_files(RestoreRequest& request) {
  const CallOptions& call = request.call;
  if (call.provenance.empty() && call.c2pa_manifest.empty()) return nullptr;
  if (!call.provenance.empty() && request.options.provenance) {
    const std::filesystem::path name = std::filesystem::path(call.provenance).filename();
    request.options.write.extra_tags.emplace_back(kProvenanceTag, name.string());
  }
  return std::make_unique<ProvenanceFiles>(request.options, call.provenance, call.c2pa_manifest);
}

RestoreReport run(const RestoreRequest& request, const ProgressCallback& on_progress, const CancelToken& cancel,
                  const LineEditor& edit_line) {
  if (!request.call.resume) return restore_video(request.options, on_progress, &cancel, edit_line);
  if (edit_line)
    throw Error(ExitCode::kUsage, "a page about the restoration cannot be made with --resume",
                "give --report a name that ends in .json");
  const double seconds = request.call.part_seconds.value_or(PartSizes().seconds);
  return restore_resumably(request.options, seconds, on_progress, &cancel);
}

void tell_of_interruption(const RestoreReport& report, bool resumes) {
  const std::string path = shell_quoted(report.output.path);
  if (resumes) {
    std::cerr << "reelface: interrupted; finished parts are kept in " << path << ", the same command goes on\n";
  } else {
    std::cerr << "reelface: interrupted; the " << report.output.frames << " frames so far are in " << path << "\n";
  }
}

int restore(RestoreRequest& request, const CancelToken& cancel) {
  if (!request.options.segments_file.empty()) request.call.resume = true;  // they are parts
  check_answers(request);
  check_options(request.options, request.call);
  if (request.call.checksums) check_has_checksums(request.options.output);
  const bool wants_page = std::any_of(request.call.reports.begin(), request.call.reports.end(), is_page_name);
  // What an interrupted run has published by now is found out from its parts.
  const bool goes_on = request.call.resume && has_plan(resume_folder(request.options.output));
  if (request.call.dry_run) {
    check_paths(paths_of(request, true));
    std::cout << to_text(plan_restore(request.options, wants_notice(request) ? noticing_damage() : LineEditor()));
    return 0;
  }
  settle_overwriting(request, goes_on);

  ProgressDisplay display(request.call.progress, stderr);
  RestoreProgress last;
  const auto on_progress = [&](const RestoreProgress& progress) {
    last = progress;
    display.show(progress);
  };
  RestorePage page(request.options);
  const std::unique_ptr<ProvenanceFiles> provenance = provenance_files(request);
  std::vector<LineEditor> editors;
  if (wants_page) editors.push_back(page.editor());
  if (provenance) editors.push_back(provenance->editor());
  const RestoreReport report = run(request, on_progress, cancel, editor_of(request, std::move(editors)));
  display.finish(last);

  const bool knows_faces = !request.options.model.aligned;
  for (const std::string& warning : report_warnings(report, knows_faces)) log_warning(printable(warning));
  for (const std::string& path : request.call.reports) {
    if (is_page_name(path))
      write_html_report(path, page.data(report), request.options.write.overwrite);
    else
      write_json_file(path, to_json(report, request.options), request.options.write.overwrite);
  }
  if (!report.interrupted && provenance) provenance->finish(report);
  if (!report.interrupted && request.call.checksums)
    write_checksums(request.options.input, request.options.output, request.options.write.overwrite, cancel);
  if (!report.interrupted) return 0;
  tell_of_interruption(report, request.call.resume);
  return exit_code_after_interruption();
}

}  // namespace

void add_restore_command(CLI::App& program, const CancelToken& cancel, int& exit_code) {
  auto request = std::make_shared<RestoreRequest>();
  CLI::App* command = program.add_subcommand("restore", "Restore the faces of a video, a picture or a sequence");
  declare_all(*command, request->options, request->call, {"Files", "Show", "Resume", "Many films"});
  command->footer(
      "For example:\n"
      "  reelface restore old.mp4 new.mkv                      all faces; sound, subtitles and the rest are copied\n"
      "  reelface restore old.mp4 new.mkv --ss 1:00 --to 1:10  a piece, to see how it looks\n"
      "  reelface restore old.mp4 new.mkv --report page.html   what was done, with pictures\n"
      "  reelface restore old.mp4 new.mkv --settings studio    as `reelface settings ... -o studio` has kept it\n"
      "  reelface restore photo.jpg restored.png               a picture\n"
      "  reelface restore --list films.txt --output-folder new many films in one process");
  command->callback([request, command, &cancel, &exit_code] {
    take_settings(*command, request->options, request->call);
    const bool are_many = !request->call.list.empty() || !request->call.output_folder.empty();
    exit_code = are_many ? restore_batch(*request, cancel) : restore(*request, cancel);
  });
}

}  // namespace reelface
