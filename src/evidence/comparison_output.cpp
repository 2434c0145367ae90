// SPDX-License-Identifier: Apache-2.0
#include "evidence/comparison_output.h"

#include <charconv>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/spelled_number.h"
#include "reelface/core/log.h"
#include "reelface/measure/fidelity.h"

namespace reelface {
namespace {

using Json = nlohmann::ordered_json;

Json number(double value) {
  if (std::isnan(value)) return nullptr;
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return std::stod(spelled(value, 6));
}

Json to_json(const MeasureSummary& summary) {
  Json json;
  for (const MeasureLine& line : measure_lines()) json[line.key] = number(summary.*line.value);
  return json;
}

/// Bytes of UTF-8 are not columns: counts characters.
std::size_t columns_of(const std::string& text) {
  std::size_t count = 0;
  for (const char byte : text) count += (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
  return count;
}

std::string padded(const std::string& text, std::size_t width, bool to_the_right) {
  const std::size_t columns = columns_of(text);
  const std::string space(width > columns ? width - columns : 0, ' ');
  return to_the_right ? space + text : text + space;
}

std::vector<double> csv_values(const ComparedMeasures& measures) {
  const PictureMeasures& picture = measures.picture;
  const StepMeasures& step = measures.step;
  const auto decibels = [](double error) { return std::isnan(error) ? kNoValue : psnr_from_error(error, 1); };
  return {decibels(picture.error_luma),
          decibels(picture.error_rgb),
          picture.ssim,
          picture.ms_ssim,
          picture.sharpness,
          picture.colour,
          decibels(picture.face_error),
          picture.face_ssim,
          picture.face_sharpness,
          picture.face_brightness,
          step.warping_error,
          step.face_warping_error,
          step.motion_difference,
          step.flicker.samples > 0 ? step.flicker.rms() : kNoValue,
          measures.niqe,
          measures.identity,
          measures.film.placement ? static_cast<double>(measures.film.placement->x) : kNoValue,
          measures.film.placement ? static_cast<double>(measures.film.placement->y) : kNoValue,
          measures.film.light,
          measures.film.noise};
}

constexpr const char* kCsvColumns[] = {
    "psnr_luma", "psnr_rgb",  "ssim",           "ms_ssim",         "sharpness",     "ciede2000",
    "face_psnr", "face_ssim", "face_sharpness", "face_brightness", "warping_error", "face_warping_error",
    "tof",       "flicker",   "niqe",           "face_identity",   "shift_x",       "shift_y",
    "light",     "noise"};

Json to_json(const FaceIdentity& identity) {
  return {{"measured", identity.measured}, {"restored", number(identity.restored)}, {"input", number(identity.input)}};
}

Json faces_json(const std::vector<FaceIdentity>& identities) {
  Json faces = Json::array();
  for (const FaceIdentity& face : identities) {
    Json json = {{"track", face.track}, {"person", face.person}};
    json.update(to_json(face));
    faces.push_back(std::move(json));
  }
  return faces;
}

Json people_json(const std::vector<FaceIdentity>& identities) {
  Json people = Json::array();
  for (const FaceIdentity& person : people_of(identities)) {
    Json json = {{"id", person.person}};
    json.update(to_json(person));
    people.push_back(std::move(json));
  }
  return people;
}

void add_csv_values(std::string& line, const std::vector<double>& values) {
  for (const double value : values) {
    line += ',';
    if (!std::isnan(value)) line += spelled(value, 6);
  }
}

}  // namespace

std::vector<FaceIdentity> people_of(const std::vector<FaceIdentity>& faces) {
  std::map<std::int64_t, FaceIdentity> people;
  for (const FaceIdentity& face : faces) {
    const auto [place, is_new] = people.emplace(face.person, face);
    if (is_new) continue;
    FaceIdentity& person = place->second;
    const auto known = static_cast<double>(person.measured), more = static_cast<double>(face.measured);
    person.restored = (known * person.restored + more * face.restored) / (known + more);
    person.input = (known * person.input + more * face.input) / (known + more);
    person.measured += face.measured;
  }
  std::vector<FaceIdentity> list;
  for (auto& [id, person] : people) {
    person.track = -1;
    list.push_back(person);
  }
  return list;
}

const char* spelled(Better better) {
  switch (better) {
    case Better::kHigher:
      return "higher";
    case Better::kLower:
      return "lower";
    case Better::kNearOne:
      return "near 1";
  }
  return "";
}

const std::vector<MeasureLine>& measure_lines() {
  using M = MeasureSummary;
  static const std::vector<MeasureLine> lines = {
      {"psnr_luma", "PSNR, luma", "dB", &M::psnr_luma, Better::kHigher, 2},
      {"psnr_rgb", "PSNR, RGB", "dB", &M::psnr_rgb, Better::kHigher, 2},
      {"ssim", "SSIM", "", &M::ssim, Better::kHigher, 4},
      {"ms_ssim", "MS-SSIM", "", &M::ms_ssim, Better::kHigher, 4},
      {"sharpness", "Sharpness beside the reference", "", &M::sharpness, Better::kNearOne, 2},
      {"ciede2000", "Colour difference, CIEDE2000", "", &M::colour, Better::kLower, 2},
      {"face_psnr", "Faces: PSNR, luma", "dB", &M::face_psnr, Better::kHigher, 2},
      {"face_ssim", "Faces: SSIM", "", &M::face_ssim, Better::kHigher, 4},
      {"face_sharpness", "Faces: sharpness beside the reference", "", &M::face_sharpness, Better::kNearOne, 2},
      {"face_pumping", "Faces: brightness pumping", "of 255", &M::face_pumping, Better::kLower, 3},
      {"face_jitter", "Faces: trembling of eyes, nose, mouth", "% of width", &M::face_jitter, Better::kLower, 3},
      {"face_identity", "Faces: distance from themselves", "", &M::face_identity, Better::kLower, 3},
      {"warping_error", "Warping error", "×10⁻⁴", &M::warping_error, Better::kLower, 3},
      {"face_warping_error", "Faces: warping error", "×10⁻⁴", &M::face_warping_error, Better::kLower, 3},
      {"tof", "Motion difference, tOF", "px", &M::motion_difference, Better::kLower, 3},
      {"flicker", "Flicker where nothing moves", "of 255", &M::flicker, Better::kLower, 3},
      {"weave", "Sway beside the reference", "px", &M::weave, Better::kLower, 3},
      {"light_flicker", "Flicker of the whole picture", "%", &M::light_flicker, Better::kLower, 3},
      {"noise", "Noise", "of 255", &M::noise, Better::kLower, 2},
      {"damaged_psnr", "Where damaged: PSNR, luma", "dB", &M::damaged_psnr, Better::kHigher, 2},
      {"whole_psnr", "Where whole: PSNR, luma", "dB", &M::whole_psnr, Better::kHigher, 2},
      {"mended", "Damage mended", "%", &M::mended, Better::kHigher, 2},
      {"wrongly_changed", "Whole samples changed", "%", &M::wrongly_changed, Better::kLower, 4},
      {"niqe", "NIQE, how unnatural it looks", "", &M::niqe, Better::kLower, 3},
  };
  return lines;
}

std::string comparison_table(const Comparison& comparison) {
  std::vector<std::vector<std::string>> rows = {{"", "better", "restored"}};
  if (comparison.input) rows[0].insert(rows[0].end(), {"input", "change"});
  for (const MeasureLine& line : measure_lines()) {
    const double restored = comparison.restored.*line.value;
    if (std::isnan(restored)) continue;
    const std::string unit = *line.unit ? std::string(", ") + line.unit : "";
    rows.push_back({line.title + unit, spelled(line.better), fixed_spelled(restored, line.digits)});
    if (!comparison.input) continue;
    const double input = (*comparison.input).*line.value;
    rows.back().push_back(fixed_spelled(input, line.digits));
    rows.back().push_back(change_spelled(restored - input, line.digits));
  }
  for (const FaceIdentity& person : people_of(comparison.identities)) {
    rows.push_back({"Person " + std::to_string(person.person) + ": distance from itself", spelled(Better::kLower),
                    fixed_spelled(person.restored, 3)});
    if (!comparison.input) continue;
    rows.back().push_back(fixed_spelled(person.input, 3));
    rows.back().push_back(change_spelled(person.restored - person.input, 3));
  }
  std::vector<std::size_t> widths(rows[0].size());
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], columns_of(row[i]));
  }
  std::string text;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) text += (i ? "  " : "") + padded(row[i], widths[i], i > 0);
    text += '\n';
  }
  return text;
}

