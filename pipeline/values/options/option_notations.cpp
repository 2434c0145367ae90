// SPDX-License-Identifier: Apache-2.0
#include "pipeline/values/options/option_notations.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <utility>

#include "reelface/core/error.h"

namespace reelface {
namespace {

/// As short as it can be without meaning another number.
std::string shortest(double value) {
  std::array<char, 32> text{};
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), value).ptr};
}

/// A number that takes up the whole text; NaN if it does not.
double whole_number(const std::string& text) {
  double value = std::nan("");
  plain_notation<double>().read(text, value);
  return value;
}

template <class Integer>
bool read_integer(const std::string& text, Integer& value) {
  if (text.empty()) return false;
  char* end = nullptr;
  errno = 0;
  const long long number = std::strtoll(text.c_str(), &end, 0);
  using Limits = std::numeric_limits<Integer>;
  if (end != text.c_str() + text.size() || errno != 0 || number < Limits::min() || number > Limits::max()) return false;
  value = static_cast<Integer>(number);
  return true;
}

bool read_time(const std::string& text, std::optional<double>& seconds) {
  constexpr double kLongestSeconds = 1e9;  // no film is as long, and it can still be counted in microseconds
  double total = 0;
  std::size_t start = 0;
  for (int parts = 1;; ++parts) {
    const std::size_t colon = text.find(':', start);
    const double part = whole_number(text.substr(start, colon == std::string::npos ? colon : colon - start));
    total = total * 60 + part;
    if (!(part >= 0 && total <= kLongestSeconds) || parts > 3)
      throw Error(ExitCode::kUsage, "'" + text + "' is not a time", "write seconds (90.5) or h:mm:ss (0:01:30.5)");
    if (colon == std::string::npos) break;
    start = colon + 1;
  }
  seconds = total;
  return true;
}

struct Unit {
  char letter;
  std::int64_t bytes;
};

constexpr Unit kUnits[] = {{'G', std::int64_t{1} << 30}, {'M', std::int64_t{1} << 20}, {'k', std::int64_t{1} << 10}};

bool read_size(const std::string& text, std::int64_t& bytes) {
  double factor = 1;
  std::string digits = text;
  for (const Unit& unit : kUnits) {
    if (text.empty() || std::toupper(text.back()) != std::toupper(unit.letter)) continue;
    factor = static_cast<double>(unit.bytes);
    digits.pop_back();
  }
  const double value = whole_number(digits) * factor;
  if (!(value >= 0) || value > 9e18)
    throw Error(ExitCode::kUsage, "'" + text + "' is not a size", "write bytes, or 800M, or 4G");
  bytes = static_cast<std::int64_t>(value);
  return true;
}

std::optional<std::string> size_text(const std::int64_t& bytes) {
  if (bytes == 0) return std::nullopt;
  for (const Unit& unit : kUnits) {
    if (bytes % unit.bytes == 0) return std::to_string(bytes / unit.bytes) + unit.letter;
  }
  return std::to_string(bytes);
}

/// Whether it can be a rate of frames is the options' own check.
bool read_rate(const std::string& text, std::optional<Rational>& rate) {
  char rest = 0;
  long long numerator = 0, denominator = 1;
  const int found = std::sscanf(text.c_str(), "%lld/%lld%c", &numerator, &denominator, &rest);
  const bool is_ratio = found == 2 || (found == 1 && text.find_first_not_of("0123456789") == std::string::npos);
  if (is_ratio && numerator > 0 && denominator > 0) {
    rate = Rational{numerator, denominator};
    return true;
  }
  constexpr double kTicks = 1000;
  double decimal = 0;
  if (std::sscanf(text.c_str(), "%lf%c", &decimal, &rest) != 1 || !(decimal >= 1 / kTicks && decimal <= 1e6))
    throw Error(ExitCode::kUsage, "'" + text + "' is not a frame rate", "write 25, 29.97 or 30000/1001");
  rate = Rational{std::llround(decimal * kTicks), static_cast<std::int64_t>(kTicks)};
  return true;
}

