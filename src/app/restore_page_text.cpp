// SPDX-License-Identifier: Apache-2.0
#include "app/restore_page_text.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>

#include "app/strength_reasons.h"
#include "core/spelled_number.h"
#include "pipeline/values/enlarging.h"
#include "reelface/core/log.h"
#include "reelface/inference/model_store.h"
#include "reelface/restore/model_choice.h"
#include "reelface/restore/option_table.h"
#include "reelface/version.h"

namespace reelface {
namespace {

std::string file_name(const std::string& path) {
  return path == "-" ? "a pipe" : printable(std::filesystem::path(path).filename().string());
}

std::string file_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Markdown as plain paragraphs: lines joined again, marks of emphasis and headings gone.
std::string plain_text(const std::string& markdown) {
  std::istringstream lines(markdown);
  std::string text;
  for (std::string line; std::getline(lines, line);) {
    for (std::size_t mark; (mark = line.find("**")) != std::string::npos;) line.erase(mark, 2);
    const std::size_t start = line.find_first_not_of(" \t");
    line.erase(0, std::min(start, line.size()));
    const bool is_heading = line.rfind("# ", 0) == 0, is_item = line.rfind("- ", 0) == 0;
    const bool continues = !line.empty() && !is_heading && !is_item && !text.empty() && text.back() != '\n';
    text += continues ? " " : text.empty() ? "" : "\n";
    text += is_heading ? line.substr(2) + "\n" : is_item ? "• " + line.substr(2) : line;
  }
  return text;
}

/// The card that lies beside the weights; for others what the manifest knows. The hash says which weights they were.
std::string model_card(const std::string& model) {
  const std::optional<std::string> path = ModelStore::from_environment().find(model);
  if (!path) return "";
  std::string card = file_text(std::filesystem::path(*path).parent_path() / (model + ".md"));
  if (card.empty()) {
    card = model + "\n";
    for (const ModelInfo& known : known_models()) {
      if (known.name == model) card += known.description + "\nLicence: " + known.licence + "\n";
    }
  }
  return plain_text(card) + "\n\nFile: " + file_name(*path) + "\nSHA-256: " + sha256_of_file(*path);
}

std::string counted(std::int64_t count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

std::string sentence(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  if (!text.empty() && text.back() != '.') text += '.';
  return text;
}

/// Why the strength was not more, most often.
std::string main_reason(const RestoreReport& report) {
  const std::string reason = usual_reason(report.faces.held_back);
  return reason.empty() ? "of the network's result" : "held back: " + reason_in_words(reason);
}

void add_headlines(ReportData& data, const RestoreReport& report) {
  const std::int64_t frames = report.output.frames;
  data.headlines.push_back({"Frames", std::to_string(frames), "", "as in the input", ReportTone::kPlain});
  data.headlines.push_back({"Faces followed", std::to_string(report.tracks.size()), "",
                            "restored " + counted(report.faces.restored, "time"), ReportTone::kPlain});
  double strength = 0;
  for (const TrackReport& track : report.tracks) strength += track.mean_strength * static_cast<double>(track.frames);
  const std::int64_t seen = report.faces.seen, failed = report.faces.failed;
  if (seen > 0) {
    data.headlines.push_back({"Mean strength", fixed_spelled(100 * strength / static_cast<double>(seen), 0) + " %", "",
                              main_reason(report), ReportTone::kPlain});
  }
  if (report.run.wall_seconds > 0) {
    data.headlines.push_back({"Speed", fixed_spelled(static_cast<double>(frames) / report.run.wall_seconds, 1), "",
                              "frames a second", ReportTone::kPlain});
  }
  const bool is_whole = !report.damage.any() && failed == 0;
  data.headlines.push_back({"Trouble", is_whole ? "none" : std::to_string(report.damage.damaged_frames + failed), "",
                            is_whole ? "no damage, no failure" : "damaged frames and failed faces",
                            is_whole ? ReportTone::kPlain : ReportTone::kBad});
}

void add_row(ReportTable& table, const std::string& name, const std::string& value) {
  table.rows.push_back({{name}, {value}});
}

/// What was asked for that is not usual, and what came of it.
ReportTable settings_table(const RestoreOptions& options, const RestoreReport& report) {
  ReportTable table{"Settings", "All others are as usual.", {"What", "Value"}, {}};
  add_row(table, "Model", options.model.model + (report.model.empty() ? "" : ": " + report.model));
  const SpelledOptions given = spelled_options(options), usual = spelled_options({});
  for (const Option& row : option_table()) {
    const auto texts = given.find(row.name), as_usual = usual.find(row.name);
    if (row.type == OptionType::kModel || texts == given.end()) continue;
    if (as_usual != usual.end() && as_usual->second == texts->second) continue;
    std::string value;
    for (const std::string& text : texts->second) value += (value.empty() ? "" : ", ") + printable(text);
    add_row(table, row.dashed(), value.empty() ? "on" : value);
  }
  const WritePlan& plan = report.plan;
  add_row(table, "Written as",
          plan.encoder + ", " + plan.pixel_format + ", " + std::to_string(plan.width) + " × " +
              std::to_string(plan.height) + ", " + plan.container);
  add_row(table, "Streams copied", std::to_string(report.output.packets_copied) + " packets, bit for bit");
  return table;
}

std::string change_in_words(double before, double after, int decimals, const char* unit) {
  return fixed_spelled(before, decimals) + " → " + fixed_spelled(after, decimals) + unit;
}

ReportTable faces_table(const RestoreReport& report) {
  ReportTable table{"Faces",
                    "Held back: frames in which something kept the strength down most.",
                    {"Face", "Frames", "Size, px", "Restored", "Strength", "Held back", "Trembling before → after"},
                    {}};
  const bool shows_light = std::any_of(report.tracks.begin(), report.tracks.end(),
                                       [](const TrackReport& track) { return track.light.measured > 0; });
  if (shows_light) table.columns.emplace_back("Brightness of the skin, of 255, before → after");
  for (const TrackReport& track : report.tracks) {
    std::string reasons;
    for (const auto& [reason, count] : track.held_back) {
      reasons += (reasons.empty() ? "" : ", ") + reason_in_words(reason) + " " + std::to_string(count);
    }
    table.rows.push_back(
        {{std::to_string(track.id)},
         {std::to_string(track.first_frame) + "–" + std::to_string(track.last_frame)},
         {fixed_spelled(track.mean_size_px, 0), ReportTone::kPlain, true},
         {std::to_string(track.restored) + " of " + std::to_string(track.frames), ReportTone::kPlain, true},
         {fixed_spelled(100 * track.mean_strength, 0) + " %", ReportTone::kPlain, true},
         {reasons.empty() ? "–" : reasons, ReportTone::kMuted},
         {change_in_words(track.jitter_before_percent, track.jitter_after_percent, 2, " %"), ReportTone::kPlain,
          true}});
    const LightReport& light = track.light;
    if (shows_light)
      table.rows.back().push_back(
          {light.measured > 0 ? change_in_words(255 * light.before, 255 * light.after, 0, "") : "–", ReportTone::kPlain,
           true});
  }
  return table;
}

void add_warnings(ReportData& data, const RestoreReport& report) {
  for (const std::string& warning : report.warnings) data.warnings.push_back(sentence(printable(warning)));
  if (report.degraded) {
    data.warnings.push_back("The input is damaged: " + std::to_string(report.damage.damaged_frames) +
                            " frames were passed on as the decoder concealed them.");
  }
  if (report.interrupted) data.warnings.push_back("The run was stopped; this is about the frames until then.");
}

std::string what_was_done(const RestoreOptions& options) {
  const FilmSteps film = film_steps(options.film);
  std::string done;
  const auto add = [&done](bool is_on, const std::string& what) {
    if (is_on) done += (done.empty() ? "" : ", ") + what;
  };
  add(film.fill_bottom, "bottom lines filled");
  add(film.steady, "steadied");
  add(film.even, "evened");
  add(film.align_colour, "colours aligned");
  add(film.repair != RepairKinds::kNone, "repaired");
  add(!film.clean.is_off(), "cleaned");
  add(film.levels, "levels restored");
  add(film.keep_screens, "shared screens left as they are");
  add(film.light, "people in bad light brightened");
  add(may_resize(options.enlarge), "enlarged");
  add(model_choice(options.model.model) == ModelChoice::kRestorer, "faces restored with " + options.model.model);
  return done.empty() ? "nothing was changed" : done;
}

}  // namespace

std::string in_words(const TrackReport& track) {
  const std::string first = std::to_string(track.first_frame), last = std::to_string(track.last_frame);
  std::string text = (first == last ? "Frame " + first : "Frames " + first + " to " + last) + ", about " +
                     fixed_spelled(track.mean_size_px, 0) + " pixels wide, restored in " +
                     std::to_string(track.restored) + " of " + counted(track.frames, "frame") + ".";
  if (track.failed > 0) text += " The network failed in " + std::to_string(track.failed) + ".";
  return text;
}

ReportData restore_page_text(const RestoreOptions& options, const RestoreReport& report) {
  ReportData data;
  const VideoInfo& video = report.input.video;
  data.title = file_name(report.output.path);
  data.subtitle = sentence(what_was_done(options)) + " From " + file_name(report.input.path) + ": " +
                  counted(report.output.frames, "frame") + ", " + std::to_string(video.width) + " × " +
                  std::to_string(video.height) + ", " + video.codec + ", " + video.layout.name;
  add_warnings(data, report);
  add_headlines(data, report);
  if (!report.tracks.empty()) data.tables.push_back(faces_table(report));
  data.tables.push_back(settings_table(options, report));
  for (const StageStatistics& stage : report.run.stages) data.timings.push_back({stage.name, stage.busy_seconds});
  data.timing_note = counted(report.run.frames, "frame") + " in " + fixed_spelled(report.run.wall_seconds, 1) +
                     " s. Stages run side by side: their times add up over threads.";
  data.model_card = model_card(options.model.model);
  data.footer = std::string("Written by reelface ") + kVersion +
                ". A restored face is a reconstruction, not evidence of what "
                "the camera saw.";
  return data;
}

}  // namespace reelface
