// SPDX-License-Identifier: Apache-2.0
#include "app/plan_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <vector>

#include "app/report_json.h"
#include "app/settings_words.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

using Row = std::vector<std::string>;

std::string in_words(const Reach& reach, bool stops_at_cut = false) {
  if (reach.is_none()) return "-";
  if (std::isinf(reach.seconds)) return stops_at_cut ? "the whole shot" : "everything";
  std::array<char, 64> seconds{};
  std::snprintf(seconds.data(), seconds.size(), "%.4g s", reach.seconds);
  const std::string frames = std::to_string(reach.frames) + " frames";
  if (reach.frames == 0) return seconds.data();
  return reach.seconds > 0 ? seconds.data() + (", " + frames) : frames;
}

std::string in_mebibytes(std::int64_t bytes) {
  std::array<char, 64> text{};
  const double mebibytes = static_cast<double>(bytes) / (1 << 20);
  std::snprintf(text.data(), text.size(), mebibytes < 10 ? "%.1f MiB" : "%.0f MiB", mebibytes);
  return text.data();
}

std::string memory_of(const StepNeeds& step, const FrameFacts& facts, int threads) {
  std::int64_t loaded = 0;
  for (const auto& [name, bytes] : step.memory.loaded) loaded += bytes;
  if (step.memory.bytes_at_work) loaded += step.memory.bytes_at_work(facts, threads);
  const std::int64_t per_frame = bytes_per_frame(step, facts);
  std::string text = loaded > 0 ? in_mebibytes(loaded) : "";
  if (per_frame > 0) text += (text.empty() ? "" : " + ") + in_mebibytes(per_frame) + "/frame";
  return text.empty() ? "-" : text;
}

std::string reason_of(const StepNeeds& step, const FrameFacts& facts) {
  if (!step.facts_out) return step.reason;
  const FrameFacts out = step.facts_out(facts);
  return step.reason + " (then " + std::to_string(out.width) + "x" + std::to_string(out.height) + ")";
}

/// The last column is as long as it likes.
std::string aligned(const std::vector<Row>& rows) {
  std::vector<std::size_t> widths(rows.front().size(), 0);
  for (const Row& row : rows) {
    for (std::size_t column = 0; column + 1 < row.size(); ++column)
      widths[column] = std::max(widths[column], row[column].size() + 2);
  }
  std::string text;
  for (const Row& row : rows) {
    for (std::size_t column = 0; column < row.size(); ++column) {
      text += row[column];
      if (column + 1 < row.size()) text.append(widths[column] - row[column].size(), ' ');
    }
    text += "\n";
  }
  return text;
}

std::string pictures_text(const RestorePlan& plan) {
  const std::string text = text_of(plan.stretches, plan.read.width, plan.read.height);
  if (text.empty()) return {};
  return "pictures: they change their size and are fitted into " + std::to_string(plan.read.width) + "x" +
         std::to_string(plan.read.height) + " (--canvas)\n" + text;
}

std::string segments_in_words(const FilmSegments& segments) {
  std::string text;
  for (const FilmSegment& segment : segments) {
    const std::string words = words_of(segment.settings);
    text += "frames " + std::to_string(segment.first_frame) + " to " + std::to_string(segment.end_frame) + ": " +
            (words.empty() ? "as the rest of the film" : printable(words)) + "\n";
  }
  return text.empty() ? text : "\nsegments, with settings of their own:\n" + text;
}

}  // namespace

std::string steps_text(const RestorePlan& plan) {
  if (plan.steps.empty()) return "steps: none; pictures are passed on as they are\n";
  std::vector<Row> rows{{"step", "looks back", "looks ahead", "at a cut", "memory", "what for"}};
  FrameFacts facts = plan.read;
  for (const auto& [name, needs] : plan.steps) {
    const std::string at_cut = needs.back.is_none() ? "-" : needs.stops_at_cut ? "stops" : "goes on";
    rows.push_back({name, in_words(needs.back, needs.stops_at_cut), in_words(needs.ahead), at_cut,
                    memory_of(needs, facts, plan.threads), printable(reason_of(needs, facts))});
    if (needs.facts_out) facts = needs.facts_out(facts);
  }
  return aligned(rows);
}

std::string to_text(const RestorePlan& plan) {
  return to_text(plan.output) + pictures_text(plan) + "memory: about " + in_mebibytes(plan.memory_bytes) + ", with " +
         std::to_string(plan.frames_alive) + " frames between reading and writing\n\n" + steps_text(plan) +
         segments_in_words(plan.segments);
}

}  // namespace reelface