std::optional<std::string> rate_text(const std::optional<Rational>& rate) {
  if (!rate) return std::nullopt;
  return std::to_string(rate->numerator) + "/" + std::to_string(rate->denominator);
}

std::int64_t frame_number(const std::string& text, const std::string& whole) {
  if (text.empty() || text.size() > 15 || text.find_first_not_of("0123456789") != std::string::npos) {
    throw Error(ExitCode::kUsage, "'" + whole + "' is not a range of frames", "write --frames 100:200, 100: or :200");
  }
  return std::stoll(text);
}

bool read_frames(const std::string& text, ReadRange& range) {
  const std::size_t colon = text.find(':');
  const bool says_nothing = colon == std::string::npos || text.size() == 1;
  if (says_nothing) frame_number("", text);
  range.first_frame.reset();
  range.end_frame.reset();
  if (colon > 0) range.first_frame = frame_number(text.substr(0, colon), text);
  if (colon + 1 < text.size()) range.end_frame = frame_number(text.substr(colon + 1), text);
  return true;
}

std::optional<std::string> frames_text(const ReadRange& range) {
  if (!range.first_frame && !range.end_frame) return std::nullopt;
  return (range.first_frame ? std::to_string(*range.first_frame) : "") + ":" +
         (range.end_frame ? std::to_string(*range.end_frame) : "");
}

using Setting = std::pair<std::string, std::string>;

bool read_setting(const std::string& text, Setting& setting) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0)
    throw Error(ExitCode::kUsage, "-e takes key=value, not '" + text + "'", "for example -e tune=film");
  setting = {text.substr(0, equals), text.substr(equals + 1)};
  return true;
}

bool read_cleaning(const std::string& text, std::optional<Cleaning>& cleaning) {
  cleaning = Cleaning{text == "auto", 0};
  if (text == "auto" || text == "off") return true;
  cleaning->percent = whole_number(text);
  if (!(cleaning->percent >= 0 && cleaning->percent <= 100)) {
    throw Error(ExitCode::kUsage, "--clean takes auto, off, or a number from 0 to 100, not '" + text + "'",
                "auto cleans as much as there is noise");
  }
  return true;
}

std::optional<std::string> cleaning_text(const std::optional<Cleaning>& cleaning) {
  if (!cleaning) return std::nullopt;
  if (cleaning->is_off()) return "off";
  return cleaning->is_automatic ? "auto" : shortest(cleaning->percent);
}

/// A side of a picture; nothing else.
bool read_side(const std::string& text, int& side) {
  constexpr int kLongest = 65535;
  return read_integer(text, side) && (side == -1 || (side >= 1 && side <= kLongest));
}

/// "640x360"; either side may be -1.
bool read_sides(const std::string& text, int& width, int& height) {
  const std::size_t cross = text.find('x');
  return cross != std::string::npos && read_side(text.substr(0, cross), width) &&
         read_side(text.substr(cross + 1), height);
}

bool read_asked_size(const std::string& text, std::optional<AskedSize>& size) {
  AskedSize asked;
  if (!read_sides(text, asked.width, asked.height) || (asked.width < 0 && asked.height < 0))
    throw Error(ExitCode::kUsage, "--size takes WIDTHxHEIGHT, not '" + text + "'", "for example 1920x1080, or -1x1080");
  size = asked;
  return true;
}

std::optional<std::string> asked_size_text(const std::optional<AskedSize>& size) {
  if (!size) return std::nullopt;
  return std::to_string(size->width) + "x" + std::to_string(size->height);
}

constexpr std::pair<const char*, CanvasRule> kCanvasWords[] = {
    {"auto", CanvasRule::kAuto}, {"first", CanvasRule::kFirst}, {"largest", CanvasRule::kLargest}};

