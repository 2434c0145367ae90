// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

#include "report/report_data.h"
#include "support/source_folder.h"

namespace reelface::testing {

inline ReportImage encoded_image(const cv::Mat& bgr, int quality = 85) {
  ReportImage image{"image/jpeg", {}, bgr.cols, bgr.rows};
  cv::imencode(".jpg", bgr, image.bytes, {cv::IMWRITE_JPEG_QUALITY, quality});
  return image;
}

/// The project's own portrait.
inline cv::Mat portrait() {
  return cv::imread(testing::source_file("examples/media/eileen-collins.jpg"));
}

inline cv::Mat spoiled(const cv::Mat& clean, double sigma, int seed) {
  cv::Mat small, result, noise(clean.size(), CV_16SC3);
  cv::resize(clean, small, {}, 0.3, 0.3, cv::INTER_AREA);
  cv::resize(small, result, clean.size(), 0, 0, cv::INTER_CUBIC);
  cv::RNG(static_cast<std::uint64_t>(seed)).fill(noise, cv::RNG::NORMAL, 0, sigma);
  result.convertTo(result, CV_16SC3);
  cv::Mat bytes;
  cv::Mat(result + noise).convertTo(bytes, CV_8UC3);
  return bytes;
}

/// A report with something in every part, as `compare` would make it.
inline ReportData sample_report() {
  ReportData data;
  data.title = "walk_1962_restored.mkv";
  data.subtitle = "150 frames, 512 × 512, 25 frames a second, compared with clean.mkv (input: walk_1962.mkv)";
  data.warnings = {"3 frames of the input were damaged; they were passed on as they are."};
  data.headlines = {{"PSNR, faces", "31.42 dB", "+5.32", "input 26.10", ReportTone::kGood},
                    {"SSIM, faces", "0.912", "+0.211", "input 0.701", ReportTone::kGood},
                    {"Flicker, still parts", "0.41", "−86 %", "input 2.87", ReportTone::kGood},
                    {"Sharpness", "0.93", "", "of the clean film", ReportTone::kPlain},
                    {"Colour", "1.9 ΔE", "+0.3", "input 1.6", ReportTone::kBad}};
  const cv::Mat clean = portrait();
  if (!clean.empty()) {
    for (int i = 0; i < 3; ++i) {
      data.pairs.push_back({"Frame " + std::to_string(25 + 50 * i), i == 0 ? "One face, 0.98 sure" : "",
                            encoded_image(spoiled(clean, 18, i)), encoded_image(spoiled(clean, 0, 0)),
                            encoded_image(clean)});
    }
    ReportTrack track{"Face 1", "Frames 0 to 149, about 118 pixels wide, restored in 150 of 150 frames", {}};
    for (int i = 0; i < 9; ++i) {
      const cv::Mat face = clean(cv::Rect(150 + i, 30, 160, 160));
      track.crops.push_back(
          {"frame " + std::to_string(18 * i), encoded_image(spoiled(face, 18, i)), encoded_image(face)});
    }
    data.tracks = {track};
  }
  std::vector<std::int64_t> frames;
  std::vector<double> seconds, restored, input, flicker_restored, flicker_input, strength;
  for (int i = 0; i < 150; ++i) {
    frames.push_back(i);
    seconds.push_back(i / 25.0);
    restored.push_back(31.4 + 0.8 * std::sin(i * 0.13) + 0.3 * std::cos(i * 1.7));
    input.push_back(26.1 + 0.5 * std::sin(i * 0.11 + 1) + 0.4 * std::cos(i * 2.3));
    flicker_restored.push_back(0.4 + 0.05 * std::cos(i * 1.1));
    flicker_input.push_back(i >= 60 && i < 66 ? std::nan("") : 2.8 + 0.6 * std::cos(i * 1.9));
    strength.push_back(i < 12 ? i / 12.0 : 1);
  }
  data.charts = {
      {"PSNR of the faces",
       "dB",
       "Higher is closer to the clean film.",
       frames,
       seconds,
       {{"restored", ReportRole::kRestored, restored}, {"input", ReportRole::kInput, input}}},
      {"Flicker where nothing moves",
       "of 255",
       "Lower is steadier.",
       frames,
       seconds,
       {{"restored", ReportRole::kRestored, flicker_restored}, {"input", ReportRole::kInput, flicker_input}}},
      {"Strength of the restoration", "", "", frames, {}, {{"face 1", ReportRole::kOther, strength}}}};
  data.tables = {
      {"Means over all frames",
       "Every measure is explained in the manual.",
       {"Measure", "Input", "Restored", "Change"},
       {{{"PSNR luma, dB"}, {"27.31", {}, true}, {"30.98", {}, true}, {"+3.67", ReportTone::kGood, true}},
        {{"SSIM luma"}, {"0.742", {}, true}, {"0.893", {}, true}, {"+0.151", ReportTone::kGood, true}},
        {{"Warping error, ×10⁻⁴"}, {"21.9", {}, true}, {"3.1", {}, true}, {"−18.8", ReportTone::kGood, true}},
        {{"tOF, pixels"}, {"0.81", {}, true}, {"0.34", {}, true}, {"−0.47", ReportTone::kGood, true}},
        {{"CIEDE2000"}, {"1.6", {}, true}, {"1.9", {}, true}, {"+0.3", ReportTone::kBad, true}}}}};
  data.timings = {{"read", 0.8}, {"detect", 6.4}, {"track", 0.05}, {"restore", 41.2}, {"paste", 2.9}, {"write", 3.4}};
  data.timing_note = "150 frames in 54.8 s on 2 cores: 2.7 frames a second.";
  data.model_card =
      "faithful 1.0\nA five-frame residual restorer, 3.8 M parameters.\nMade from public-domain portraits.";
  data.footer = "reelface 0.1.0";
  return data;
}

/// A page as `analyze --people` would make it, for a film with a long name.
inline ReportData sample_people() {
  ReportData data;
  data.title = "People in walk_1962.mkv";
  data.subtitle = "4 people, 9 tracks, 3 shots, 1:30";
  const cv::Mat clean = portrait();
  for (int i = 1; i <= 4; ++i) {
    const std::string number = std::to_string(i);
    ReportPerson person{
        "Person " + number, "0:2" + number + " on screen, 2 tracks, faces of about 96 px", {}, {}, {}, {}};
    for (int look = 0; look < i && !clean.empty(); ++look) {
      person.crops.push_back(
          {"frame " + std::to_string(100 * i + look), encoded_image(clean(cv::Rect(150 + 4 * look, 30, 144, 144)))});
    }
    person.presence = {{0.1 * i, 0.1 * i + 0.05}, {0.6, 0.6 + 0.0001 * i}};
    person.when = "2 times, first at 0:0" + number + ", last seen at 0:54";
    const std::string tracks = "--tracks '/archive/newsreels of the sixties/walk_1962_second_transfer.tracks.json' ";
    person.commands = {{"Restore only this person", tracks + "--only-person " + number},
                       {"Leave this person alone", tracks + "--except-person " + number}};
    data.people.push_back(person);
  }
  data.footer = "reelface 0.1.0";
  return data;
}

}  // namespace reelface::testing
