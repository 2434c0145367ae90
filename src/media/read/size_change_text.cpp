// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "reelface/media/canvas.h"
#include "reelface/media/media_info.h"

namespace reelface {
namespace {

std::string frames_in_words(std::int64_t count, const std::string& what, const std::string& done) {
  return std::to_string(count) + (count == 1 ? " frame " : " frames ") + what + (count == 1 ? "was " : "were ") + done;
}

std::string size_text(int width, int height) {
  return std::to_string(width) + "x" + std::to_string(height);
}

/// As films are timed: 0:01:30, and tenths where they matter.
std::string time_text(double seconds) {
  constexpr int kTenthsOfMinute = 600, kTenthsOfHour = 36000;
  const auto tenths = std::llround(std::max(0.0, seconds) * 10);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%lld:%02lld:%02lld", tenths / kTenthsOfHour,
                tenths % kTenthsOfHour / kTenthsOfMinute, tenths % kTenthsOfMinute / 10);
  std::string time = text.data();
  if (tenths % 10 != 0) time += "." + std::to_string(tenths % 10);
  return time;
}

}  // namespace

std::string text_of(const PictureStretch& stretch, int canvas_width, int canvas_height) {
  std::string start = time_text(stretch.from_seconds) + " " + size_text(stretch.width, stretch.height) + ", ";
  const PictureArea& area = stretch.area;
  const bool is_turned = stretch.quarter_turns_clockwise != 0;
  if (is_turned) start += "turned, ";
  if (area.width != canvas_width || area.height != canvas_height)
    return start + "in " + size_text(area.width, area.height) + " between black bars";
  const bool is_on_its_side = stretch.quarter_turns_clockwise % 2 != 0;
  const int width = is_on_its_side ? stretch.height : stretch.width;
  const int height = is_on_its_side ? stretch.width : stretch.height;
  return start + (width == canvas_width && height == canvas_height ? "as it is" : "scaled");
}

std::string text_of(const std::vector<PictureStretch>& stretches, int canvas_width, int canvas_height) {
  constexpr std::size_t kMostShown = 12;
  if (stretches.size() < 2) return {};
  std::string text;
  for (std::size_t place = 0; place < std::min(kMostShown, stretches.size()); ++place)
    text += "  " + text_of(stretches[place], canvas_width, canvas_height) + "\n";
  if (stretches.size() > kMostShown) text += "  and " + std::to_string(stretches.size() - kMostShown) + " more\n";
  return text;
}

std::string size_change_text(const DamageReport& damage) {
  if (damage.size_changes == 0 && damage.turned_frames == 0) return {};
  if (damage.size_changes == 0)
    return "the pictures are turned on the way: " + frames_in_words(damage.turned_frames, "", "turned like the film");
  const std::string start = "the pictures change their size or format on the way: ";
  if (damage.boxed_frames == 0) return start + frames_in_words(damage.size_changes, "", "scaled to the film's size");
  if (damage.boxed_frames == damage.size_changes)
    return start + frames_in_words(damage.boxed_frames, "of another shape ", "put between black bars");
  return start + frames_in_words(damage.size_changes, "", "fitted to the film's size") + ", " +
         std::to_string(damage.boxed_frames) + " of them, of another shape, between black bars";
}

}  // namespace reelface
