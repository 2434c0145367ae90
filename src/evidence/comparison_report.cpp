// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>

#include "core/spelled_number.h"
#include "evidence/comparison_output.h"
#include "evidence/report_pictures.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

constexpr int kCropQuality = 84;

std::string file_name(const std::string& path) {
  return printable(std::filesystem::path(path).filename().string());
}

/// Good where the change is in the right direction and can be seen in the figures shown.
ReportTone tone_of(const MeasureLine& line, double restored, double input) {
  const double least = 0.5 * std::pow(10, -line.digits);
  double gain = restored - input;
  if (line.better == Better::kLower) gain = -gain;
  if (line.better == Better::kNearOne) gain = std::fabs(input - 1) - std::fabs(restored - 1);
  if (!(std::fabs(gain) > least)) return ReportTone::kPlain;
  return gain > 0 ? ReportTone::kGood : ReportTone::kBad;
}

const MeasureLine& line_of(const std::string& key) {
  for (const MeasureLine& line : measure_lines()) {
    if (line.key == key) return line;
  }
  return measure_lines().front();
}

void add_headline(ReportData& data, const Comparison& comparison, const std::string& key, const std::string& label) {
  const MeasureLine& line = line_of(key);
  const double restored = comparison.restored.*line.value;
  if (std::isnan(restored)) return;
  ReportHeadline headline{label, fixed_spelled(restored, line.digits), "", "", ReportTone::kPlain};
  if (std::string(line.unit) == "dB") headline.value += " dB";
  if (comparison.input && !std::isnan((*comparison.input).*line.value)) {
    const double input = (*comparison.input).*line.value;
    headline.change = change_spelled(restored - input, line.digits);
    headline.detail = "input " + fixed_spelled(input, line.digits);
    headline.tone = tone_of(line, restored, input);
  }
  data.headlines.push_back(std::move(headline));
}

void add_headlines(ReportData& data, const Comparison& comparison) {
  const bool has_faces = !std::isnan(comparison.restored.face_psnr);
  if (!comparison.has_reference) {
    add_headline(data, comparison, "face_jitter", "Trembling of faces, % of width");
    add_headline(data, comparison, has_faces ? "face_warping_error" : "warping_error", "Warping error ×10⁻⁴");
    add_headline(data, comparison, "flicker", "Flicker, still parts");
    add_headline(data, comparison, "face_psnr", "PSNR of the faces to the input");
    return;
  }
  add_headline(data, comparison, has_faces ? "face_psnr" : "psnr_luma", has_faces ? "Faces, PSNR" : "PSNR");
  add_headline(data, comparison, has_faces ? "face_ssim" : "ssim", has_faces ? "Faces, SSIM" : "SSIM");
  add_headline(data, comparison, has_faces ? "face_sharpness" : "sharpness",
               has_faces ? "Faces, sharpness" : "Sharpness");
  add_headline(data, comparison, has_faces ? "face_warping_error" : "warping_error", "Warping error ×10⁻⁴");
  add_headline(data, comparison, "flicker", "Flicker, still parts");
}

void add_pictures(ReportData& data, const Comparison& comparison) {
  for (const ComparedPictures& kept : comparison.pictures) {
    ReportPair pair;
    const std::string frame = "frame " + std::to_string(kept.frame);
    const bool is_face = kept.track >= 0;
    const bool is_named = !kept.why.empty();
    pair.title = is_face ? kept.why : is_named ? kept.why + " frame" : "Frame " + std::to_string(kept.frame);
    pair.caption = is_face ? "where it is first seen, " + frame : is_named ? frame : "";
    pair.after = report_image(kept.restored);
    const ReportImage clean = report_image(kept.reference);
    if (kept.input) {
      pair.before = report_image(*kept.input);
      pair.reference = clean;
    } else if (!comparison.has_reference) {
      pair.before = clean;  // that is the input
    } else {                // nothing to show before: the clean film is held against the result
      pair.before = pair.after;
      pair.after = clean;
      pair.before_label = "Restored";
      pair.after_label = "Clean";
    }
    data.pairs.push_back(std::move(pair));
  }
}

