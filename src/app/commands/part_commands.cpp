// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/command_options.h"
#include "app/command_paths.h"
#include "app/commands/parts_commands.h"
#include "app/progress_display.h"
#include "app/report_json.h"
#include "app/report_warnings.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "reelface/parts/film_parts.h"

namespace reelface {
namespace {

struct PartRequest {
  std::string folder;
  std::vector<std::size_t> numbers;
  RestoreOptions own;  ///< of these, what this machine does otherwise than planned
  CallOptions call;
};

int make(const PartRequest& request, const CancelToken& cancel) {
  check_ranges(request.own);
  const FilmPlan plan = load_plan(request.folder);
  RestoreOptions options = options_of(plan);
  if (!request.own.run.device.empty()) options.run.device = request.own.run.device;
  if (request.own.run.threads > 0) options.run.threads = request.own.run.threads;
  check_against_plan(plan, options);
  ProgressDisplay display(request.call.progress, stderr);
  RestoreProgress last;
  const auto on_progress = [&](const RestoreProgress& progress) {
    last = progress;
    display.show(progress);
  };
  CommandPaths paths{files_read(options), {}, false};
  for (const std::size_t number : request.numbers)
    paths.written.push_back({"the part", part_path(request.folder, number), true});
  check_paths(paths);
  std::shared_ptr<const FaceModels> models;
  for (const std::size_t number : request.numbers) {
    if (request.numbers.size() > 1 && !models) models = load_models(options);
    const PartReport report = make_part(request.folder, plan, options, number, models, on_progress, &cancel);
    if (report.was_there) log_info("part " + std::to_string(number) + " is there already");
  }
  display.finish(last);
  return 0;
}

struct JoinRequest {
  std::string folder, output, report;
  bool overwrite = false;
};

int join(const JoinRequest& request, const CancelToken& cancel) {
  const FilmPlan plan = load_plan(request.folder);
  if (request.output.empty() && !is_plan_of_this_user(request.folder))
    throw Error(ExitCode::kUsage, "the plan in " + printable(request.folder) + " was written by another user",
                "name the output yourself: reelface join DIR -o FILE");
  const std::string output = request.output.empty() ? plan.output : request.output;
  RestoreOptions options = options_of(plan);
  options.output = output;
  options.write.overwrite = request.overwrite;
  CommandPaths paths{files_read(options), files_written(options), request.overwrite};
  add_files_in(paths.read, "the part", request.folder);
  paths.written.push_back({"the report", request.report});
  check_paths(paths);
  check_against_plan(plan, options);
  const RestoreReport report = join_film(request.folder, plan, options, &cancel);
  const bool knows_faces = !options.model.aligned;
  for (const std::string& warning : report_warnings(report, knows_faces)) log_warning(printable(warning));
  if (!request.report.empty()) write_json_file(request.report, to_json(report, options), request.overwrite);
  return 0;
}

const char* word_for(PartState state) {
  switch (state) {
    case PartState::kMissing:
      return "missing";
    case PartState::kRunning:
      return "running";
    case PartState::kDone:
      return "done";
    case PartState::kFailed:
      return "failed";
  }
  return "";
}

nlohmann::ordered_json to_json(const FilmStatus& status) {
  nlohmann::ordered_json parts = nlohmann::ordered_json::array();
  for (const PartStatus& part : status.parts) {
    parts.push_back({{"part", part.part},
                     {"state", word_for(part.state)},
                     {"frames", part.frames},
                     {"frames_done", part.frames_done},
                     {"wall_seconds", part.wall_seconds},
                     {"worker", part.worker},
                     {"reason", part.reason}});
  }
  return {{"frames", status.frames},
          {"frames_done", status.frames_done},
          {"done", status.count(PartState::kDone)},
          {"running", status.count(PartState::kRunning)},
          {"missing", status.count(PartState::kMissing)},
          {"failed", status.count(PartState::kFailed)},
          {"frames_per_second", status.frames_per_second},
          {"seconds_left", status.seconds_left},
          {"parts", std::move(parts)}};
}

void print(const FilmStatus& status) {
  std::cout << status.parts.size() << " parts: " << status.count(PartState::kDone) << " done, "
            << status.count(PartState::kRunning) << " running, " << status.count(PartState::kMissing) << " missing, "
            << status.count(PartState::kFailed) << " failed\n"
            << status.frames_done << " of " << status.frames << " frames";
  if (status.frames_per_second > 0)
    std::cout << ", " << status.frames_per_second << " frames per second, about "
              << static_cast<long long>(status.seconds_left / 60) << " minutes left";
  std::cout << "\n";
  for (const PartStatus& part : status.parts) {
    if (part.state == PartState::kRunning)
      std::cout << "part " << part.part << " runs on " << printable(part.worker) << ", frame " << part.frames_done
                << " of " << part.frames << "\n";
    if (part.state == PartState::kFailed)
      std::cout << "part " << part.part << " failed: " << printable(part.reason) << "\n";
  }
}

}  // namespace

void add_part_command(CLI::App& program, const CancelToken& cancel, int& exit_code) {
  auto request = std::make_shared<PartRequest>();
  CLI::App* command =
      program.add_subcommand("part", "Make parts of a planned film; nothing of those that are there already");
  command->add_option("DIR", request->folder, "The plan's folder")->required();
  command->add_option("NUMBER", request->numbers, "Which parts, from 0")->required();
  request->own.run.device.clear();
  declare(*command, "device", request->own)->description("Another device than planned")->default_str("");
  declare(*command, "threads", request->own);
  declare(*command, call_option_named("progress"), request->call);
  command->callback([request, &cancel, &exit_code] { exit_code = make(*request, cancel); });
}

void add_join_command(CLI::App& program, const CancelToken& cancel, int& exit_code) {
  auto request = std::make_shared<JoinRequest>();
  CLI::App* command = program.add_subcommand("join", "Put the parts of a planned film together");
  command->add_option("DIR", request->folder, "The plan's folder")->required();
  command->add_option("-o,--output", request->output, "Another output than planned, of the same kind")
      ->type_name("FILE");
  command->add_flag("-y", request->overwrite, "Overwrite the output and the report");
  command->add_option("--report", request->report, "Write a JSON report of what was done")->type_name("FILE");
  command->callback([request, &cancel, &exit_code] { exit_code = join(*request, cancel); });
}

void add_status_command(CLI::App& program) {
  auto folder = std::make_shared<std::string>();
  auto as_json = std::make_shared<bool>(false);
  CLI::App* command = program.add_subcommand("status", "How far the parts of a planned film are");
  command->add_option("DIR", *folder, "The plan's folder")->required();
  command->add_flag("--json", *as_json, "For machines");
  command->callback([folder, as_json] {
    const FilmStatus status = status_of(*folder, load_plan(*folder));
    if (*as_json) {
      std::cout << to_json(status).dump(2, ' ', true, nlohmann::ordered_json::error_handler_t::replace) << "\n";
    } else {
      print(status);
    }
  });
}

}  // namespace reelface
