// SPDX-License-Identifier: Apache-2.0
#include "media/formats/picture_list.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <system_error>

#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;

bool is_digit(char character) {
  return std::isdigit(static_cast<unsigned char>(character)) != 0;
}

/// The digits from `position` on, without leading zeros; moves `position` behind them.
std::string take_number(const std::string& text, std::size_t& position) {
  while (position < text.size() && text[position] == '0') ++position;
  const std::size_t start = position;
  while (position < text.size() && is_digit(text[position])) ++position;
  return text.substr(start, position - start);
}

std::vector<std::string> file_names_in(const fs::path& folder) {
  std::error_code error;
  std::vector<std::string> names;
  for (fs::directory_iterator entry(folder.empty() ? "." : folder, error), end; !error && entry != end;
       entry.increment(error)) {
    std::error_code ignored;
    if (entry->is_regular_file(ignored)) names.push_back(entry->path().filename().string());
  }
  if (error) {
    throw Error(ExitCode::kInputUnreadable,
                "cannot list the folder '" + printable(folder.string()) + "': " + error.message(),
                "check its name and permissions");
  }
  return names;
}

/// shot_%04d.png taken apart.
struct NumberPattern {
  std::string before;
  std::string after;
  std::size_t width = 0;  ///< at least so many digits, filled up with zeros
};

std::optional<NumberPattern> parse_pattern(const std::string& name) {
  const std::size_t percent = name.find('%');
  if (percent == std::string::npos) return std::nullopt;
  std::size_t end = percent + 1;
  while (end < name.size() && is_digit(name[end])) ++end;
  if (end >= name.size() || name[end] != 'd') return std::nullopt;
  const std::string width = name.substr(percent + 1, end - percent - 1);
  if (width.size() > 2 || name.find('%', end) != std::string::npos) return std::nullopt;
  NumberPattern pattern;
  pattern.before = name.substr(0, percent);
  pattern.after = name.substr(end + 1);
  pattern.width = static_cast<std::size_t>(std::atoi(width.c_str()));
  return pattern;
}

std::optional<std::int64_t> number_in(const std::string& name, const NumberPattern& pattern) {
  const std::size_t around = pattern.before.size() + pattern.after.size();
  if (name.size() <= around || name.compare(0, pattern.before.size(), pattern.before) != 0 ||
      name.compare(name.size() - pattern.after.size(), pattern.after.size(), pattern.after) != 0) {
    return std::nullopt;
  }
  const std::string digits = name.substr(pattern.before.size(), name.size() - around);
  if (digits.size() > 15 || !std::all_of(digits.begin(), digits.end(), is_digit)) return std::nullopt;
  // 0007 is no number of the pattern %d, and 07 none of %04d.
  const std::size_t fewest = std::max<std::size_t>(pattern.width, 1);
  if (digits.size() < fewest || (digits.size() > fewest && digits[0] == '0')) return std::nullopt;
  return std::strtoll(digits.c_str(), nullptr, 10);
}

void add_gap(PictureList& list, std::int64_t first, std::int64_t last) {
  constexpr std::int64_t kMostGapsNamed = 8;
  const std::int64_t gaps = std::count(list.missing.begin(), list.missing.end(), ',') + (list.missing.empty() ? 0 : 1);
  list.missing_count += last - first + 1;
  if (gaps > kMostGapsNamed) return;
  if (!list.missing.empty()) list.missing += ", ";
  list.missing +=
      gaps == kMostGapsNamed ? "…" : std::to_string(first) + (last > first ? "-" + std::to_string(last) : "");
}

}  // namespace

bool has_picture_ending(const std::string& file) {
  static constexpr std::array<const char*, 21> kEndings = {".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp",
                                                           ".tga", ".ppm", ".pgm",  ".pbm", ".pnm", ".pam",  ".dpx",
                                                           ".exr", ".jp2", ".j2k",  ".jxl", ".sgi", ".qoi",  ".psd"};
  std::string ending = fs::path(file).extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](unsigned char character) { return static_cast<char>(std::tolower(character)); });
  return std::find(kEndings.begin(), kEndings.end(), ending) != kEndings.end();
}

bool comes_before_naturally(const std::string& left, const std::string& right) {
  std::size_t in_left = 0;
  std::size_t in_right = 0;
  while (in_left < left.size() && in_right < right.size()) {
    if (is_digit(left[in_left]) && is_digit(right[in_right])) {
      const std::string left_number = take_number(left, in_left);
      const std::string right_number = take_number(right, in_right);
      if (left_number.size() != right_number.size()) return left_number.size() < right_number.size();
      if (left_number != right_number) return left_number < right_number;
      continue;
    }
    if (left[in_left] != right[in_right]) {
      return static_cast<unsigned char>(left[in_left]) < static_cast<unsigned char>(right[in_right]);
    }
    ++in_left;
    ++in_right;
  }
  const std::size_t left_rest = left.size() - in_left;
  const std::size_t right_rest = right.size() - in_right;
  if (left_rest != right_rest) return left_rest < right_rest;
  return left < right;  // a01 and a1: any fixed order will do
}

PictureList pictures_in_folder(const std::string& folder) {
  std::vector<std::string> names = file_names_in(folder);
  names.erase(std::remove_if(names.begin(), names.end(),
                             [](const std::string& name) { return name[0] == '.' || !has_picture_ending(name); }),
              names.end());
  if (names.empty()) {
    throw Error(ExitCode::kInputUnreadable, "the folder '" + printable(folder) + "' holds no pictures",
                "give a folder of .png, .jpg, .tif, .dpx or .exr files, or a video");
  }
  std::sort(names.begin(), names.end(), comes_before_naturally);
  PictureList list;
  for (const std::string& name : names) {
    list.positions.push_back(static_cast<std::int64_t>(list.files.size()));
    list.files.push_back((fs::path(folder) / name).string());
  }
  return list;
}

std::optional<PictureList> pictures_by_number(const std::string& pattern_path) {
  const fs::path path(pattern_path);
  const std::optional<NumberPattern> pattern = parse_pattern(path.filename().string());
  if (!pattern) return std::nullopt;
  std::map<std::int64_t, std::string> by_number;
  for (const std::string& name : file_names_in(path.parent_path())) {
    if (const std::optional<std::int64_t> number = number_in(name, *pattern)) by_number.emplace(*number, name);
  }
  if (by_number.empty()) {
    throw Error(ExitCode::kInputUnreadable, "no file fits '" + printable(pattern_path) + "'",
                "check the pattern: %04d stands for numbers of four digits, %d for numbers without leading zeros");
  }
  PictureList list;
  const std::int64_t first = by_number.begin()->first;
  std::int64_t expected = first;
  for (const auto& [number, name] : by_number) {
    if (number > expected) add_gap(list, expected, number - 1);
    expected = number + 1;
    list.positions.push_back(number - first);
    list.files.push_back((path.parent_path() / name).string());
  }
  return list;
}

std::optional<PictureList> find_pictures(const std::string& input) {
  std::error_code ignored;
  if (input == "-") return std::nullopt;
  if (fs::is_directory(input, ignored)) return pictures_in_folder(input);
  // A file of exactly this name is that file, whatever % or digits its name holds.
  if (fs::exists(input, ignored)) return std::nullopt;
  return pictures_by_number(input);
}

}  // namespace reelface