void add_faces(ReportData& data, const Comparison& comparison) {
  std::map<std::int64_t, ReportTrack> tracks;
  for (const ComparedPictures& kept : comparison.crops) {
    ReportTrack& track = tracks[kept.track];
    track.title = "Face " + std::to_string(kept.track);
    track.before_label = kept.input || !comparison.has_reference ? "input" : "clean";
    track.after_label = "restored";
    track.crops.push_back({"frame " + std::to_string(kept.frame),
                           report_image(kept.input ? *kept.input : kept.reference, kCropQuality),
                           report_image(kept.restored, kCropQuality)});
  }
  for (auto& [id, track] : tracks) data.tracks.push_back(std::move(track));
}

/// How often and how large each face is, under its name.
void add_face_facts(ReportData& data, const Comparison& comparison) {
  for (std::size_t i = 0; i < comparison.face_series.tracks.size(); ++i) {
    const std::string title = "Face " + std::to_string(comparison.face_series.tracks[i]);
    double sum = 0, lowest = INFINITY;
    int count = 0;
    for (const double value : comparison.face_series.psnr.column(i)) {
      if (!std::isfinite(value)) continue;
      sum += value;
      lowest = std::min(lowest, value);
      ++count;
    }
    if (count == 0) continue;
    for (ReportTrack& track : data.tracks) {
      if (track.title != title) continue;
      track.caption = "PSNR " + fixed_spelled(sum / count, 2) + " dB on average, " + fixed_spelled(lowest, 2) +
                      " at its worst. Press a picture to see it large.";
    }
  }
}

void add_face_chart(ReportData& data, const Comparison& comparison) {
  const FaceSeries& faces = comparison.face_series;
  if (faces.tracks.size() < 2) return;  // the mean over the faces shows the same
  ReportChart chart{"PSNR of each face",  "dB", "Restored; higher is closer to the clean film.", faces.psnr.frames(),
                    faces.psnr.seconds(), {}};
  constexpr ReportRole kRoles[] = {ReportRole::kRestored, ReportRole::kInput, ReportRole::kReference,
                                   ReportRole::kOther};
  for (std::size_t i = 0; i < faces.tracks.size(); ++i) {
    chart.series.push_back(
        {"face " + std::to_string(faces.tracks[i]), kRoles[std::min<std::size_t>(i, 3)], faces.psnr.column(i)});
  }
  data.charts.push_back(std::move(chart));
}

void add_chart(ReportData& data, const Comparison& comparison, SeriesColumn column, const std::string& title,
               const std::string& unit, const std::string& note) {
  const auto index = static_cast<std::size_t>(column), columns = static_cast<std::size_t>(SeriesColumn::kCount);
  ReportChart chart{title, unit, note, comparison.series.frames(), comparison.series.seconds(), {}};
  chart.series.push_back({"restored", ReportRole::kRestored, comparison.series.column(index)});
  if (comparison.input)
    chart.series.push_back({"input", ReportRole::kInput, comparison.series.column(columns + index)});
  for (const double value : chart.series[0].values) {
    if (!std::isfinite(value)) continue;
    data.charts.push_back(std::move(chart));
    return;
  }
}

void add_identity_chart(ReportData& data, const Comparison& comparison) {
  if (comparison.identities.empty()) return;
  const BoundedSeries& series = comparison.identity_series;
  ReportChart chart{"Distance of the faces from themselves",
                    "",
                    "Lower is more alike; above 0.6 it is somebody else.",
                    series.frames(),
                    series.seconds(),
                    {}};
  chart.series.push_back({"restored", ReportRole::kRestored, series.column(0)});
  if (comparison.input && comparison.has_reference) {
    chart.series.push_back({"input", ReportRole::kInput, series.column(1)});
  }
  data.charts.push_back(std::move(chart));
}

/// Who is how far from himself, face by face.
void add_identity_table(ReportData& data, const Comparison& comparison) {
  if (comparison.identities.empty()) return;
  ReportTable table;
  table.title = "Faces and people";
  table.note = "Distance of each face from itself in the " +
               std::string(comparison.has_reference ? "clean film" : "input") +
               "; faces of one person have one number. Above 0.6 it is somebody else.";
  const bool has_input = comparison.input && comparison.has_reference;
  table.columns = {"Face", "Person"};
  if (has_input) table.columns.emplace_back("Input");
  table.columns.emplace_back("Restored");
  for (const FaceIdentity& face : comparison.identities) {
    std::vector<ReportCell> row = {{"Face " + std::to_string(face.track)}, {std::to_string(face.person)}};
    if (has_input) row.push_back({fixed_spelled(face.input, 3), ReportTone::kPlain, true});
    row.push_back({fixed_spelled(face.restored, 3), ReportTone::kPlain, true});
    table.rows.push_back(std::move(row));
  }
  data.tables.push_back(std::move(table));
}