std::string comparison_json(const Comparison& comparison) {
  Json json;
  json["restored_file"] = printable(comparison.restored_path);
  json["reference_file"] = comparison.has_reference ? Json(printable(comparison.reference_path)) : Json();
  json["input_file"] = comparison.input_path.empty() ? Json() : Json(printable(comparison.input_path));
  json["width"] = comparison.width;
  json["height"] = comparison.height;
  json["frames"] = comparison.frames;
  json["frames_with_faces"] = comparison.frames_with_faces;
  json["cuts"] = comparison.cuts;
  json["worst_frame"] = comparison.worst_frame;
  json["luma"] = comparison.luma_as_stored ? "as stored" : "from RGB";
  json["restored"] = to_json(comparison.restored);
  json["input"] = comparison.input ? to_json(*comparison.input) : Json();
  json["reference_warping_error"] = number(comparison.reference_warping_error);
  json["reference_niqe"] = number(comparison.reference_niqe);
  json["reference_face_jitter"] = number(comparison.reference_face_jitter);
  json["identity"] = {{"faces", faces_json(comparison.identities)}, {"people", people_json(comparison.identities)}};
  json["warnings"] = comparison.warnings;
  json["elapsed_seconds"] = number(comparison.elapsed_seconds);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string csv_heading(bool has_input) {
  std::string line = "frame,seconds,cut,faces";
  for (const char* whose : {"restored_", "input_"}) {
    if (whose[0] == 'i' && !has_input) break;
    for (const char* column : kCsvColumns) line += std::string(",") + whose + column;
  }
  return line + ",reference_warping_error\n";
}

std::string csv_line(const ComparisonRow& row, bool has_input) {
  std::string line = std::to_string(row.frame) + ',' + fixed_spelled(row.seconds, 6) + ',' + (row.is_cut ? '1' : '0') +
                     ',' + std::to_string(row.restored.picture.faces);
  add_csv_values(line, csv_values(row.restored));
  if (has_input) {
    add_csv_values(line, row.input ? csv_values(*row.input) : std::vector<double>(std::size(kCsvColumns), kNoValue));
  }
  add_csv_values(line, {row.reference_warping_error});
  return line + '\n';
}

}  // namespace reelface
