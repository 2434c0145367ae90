// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/time_stage.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string>
#include <utility>

#include "image/display_geometry.h"
#include "image/overlay.h"

namespace reelface {
namespace {

constexpr double kHeightShare = 1.0 / 18;  // of the picture: to be read on a small screen, and not to be in the way
constexpr double kLeastHeight = 7;

/// "000123  0:00:04.920"
std::string time_text(std::int64_t number, double film_seconds) {
  const auto milliseconds = static_cast<std::int64_t>(std::llround(std::max(0.0, film_seconds) * 1000));
  const std::int64_t seconds = milliseconds / 1000;
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%06lld  %lld:%02lld:%02lld.%03lld", static_cast<long long>(number),
                static_cast<long long>(seconds / 3600), static_cast<long long>(seconds / 60 % 60),
                static_cast<long long>(seconds % 60), static_cast<long long>(milliseconds % 1000));
  return text.data();
}

void draw_time(Frame& frame, const std::string& text) {
  const FrameFacts& facts = frame.facts();
  if (!facts.layout.editable) return;
  const DisplaySize size = display_size(facts);
  const double height = std::max(kLeastHeight, kHeightShare * std::min(size.width, size.height));
  draw_digits(frame, coded_to_display(facts).inverse(), {height, height}, height, text);
}

}  // namespace

Stage make_time_stage(const VideoInfo& video, std::int64_t first_number) {
  StepNeeds needs;
  needs.reason = "burns frame number and time in";
  return {"time", Concurrency::kParallel,
          [start = video.range_start, first_number](FrameGroup& group) {
            for (FrameJob& job : group.jobs) {
              if (!job.frame) continue;
              const FrameFacts& facts = job.frame->facts();
              draw_time(*job.frame, time_text(first_number + job.index, seconds(facts.pts + start, facts.time_base)));
            }
          },
          0, std::move(needs)};
}

}  // namespace reelface