void add_charts(ReportData& data, const Comparison& comparison) {
  const std::string higher = comparison.has_reference ? "Higher is closer to the clean film."
                                                      : "Higher is nearer to the input.",
                    lower = "Lower is steadier.";
  add_chart(data, comparison, SeriesColumn::kFacePsnr, "PSNR of the faces", "dB", higher);
  add_chart(data, comparison, SeriesColumn::kFaceSsim, "SSIM of the faces", "", higher);
  add_face_chart(data, comparison);
  add_identity_chart(data, comparison);
  add_chart(data, comparison, SeriesColumn::kPsnr, "PSNR of the whole picture", "dB", higher);
  add_chart(data, comparison, SeriesColumn::kSsim, "SSIM of the whole picture", "", higher);
  add_chart(data, comparison, SeriesColumn::kWarping, "Warping error", "×10⁻⁴",
            "What does not follow the motion. " + lower);
  add_chart(data, comparison, SeriesColumn::kFlicker, "Flicker where nothing moves", "of 255", lower);
  add_chart(data, comparison, SeriesColumn::kSharpness, "Sharpness",
            comparison.has_reference ? "of the clean film" : "of the input",
            "1 is as sharp; noise counts as sharpness.");
  add_chart(data, comparison, SeriesColumn::kColour, "Colour difference", "CIEDE2000",
            "Lower is closer; about 1 is just noticeable.");
}

void add_table(ReportData& data, const Comparison& comparison) {
  ReportTable table;
  table.title = "Over all frames";
  if (comparison.has_reference && !std::isnan(comparison.reference_warping_error)) {
    table.note = "The clean film's own warping error, that is what the estimated motion alone costs: " +
                 fixed_spelled(comparison.reference_warping_error, 3) + " ×10⁻⁴.";
    if (!std::isnan(comparison.reference_face_jitter)) {
      table.note += " Its own faces tremble by " + fixed_spelled(comparison.reference_face_jitter, 3) +
                    " % of their width: motion, and the detector's doubt.";
    }
  }
  table.columns = {"Measure", "Unit", "Better"};
  if (comparison.input) table.columns.insert(table.columns.end(), {"Input"});
  table.columns.emplace_back("Restored");
  if (comparison.input) table.columns.emplace_back("Change");
  for (const MeasureLine& line : measure_lines()) {
    const double restored = comparison.restored.*line.value;
    if (std::isnan(restored)) continue;
    std::vector<ReportCell> row = {
        {line.title}, {line.unit, ReportTone::kMuted}, {spelled(line.better), ReportTone::kMuted}};
    const double input = comparison.input ? (*comparison.input).*line.value : kNoValue;
    if (comparison.input) row.push_back({fixed_spelled(input, line.digits), ReportTone::kPlain, true});
    row.push_back({fixed_spelled(restored, line.digits), ReportTone::kPlain, true});
    if (comparison.input) {
      row.push_back({change_spelled(restored - input, line.digits), tone_of(line, restored, input), true});
    }
    table.rows.push_back(std::move(row));
  }
  data.tables.push_back(std::move(table));
}

}  // namespace

ReportData comparison_report(const Comparison& comparison) {
  ReportData data;
  data.title = file_name(comparison.restored_path);
  data.subtitle = std::to_string(comparison.frames) + " frames, " + std::to_string(comparison.width) + " × " +
                  std::to_string(comparison.height);
  if (comparison.frame_rate > 0) data.subtitle += ", " + spelled(comparison.frame_rate, 5) + " frames a second";
  data.subtitle +=
      ", held against " + file_name(comparison.has_reference ? comparison.reference_path : comparison.input_path);
  if (comparison.has_reference && comparison.input) data.subtitle += "; made from " + file_name(comparison.input_path);
  data.warnings = comparison.warnings;
  add_headlines(data, comparison);
  add_pictures(data, comparison);
  add_faces(data, comparison);
  add_face_facts(data, comparison);
  add_charts(data, comparison);
  add_table(data, comparison);
  add_identity_table(data, comparison);
  data.footer = "Measured by reelface compare in " + fixed_spelled(comparison.elapsed_seconds, 1) +
                " s. Lowest PSNR in frame " + std::to_string(comparison.worst_frame) + ".";
  return data;
}

}  // namespace reelface
