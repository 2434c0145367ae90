// SPDX-License-Identifier: Apache-2.0
#include "app/film_figures.h"

#include <cmath>
#include <string>
#include <utility>

#include "core/spelled_number.h"

namespace reelface {
namespace {

enum Column : std::size_t { kRepaired, kMoved, kLight, kCleaned };

/// Three digits that count, and no exponent.
std::string told(std::optional<double> value, const std::string& unit) {
  if (!value) return "not measured";
  const int decimals = *value < 1 ? 2 : *value < 10 ? 1 : 0;
  return fixed_spelled(*value, decimals) + " " + unit;
}

ReportCell number(std::string text) {
  return {std::move(text), ReportTone::kPlain, true};
}

std::vector<ReportCell> row(const std::string& step, const std::string& done, const std::string& before,
                            const std::string& after) {
  return {{step}, {done, ReportTone::kMuted}, number(before), number(after)};
}

std::vector<ReportCell> row(const std::string& step, const std::string& done, std::optional<double> before,
                            std::optional<double> after, const std::string& unit) {
  return row(step, done, told(before, unit), told(after, unit));
}

double deviation(double squares, std::int64_t count) {
  return count > 0 ? std::sqrt(squares / static_cast<double>(count)) : 0;
}

}  // namespace

void FilmFigures::see(const FrameJob& job, const FrameRecord& record, double seconds) {
  const int width = job.original->facts().width;
  before_.see(*job.original, record.starts_shot, width);
  after_.see(*job.frame, record.starts_shot, width);
  ++frames_;
  repairs_ += record.repairs;
  repaired_frames_ += record.repairs > 0 ? 1 : 0;
  repaired_ += record.repaired;
  moved_squares_ += record.moved * record.moved;
  light_squares_ += record.light * record.light;
  cleaned_ += record.cleaned;
  series_.add(job.index, seconds, {100 * record.repaired, record.moved, record.light, 100 * record.cleaned});
}

void FilmFigures::add_charts(ReportData& data) const {
  if (frames_ < 2) return;
  const auto add = [&](const std::string& title, const std::string& unit, const std::string& note,
                       const std::string& name, Column column, std::vector<double> must_show) {
    data.charts.push_back({title,
                           unit,
                           note,
                           series_.frames(),
                           series_.seconds(),
                           {{name, ReportRole::kRestored, series_.column(column)}},
                           std::move(must_show)});
  };
  if (repairs_ > 0)
    add("Repaired", "%", "Share of each frame that was dirt or a scratch, and was filled.", "repaired", kRepaired, {0});
  if (moved_squares_ > 0)
    add("Moved to stand still", "px", "How far each frame had strayed in its gate.", "moved", kMoved, {0});
  if (light_squares_ > 0)
    add("Light taken back", "%", "How much too bright (above 0) or too dark each frame was.", "light", kLight, {0});
  if (cleaned_ > 0) add("Cleaned", "%", "How much of the noise was taken out.", "cleaned", kCleaned, {0, 100});
}

void FilmFigures::add_table(ReportData& data) const {
  if (frames_ == 0) return;
  const Restlessness before = before_.result(), after = after_.result();
  ReportTable table{"What was done to the whole picture",
                    "Measured on the film as it was read and as it is written, faces aside; not taken from what the "
                    "steps meant to do. Strong movement in the picture counts as unrest too.",
                    {"Step", "Done", "Before", "After"},
                    {}};
  if (steps_.steady) {
    table.rows.push_back(row("Steadied", told(deviation(moved_squares_, frames_), "px") + " on average", before.weave,
                             after.weave, "px"));
  }
  if (steps_.even) {
    table.rows.push_back(row("Evened", told(deviation(light_squares_, frames_), "%") + " of light on average",
                             before.flicker, after.flicker, "%"));
  }
  if (steps_.repair != RepairKinds::kNone) {
    const double share = 100 * repaired_ / static_cast<double>(frames_);
    table.rows.push_back(row("Repaired",
                             std::to_string(repairs_) + " places in " + std::to_string(repaired_frames_) + " of " +
                                 std::to_string(frames_) + " frames",
                             fixed_spelled(share, 3) + " % damaged", "filled"));
  }
  if (!steps_.clean.is_off()) {
    table.rows.push_back(row("Cleaned",
                             fixed_spelled(100 * cleaned_ / static_cast<double>(frames_), 0) + " % on average",
                             before.noise, after.noise, "levels of noise"));
  }
  if (!table.rows.empty()) data.tables.push_back(std::move(table));
}

}  // namespace reelface
