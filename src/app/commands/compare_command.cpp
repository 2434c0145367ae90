// SPDX-License-Identifier: Apache-2.0
#include "app/commands/compare_command.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <optional>
#include <string>

#include "app/command_options.h"
#include "app/command_paths.h"
#include "app/progress_display.h"
#include "core/clock.h"
#include "core/whole_file.h"
#include "evidence/compare_videos.h"
#include "evidence/comparison_output.h"
#include "evidence/truth_folder.h"
#include "inference/load_models.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "reelface/inference/model_store.h"
#include "report/html_report.h"

namespace reelface {
namespace {

struct CompareRequest {
  CompareOptions options;
  RestoreOptions shared;  ///< the options that `restore` has as well
  std::string tracks;
  std::string faces = "auto";
  std::string json, csv, html;
  CallOptions call;  ///< likewise: how progress is shown
};

/// A file that a report is written into while the films run, if one was asked for.
std::optional<WholeFile> report_file(const std::string& path, bool overwrite) {
  if (path.empty()) return std::nullopt;
  return std::optional<WholeFile>(std::in_place, path, replacing(overwrite));
}

std::shared_ptr<FaceRegions> face_regions(const CompareRequest& request) {
  if (!request.tracks.empty()) return read_face_regions(request.tracks);
  if (request.faces == "off") return nullptr;
  std::shared_ptr<FaceDetector> detector;
  try {
    detector = load_face_detector(ModelStore::from_environment().path_of("spotter"), DetectorOptions{});
  } catch (const Error& error) {
    log_warning(std::string("faces are not measured by themselves: ") + error.what());
    return nullptr;
  }
  return detect_face_regions([detector](RgbView8 picture) { return detector->detect({picture}).front(); });
}

/// Its parameters are not ours to embed; who wants NIQE pulls them once.
std::shared_ptr<const NiqeModel> niqe_model() {
  const std::optional<std::string> path = ModelStore::from_environment().find("niqe");
  return path ? std::make_shared<const NiqeModel>(read_niqe_model(*path)) : nullptr;
}

std::shared_ptr<const FaceDescriptor> descriptor() {
  try {
    return load_face_descriptor(ModelStore::from_environment().path_of("descriptor"));
  } catch (const Error& error) {
    log_warning(std::string("it is not measured whether faces stay themselves: ") + error.what());
    return nullptr;
  }
}

CommandPaths paths_of(const CompareRequest& request) {
  CommandPaths paths;
  add_input_files(paths.read, "the restored film", request.options.restored);
  add_input_files(paths.read, "the clean film", request.options.reference);
  add_input_files(paths.read, "the input", request.options.input);
  paths.read.push_back({"the file of tracks", request.tracks});
  add_models(paths.read);
  if (!request.options.truth.empty()) paths.read.push_back({"the truth", truth_files(request.options.truth)[0]});
  paths.written = {{"the summary", request.json}, {"the table", request.csv}, {"the page", request.html}};
  paths.overwrite = request.shared.write.overwrite;
  return paths;
}

void compare(CompareRequest& request, const CancelToken& cancel) {
  CompareOptions& options = request.options;
  check_ranges(request.shared);
  options.any_format = request.shared.read.any_format;
  options.threads = request.shared.run.threads;
  check_paths(paths_of(request));
  options.faces = face_regions(request);
  if (options.measures == MeasureSet::kAll) options.niqe = niqe_model();
  if (options.measures == MeasureSet::kAll && options.faces) options.descriptor = descriptor();
  options.keep_pictures = !request.html.empty();
  const bool has_input = !options.input.empty();
  std::optional<WholeFile> csv = report_file(request.csv, request.shared.write.overwrite);
  std::optional<WholeFile> json = report_file(request.json, request.shared.write.overwrite);
  if (csv) {
    csv->write(csv_heading(has_input));
    options.on_row = [&](const ComparisonRow& row) { csv->write(csv_line(row, has_input)); };
  }
  ProgressDisplay display(request.call.progress, stderr);
  RestoreProgress last;
  const Stopwatch watch;
  options.on_progress = [&](std::int64_t done, std::int64_t expected) {
    last = {done, expected, 0, watch.seconds()};
    display.show(last);
  };
  const Comparison comparison = compare_videos(options, &cancel);
  display.finish(last);

  for (const std::string& warning : comparison.warnings) log_warning(warning);
  if (json) {
    json->write(comparison_json(comparison));
    json->commit();
  }
  if (csv) csv->commit();
  if (!request.html.empty())
    write_html_report(request.html, comparison_report(comparison), request.shared.write.overwrite);
  std::cout << comparison_table(comparison);
}

std::string measures_help() {
  std::string text = "Measures, and what is better:\n";
  for (const MeasureLine& line : measure_lines()) {
    std::string entry = std::string("  ") + spelled(line.better);
    entry.resize(10, ' ');
    text += entry + line.title + (*line.unit ? std::string(", ") + line.unit : "") + "\n";
  }
  return text +
         "Those of faces need a face in the clean film, NIQE needs `reelface models pull niqe`; those without a clean\n"
         "film are taken against the input. Damage mended and whole samples changed need --truth.\n";
}

constexpr const char* kCompareExamples =
    "Examples:\n"
    "  reelface compare new.mkv --reference clean.mkv                  how near it is to the clean film\n"
    "  reelface compare new.mkv --reference clean.mkv --input old.mkv  and what restoring has gained\n"
    "  reelface compare new.mkv --reference clean.mkv --input old.mkv --truth truth   and of damage made by degrade\n"
    "  reelface compare new.mkv --input old.mkv                        no clean film: how steady, how much changed\n"
    "  reelface compare new.mkv --reference clean.mkv --html page.html pictures to look at, charts over time\n";

void add_options(CLI::App& command, CompareRequest& request) {
  CompareOptions& options = request.options;
  command.add_option("RESTORED", options.restored, "The restored film")->required();
  command
      .add_option("--reference,REFERENCE", options.reference, "The clean film it should look like, where there is one")
      ->type_name("CLEAN");
  command.add_option("--input", options.input, "What it was restored from; measured as well, or alone")
      ->type_name("DEGRADED");
  command
      .add_option("--truth", options.truth,
                  "What `degrade --truth` wrote of the input: damage mended and whole samples changed are measured")
      ->type_name("FOLDER");
  command.add_option("--json", request.json, "Write the summary")->type_name("FILE");
  command.add_option("--csv", request.csv, "Write every frame's measures")->type_name("FILE");
  command.add_option("--html", request.html, "Write a page with pictures and charts")->type_name("FILE");
  declare(command, "y", request.shared)->description("Overwrite the files of --json, --csv and --html");
  command.add_option("--tracks", request.tracks, "Where faces are: what `reelface analyze` printed for the clean film")
      ->type_name("FILE");
  command.add_option("--faces", request.faces, "auto: look for faces in the clean film; off: whole pictures only")
      ->type_name("auto|off")
      ->check(CLI::IsMember({"auto", "off"}).description(""))
      ->capture_default_str();
  command
      .add_option_function<std::string>(
          "--measures",
          [&options](const std::string& word) {
            options.measures = word == "basic" ? MeasureSet::kBasic : MeasureSet::kAll;
          },
          "all; basic: PSNR and SSIM only, many times faster")
      ->type_name("all|basic")
      ->check(CLI::IsMember({"all", "basic"}).description(""))
      ->default_str("all");
  declare(command, "any-format", request.shared);
  declare(command, "threads", request.shared);
  declare(command, call_option_named("progress"), request.call);
  command.footer(measures_help() + "\n" + kCompareExamples);
}

}  // namespace

void add_compare_command(CLI::App& program, const CancelToken& cancel, int& exit_code) {
  auto request = std::make_shared<CompareRequest>();
  CLI::App* command = program.add_subcommand(
      "compare", "Measure a restored film against the clean one, or against what it was made from");
  add_options(*command, *request);
  command->callback([request, &cancel, &exit_code] {
    compare(*request, cancel);
    exit_code = 0;
  });
}

}  // namespace reelface
