// SPDX-License-Identifier: Apache-2.0
#include "reelface/pipeline/line_outline.h"

#include <algorithm>
#include <map>
#include <variant>

namespace reelface {
namespace {

void add(Reach& all, const Reach& more) {
  all.seconds += more.seconds;
  all.frames += more.frames;
}

}  // namespace

std::int64_t bytes_of_frame(const FrameFacts& facts) {
  std::int64_t bytes = 0;
  for (int number = 0; number < facts.layout.component_count; ++number) {
    const bool is_chroma = facts.layout.family == ColourFamily::kYuv && (number == 1 || number == 2);
    const int shift_x = is_chroma ? facts.layout.chroma_shift_x : 0;
    const int shift_y = is_chroma ? facts.layout.chroma_shift_y : 0;
    const int depth = facts.layout.components[static_cast<std::size_t>(number)].depth;
    bytes += std::int64_t{(facts.width >> shift_x) + 1} * ((facts.height >> shift_y) + 1) * (depth > 8 ? 2 : 1);
  }
  return bytes;
}

LineOutline outline_of(const Line& line) {
  LineOutline outline;
  for (const Step& step : line.steps())
    outline.push_back({name_of(step), std::visit([](const auto& kind) { return kind.needs; }, step)});
  return outline;
}

LineOutline steps_behind(const LineOutline& line, const std::string& name) {
  const auto named = std::find_if(line.begin(), line.end(), [&](const StepOutline& step) { return step.name == name; });
  return named == line.end() ? LineOutline{} : LineOutline(std::next(named), line.end());
}

Reach reach_back(const LineOutline& line) {
  Reach all;
  for (const StepOutline& step : line) add(all, step.needs.back);
  return all;
}

Reach reach_back_in_full(const LineOutline& line) {
  Reach all;
  for (const StepOutline& step : line) add(all, step.needs.back_in_full.value_or(step.needs.back));
  return all;
}

bool looks_around(const LineOutline& line) {
  return std::any_of(line.begin(), line.end(),
                     [](const StepOutline& step) { return !step.needs.back.is_none() || !step.needs.ahead.is_none(); });
}

std::int64_t frames_around_cut(const LineOutline& line) {
  std::int64_t frames = 0;
  for (const StepOutline& step : line) {
    if (!step.needs.back.is_none() && !step.needs.stops_at_cut) return 0;
    frames = std::max(frames, step.needs.frames_around_cut);
  }
  return frames;
}

std::size_t groups_held(const LineOutline& line) {
  std::size_t groups = 0;
  for (const StepOutline& step : line) groups += step.needs.groups_held;
  return groups;
}

FrameFacts facts_behind(const LineOutline& line, const FrameFacts& facts) {
  FrameFacts now = facts;
  for (const StepOutline& step : line) {
    if (step.needs.facts_out) now = step.needs.facts_out(now);
  }
  return now;
}

bool restores(const LineOutline& line) {
  return std::any_of(line.begin(), line.end(), [](const StepOutline& step) { return step.needs.restores; });
}

std::int64_t bytes_per_frame(const StepNeeds& step, const FrameFacts& facts) {
  std::int64_t bytes = step.memory.bytes_per_frame ? step.memory.bytes_per_frame(facts) : 0;
  if (step.facts_out) bytes += bytes_of_frame(step.facts_out(facts));
  return bytes;
}

std::int64_t bytes_of_steps(const LineOutline& line, const FrameFacts& read, std::size_t frames_alive, int threads) {
  std::map<std::string, std::int64_t> loaded;
  std::int64_t per_frame = 0, at_work = 0;
  FrameFacts facts = read;
  for (const StepOutline& step : line) {
    loaded.insert(step.needs.memory.loaded.begin(), step.needs.memory.loaded.end());
    per_frame += bytes_per_frame(step.needs, facts);
    if (step.needs.memory.bytes_at_work) at_work += step.needs.memory.bytes_at_work(facts, threads);
    if (step.needs.facts_out) facts = step.needs.facts_out(facts);
  }
  std::int64_t bytes = per_frame * static_cast<std::int64_t>(frames_alive) + at_work;
  for (const auto& [name, size] : loaded) bytes += size;
  return bytes;
}

}  // namespace reelface
