#include <cmath>
#include <filesystem>
#include <map>

#include "reelface/core/log.h"
#include "reelface/evidence/comparison_output.h"
#include "reelface/media/still_image.h"
#include "spelled_number.h"

namespace reelface {
namespace {

constexpr int kPictureQuality = 88;
constexpr int kCropQuality = 84;

ReportImage encoded(const RgbImage8& picture, int quality) {
  return {"image/jpeg", encode_jpeg(picture.view(), quality), picture.width, picture.height};
}

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
  ReportHeadline headline{label, fixed_spelled(restored, line.digits), "", ReportTone::kPlain};
  if (std::string(line.unit) == "dB") headline.value += " dB";
  if (comparison.input && !std::isnan((*comparison.input).*line.value)) {
    const double input = (*comparison.input).*line.value;
    headline.detail =
        "input " + fixed_spelled(input, line.digits) + ", " + change_spelled(restored - input, line.digits);
    headline.tone = tone_of(line, restored, input);
  }
  data.headlines.push_back(std::move(headline));
}

void add_headlines(ReportData& data, const Comparison& comparison) {
  const bool has_faces = !std::isnan(comparison.restored.face_psnr);
  add_headline(data, comparison, has_faces ? "face_psnr" : "psnr_luma", has_faces ? "PSNR of the faces" : "PSNR");
  add_headline(data, comparison, has_faces ? "face_ssim" : "ssim", has_faces ? "SSIM of the faces" : "SSIM");
  add_headline(data, comparison, has_faces ? "face_sharpness" : "sharpness",
               has_faces ? "Sharpness of the faces" : "Sharpness");
  add_headline(data, comparison, has_faces ? "face_warping_error" : "warping_error", "Warping error ×10⁻⁴");
  add_headline(data, comparison, "flicker", "Flicker, still parts");
}

void add_pictures(ReportData& data, const Comparison& comparison) {
  for (const ComparedPictures& kept : comparison.pictures) {
    ReportPair pair;
    pair.title = "Frame " + std::to_string(kept.frame);
    pair.after = encoded(kept.restored, kPictureQuality);
    const ReportImage clean = encoded(kept.reference, kPictureQuality);
    if (kept.input) {
      pair.before = encoded(*kept.input, kPictureQuality);
      pair.reference = clean;
    } else {  // nothing to show before: the clean film is held against the result
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
    track.before_label = kept.input ? "input" : "clean";
    track.after_label = "restored";
    track.crops.push_back({"frame " + std::to_string(kept.frame),
                           encoded(kept.input ? *kept.input : kept.reference, kCropQuality),
                           encoded(kept.restored, kCropQuality)});
  }
  for (auto& [id, track] : tracks) data.tracks.push_back(std::move(track));
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

void add_charts(ReportData& data, const Comparison& comparison) {
  const std::string higher = "Higher is closer to the clean film.", lower = "Lower is steadier.";
  add_chart(data, comparison, SeriesColumn::kFacePsnr, "PSNR of the faces", "dB", higher);
  add_chart(data, comparison, SeriesColumn::kFaceSsim, "SSIM of the faces", "", higher);
  add_chart(data, comparison, SeriesColumn::kPsnr, "PSNR of the whole picture", "dB", higher);
  add_chart(data, comparison, SeriesColumn::kSsim, "SSIM of the whole picture", "", higher);
  add_chart(data, comparison, SeriesColumn::kWarping, "Warping error", "×10⁻⁴",
            "What does not follow the motion. " + lower);
  add_chart(data, comparison, SeriesColumn::kFlicker, "Flicker where nothing moves", "of 255", lower);
  add_chart(data, comparison, SeriesColumn::kSharpness, "Sharpness", "of the clean film",
            "1 is as sharp as the clean film; noise counts as sharpness.");
  add_chart(data, comparison, SeriesColumn::kColour, "Colour difference", "CIEDE2000",
            "Lower is closer; about 1 is just noticeable.");
}

void add_table(ReportData& data, const Comparison& comparison) {
  ReportTable table;
  table.title = "Over all frames";
  table.note = "Clean film's own warping error, that is what the estimated motion alone costs: " +
               fixed_spelled(comparison.reference_warping_error, 3) + " ×10⁻⁴.";
  table.columns = {"Measure", "Unit", "Better"};
  if (comparison.input) table.columns.insert(table.columns.end(), {"Input"});
  table.columns.emplace_back("Restored");
  if (comparison.input) table.columns.emplace_back("Change");
  for (const MeasureLine& line : measure_lines()) {
    const double restored = comparison.restored.*line.value;
    if (std::isnan(restored)) continue;
    const char* better = line.better == Better::kHigher ? "higher" : line.better == Better::kLower ? "lower" : "near 1";
    std::vector<ReportCell> row = {{line.title}, {line.unit, ReportTone::kMuted}, {better, ReportTone::kMuted}};
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
  data.subtitle += ", held against " + file_name(comparison.reference_path);
  if (comparison.input) data.subtitle += "; made from " + file_name(comparison.input_path);
  data.warnings = comparison.warnings;
  add_headlines(data, comparison);
  add_pictures(data, comparison);
  add_faces(data, comparison);
  add_charts(data, comparison);
  add_table(data, comparison);
  data.footer = "Measured by reelface compare in " + fixed_spelled(comparison.elapsed_seconds, 1) +
                " s. Lowest PSNR in frame " + std::to_string(comparison.worst_frame) + ".";
  return data;
}

}  // namespace reelface
