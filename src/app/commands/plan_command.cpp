// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <cmath>
#include <iostream>
#include <memory>
#include <optional>

#include "app/command_options.h"
#include "app/command_paths.h"
#include "app/commands/parts_commands.h"
#include "app/commands/restore_request.h"
#include "app/plan_text.h"
#include "app/progress_display.h"
#include "app/used_settings.h"
#include "core/shell_quoted.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "reelface/parts/film_parts.h"

namespace reelface {
namespace {

struct PlanRequest {
  RestoreRequest restore;
  std::string folder;
  std::optional<std::int64_t> count;
  bool estimate = false;
};

PartSizes sizes_of(const PlanRequest& request) {
  const std::optional<double>& seconds = request.restore.call.part_seconds;
  if (request.count && seconds)
    throw Error(ExitCode::kUsage, "--parts and --part-length exclude each other", "give one of them");
  PartSizes sizes;
  sizes.count = request.count;
  if (seconds) sizes.seconds = *seconds;
  return sizes;
}

/// Frames that are worked on more than once, in per cent of the film's.
int warm_up_percent(const FilmPlan& plan) {
  std::int64_t frames = 0;
  for (const PlannedPart& part : plan.parts) frames += part.read_to - part.read_from - part.frames();
  return static_cast<int>((100 * frames + plan.frames - 1) / plan.frames);
}

void show(const FilmPlan& plan, const std::string& folder) {
  for (const std::string& warning : plan.warnings) log_warning(printable(warning));
  const std::string shown = shell_quoted(folder);
  std::cout << plan.frames << " frames, " << plan.seconds << " s, in " << plan.parts.size() << " parts (0 to "
            << plan.parts.size() - 1 << "), warm-ups: " << warm_up_percent(plan) << " % more frames to look at\n"
            << "make each:  reelface part " << shown << " NUMBER\n"
            << "then:       reelface join " << shown << "\n";
}

std::string duration(double seconds) {
  const long long whole = std::llround(seconds);
  if (whole < 120) return std::to_string(whole) + " s";
  const long long minutes = (whole + 30) / 60;
  if (minutes < 120) return std::to_string(minutes) + " min";
  return std::to_string(minutes / 60) + " h " + std::to_string(minutes % 60) + " min";
}

void show(const CostEstimate& cost, const FilmPlan& plan) {
  const double each = cost.seconds_of_all_parts / static_cast<double>(plan.parts.size());
  std::cout << "cost:       about " << duration(cost.seconds_of_all_parts) << " of one machine like this ("
            << cost.device << "), " << plan.parts.size() << " parts of " << duration(each) << "; "
            << duration(cost.start_seconds) << " of each are start and warm-up\n";
}

/// The output is written by whoever joins the parts, and asked for then.
CommandPaths paths_of(const PlanRequest& request) {
  const RestoreOptions& options = request.restore.options;
  CommandPaths paths{files_read(request.restore), files_written(options), options.write.overwrite};
  for (PathUse& output : paths.written) output.may_exist = true;
  return paths;
}

void plan(const PlanRequest& request, const CancelToken& cancel) {
  check_answers(request.restore);
  check_options(request.restore.options, request.restore.call);
  check_paths(paths_of(request));
  ProgressDisplay display(request.restore.call.progress, stderr);
  RestoreProgress last;
  const auto on_progress = [&](const RestoreProgress& progress) {
    last = progress;
    display.show(progress);
  };
  const FilmPlan plan = plan_film(request.restore.options, sizes_of(request), request.folder, on_progress, &cancel);
  display.finish(last);
  show(plan, request.folder);
  std::cout << "\n" << steps_text(plan_restore(request.restore.options));
  if (request.estimate) show(estimate_cost(request.folder, plan, request.restore.options, &cancel), plan);
}

}  // namespace

void add_plan_command(CLI::App& program, const CancelToken& cancel, int& exit_code) {
  auto request = std::make_shared<PlanRequest>();
  CLI::App* command =
      program.add_subcommand("plan", "Divide a film into parts that many processes or machines can make");
  RestoreRequest& restore = request->restore;
  declare_all(*command, restore.options, restore.call, {"Files", "Show"});
  auto* group = command->add_option_group("Parts");
  group->add_option("--folder", request->folder, "Where the plan and the parts go")->required()->type_name("DIR");
  group->add_option("--parts", request->count, "So many parts")->type_name("N");
  declare(*group, call_option_named("part-length"), restore.call)->description("Parts of about this length");
  group->add_flag("--estimate", request->estimate, "Restore a few seconds for trial and tell what the whole costs");
  command->callback([request, command, &cancel, &exit_code] {
    take_settings(*command, request->restore.options, request->restore.call);
    plan(*request, cancel);
    exit_code = 0;
  });
}

}  // namespace reelface