bool read_canvas(const std::string& text, CanvasChoice& canvas) {
  for (const auto& [word, rule] : kCanvasWords) {
    if (text != word) continue;
    canvas = {rule, 0, 0};
    return true;
  }
  CanvasChoice asked{CanvasRule::kSize, 0, 0};
  if (!read_sides(text, asked.width, asked.height) || asked.width < 0 || asked.height < 0)
    throw Error(ExitCode::kUsage, "--canvas takes auto, first, largest or WIDTHxHEIGHT, not '" + text + "'",
                "auto is the shape that most of the film has");
  canvas = asked;
  return true;
}

std::optional<std::string> canvas_text(const CanvasChoice& canvas) {
  for (const auto& [word, rule] : kCanvasWords) {
    if (canvas.rule == rule) return word;
  }
  return std::to_string(canvas.width) + "x" + std::to_string(canvas.height);
}

std::optional<std::string> number_text(const std::optional<double>& value) {
  return value ? std::optional<std::string>(shortest(*value)) : std::nullopt;
}

}  // namespace

template <>
OptionNotation<double> plain_notation() {
  return {OptionType::kNumber, "FLOAT", [](const double& value) { return std::optional<std::string>(shortest(value)); },
          [](const std::string& text, double& value) {
            char* end = nullptr;
            const double number = std::strtod(text.c_str(), &end);
            if (text.empty() || end != text.c_str() + text.size()) return false;
            value = number;
            return true;
          }};
}

template <>
OptionNotation<std::optional<double>> plain_notation() {
  return {OptionType::kNumber, "FLOAT", number_text, [](const std::string& text, std::optional<double>& value) {
            double number = 0;
            if (!plain_notation<double>().read(text, number)) return false;
            value = number;
            return true;
          }};
}

template <>
OptionNotation<int> plain_notation() {
  return {OptionType::kInteger, "INT",
          [](const int& value) { return std::optional<std::string>(std::to_string(value)); }, read_integer<int>};
}

template <>
OptionNotation<std::int64_t> plain_notation() {
  return {OptionType::kInteger, "INT",
          [](const std::int64_t& value) { return std::optional<std::string>(std::to_string(value)); },
          read_integer<std::int64_t>};
}

template <>
OptionNotation<std::string> plain_notation() {
  return {OptionType::kText, "TEXT",
          [](const std::string& value) { return value.empty() ? std::nullopt : std::optional<std::string>(value); },
          [](const std::string& text, std::string& value) { return value = text, true; }};
}

OptionNotation<std::optional<double>> time_notation() {
  return {OptionType::kTime, "TIME", number_text, read_time};
}

OptionNotation<std::optional<Cleaning>> cleaning_notation() {
  return {OptionType::kText, "auto, off or 0..100", cleaning_text, read_cleaning};
}

OptionNotation<std::optional<AskedSize>> asked_size_notation() {
  return {OptionType::kText, "WxH", asked_size_text, read_asked_size};
}

OptionNotation<CanvasChoice> canvas_notation() {
  return {OptionType::kText, "auto, first, largest or WxH", canvas_text, read_canvas};
}

OptionNotation<std::int64_t> size_notation() {
  return {OptionType::kSize, "SIZE", size_text, read_size};
}

OptionNotation<std::optional<Rational>> rate_notation() {
  return {OptionType::kText, "RATE", rate_text, read_rate};
}

OptionNotation<ReadRange> frames_notation() {
  return {OptionType::kText, "A:B", frames_text, read_frames};
}

OptionNotation<Setting> setting_notation() {
  return {OptionType::kText, "KEY=VALUE",
          [](const Setting& setting) { return std::optional<std::string>(setting.first + "=" + setting.second); },
          read_setting};
}

bool read_flag(const OptionTexts& texts, bool& is_on) {
  if (texts.empty()) return is_on = true;
  if (texts.size() != 1) return false;
  for (const char* yes : {"true", "on", "yes", "1"}) {
    if (texts.front() == yes) return is_on = true;
  }
  is_on = false;
  for (const char* no : {"false", "off", "no", "0"}) {
    if (texts.front() == no) return true;
  }
  return false;
}

}  // namespace reelface
