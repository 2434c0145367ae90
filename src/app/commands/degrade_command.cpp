// SPDX-License-Identifier: Apache-2.0
#include "app/commands/degrade_command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "app/command_options.h"
#include "app/command_paths.h"
#include "app/progress_display.h"
#include "core/clock.h"
#include "evidence/degrade_video.h"
#include "evidence/truth_folder.h"
#include "media/write/media_files.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

struct DegradeRequest {
  std::string input;
  std::string output;
  std::string preset;
  std::vector<std::string> settings;
  std::uint64_t seed = 1;
  DegradeOptions options;
  RestoreOptions shared;  ///< the options that `restore` has as well
};

std::string preset_names() {
  std::string text;
  for (const RecipePreset& preset : recipe_presets()) text += (text.empty() ? "" : ", ") + preset.name;
  return text;
}

/// "  name" up to the column where explanations start.
std::string indented(const std::string& name) {
  constexpr std::size_t kColumn = 18;
  std::string line = "  " + name;
  line.resize(std::max(line.size() + 1, kColumn), ' ');
  return line;
}

std::string presets_help() {
  std::string text = "Presets:\n";
  for (const RecipePreset& preset : recipe_presets()) {
    const std::string settings = describe(recipe_named(preset.name));
    text += indented(preset.name) + preset.meaning + "\n" + indented("") + settings.substr(0, settings.find(" seed=")) +
            "\n";
  }
  return text;
}

std::string effects_help() {
  std::ostringstream text;
  text << "Effects for --set, with their range and [what they are unless the preset or you set them]:\n";
  for (const RecipeSetting& setting : recipe_settings()) {
    text << indented(setting.key) << setting.meaning << " (" << setting.lowest << " to " << setting.highest << ") ["
         << recipe_value(DegradeRecipe(), setting.key) << "]\n";
  }
  return text.str();
}

constexpr const char* kDegradeExamples =
    "Examples:\n"
    "  reelface degrade clean.mkv old.mkv --preset film                   an old print of it\n"
    "  reelface degrade clean.mkv old.mkv --preset film --set scratches=0 the same without scratches\n"
    "  reelface degrade clean.mkv poor.mp4 --set blur=2.5 --set noise=8   two effects and nothing else\n"
    "  reelface compare poor.mp4 --reference clean.mkv                    how bad it has become\n";

void finish_request(DegradeRequest& request) {
  DegradeRecipe& recipe = request.options.recipe;
  if (!request.preset.empty()) recipe = recipe_named(request.preset);
  for (const std::string& setting : request.settings) apply_setting(recipe, setting);
  recipe.seed = request.seed;
  check_ranges(request.shared);
  request.options.write = request.shared.write;
  request.options.any_format = request.shared.read.any_format;
  request.options.threads = request.shared.run.threads;
  if (request.preset.empty() && request.settings.empty()) {
    throw Error(ExitCode::kUsage, "nothing says how the film shall be degraded",
                "give --preset " + preset_names() + ", or --set noise=8");
  }
}

void add_options(CLI::App& command, DegradeRequest& request) {
  RestoreOptions& shared = request.shared;
  command.add_option("-i,--input,INPUT", request.input, "A good film or picture")->type_name("FILE")->required();
  command.add_option("-o,--output,OUTPUT", request.output, "Where the bad copy goes")->type_name("FILE")->required();
  command.add_option("--preset", request.preset, "A mix of effects: " + preset_names())->type_name("NAME");
  command.add_option("--set", request.settings, "One effect, over the preset's; may be repeated")
      ->type_name("KEY=NUMBER")
      ->expected(1)
      ->take_all();
  command
      .add_option("--truth", request.options.truth_folder,
                  "Write there what was done to each frame: mask.mkv, white where dirt, scratches and the like are, "
                  "and truth.jsonl")
      ->type_name("FOLDER");
  command.add_option("--seed", request.seed, "Another seed, other grain and scratches; the same seed, the same film")
      ->capture_default_str();
  declare(command, "video-codec", shared)->default_str("libx264");
  declare(command, "crf", shared)->default_str("the preset's");
  for (const char* name : {"bit-rate", "pix-fmt", "e"}) declare(command, name, shared);
  declare(command, "y", shared)->description("Overwrite the output");
  for (const char* name : {"drop-unsupported", "any-format", "threads"}) declare(command, name, shared);
  command.footer(presets_help() + "\n" + effects_help() + "\n" + kDegradeExamples);
}

CommandPaths paths_of(const DegradeRequest& request) {
  CommandPaths paths;
  add_input_files(paths.read, "the input", request.input);
  for (std::string& file : output_files(request.output, request.options.write.container))
    paths.written.push_back({"the output", std::move(file)});
  if (std::filesystem::exists(request.options.truth_folder)) {  // else nothing in it can be replaced
    for (std::string& file : truth_files(request.options.truth_folder))
      paths.written.push_back({"the truth", std::move(file)});
  }
  paths.overwrite = request.options.write.overwrite;
  return paths;
}

void degrade(DegradeRequest& request, const CancelToken& cancel) {
  finish_request(request);
  check_paths(paths_of(request));
  ProgressDisplay display(ProgressStyle::kAuto, stderr);
  RestoreProgress last;
  const Stopwatch watch;
  const auto on_frame = [&](std::int64_t done, std::int64_t expected) {
    last = {done, expected, 0, watch.seconds()};
    display.show(last);
  };
  degrade_video(request.input, request.output, request.options, on_frame, &cancel);
  display.finish(last);
}

}  // namespace

void add_degrade_command(CLI::App& program, const CancelToken& cancel, int& exit_code) {
  auto request = std::make_shared<DegradeRequest>();
  CLI::App* command = program.add_subcommand("degrade", "Make a bad copy of a good film, to test restoration with");
  add_options(*command, *request);
  command->callback([request, &cancel, &exit_code] {
    degrade(*request, cancel);
    exit_code = 0;
  });
}

}  // namespace reelface
