#include "app/argument_spelling.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>

#include "reelface/core/error.h"

namespace reelface {
namespace {

std::string with_two_dashes(const std::string& argument) {
  static const std::map<std::string, std::string> kKnown = {
      {"-c:v", "--video-codec"}, {"-vcodec", "--video-codec"}, {"-b:v", "--bit-rate"},
      {"-crf", "--crf"},         {"-preset", "--preset"},      {"-ss", "--ss"},
      {"-to", "--to"},           {"-pix_fmt", "--pix-fmt"},    {"-an", "--no-audio"},
      {"-sn", "--no-subtitles"}, {"-hwaccel", "--hwaccel"},    {"-threads", "--threads"}};
  const auto known = kKnown.find(argument);
  return known == kKnown.end() ? argument : known->second;
}

/// Reads a number that takes up the whole text; NaN if it does not.
double whole_number(const std::string& text) {
  if (text.empty()) return std::nan("");
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  return end == text.c_str() + text.size() ? value : std::nan("");
}

}  // namespace

std::vector<std::string> unify_spelling(const std::vector<std::string>& arguments) {
  std::vector<std::string> result;
  bool is_option = true;
  for (const std::string& argument : arguments) {
    if (argument == "--" && is_option) {
      is_option = false;  // taken away: CLI11 would end the command there and hand the files to the program
    } else if (!is_option && argument.size() > 1 && argument[0] == '-') {
      result.push_back("./" + argument);  // the same file, and no option any more
    } else if (!is_option || argument.size() < 2 || argument[0] != '-') {
      result.push_back(argument);
    } else if (argument[1] == '-') {
      std::string unified = argument;
      const auto name_end = unified.begin() + static_cast<std::ptrdiff_t>(std::min(unified.find('='), unified.size()));
      std::replace(unified.begin(), name_end, '_', '-');
      result.push_back(std::move(unified));
    } else {
      result.push_back(with_two_dashes(argument));
    }
  }
  return result;
}

double parse_time(const std::string& text) {
  double total = 0;
  std::size_t start = 0;
  int parts = 0;
  while (true) {
    const std::size_t colon = text.find(':', start);
    const double part = whole_number(text.substr(start, colon == std::string::npos ? colon : colon - start));
    constexpr double kLongestSeconds = 1e9;  // no film is as long, and it can still be counted in microseconds
    total = total * 60 + part;
    if (!(part >= 0 && total <= kLongestSeconds) || ++parts > 3) {
      throw Error(ExitCode::kUsage, "'" + text + "' is not a time", "write seconds (90.5) or h:mm:ss (0:01:30.5)");
    }
    if (colon == std::string::npos) return total;
    start = colon + 1;
  }
}

long long parse_bytes(const std::string& text) {
  double factor = 1;
  std::string digits = text;
  if (!digits.empty()) {
    switch (digits.back()) {
      case 'k':
      case 'K':
        factor = 1024;
        break;
      case 'm':
      case 'M':
        factor = 1024.0 * 1024;
        break;
      case 'g':
      case 'G':
        factor = 1024.0 * 1024 * 1024;
        break;
      default:
        break;
    }
    if (factor > 1) digits.pop_back();
  }
  const double value = whole_number(digits) * factor;
  if (!(value >= 0) || value > 9e18) {
    throw Error(ExitCode::kUsage, "'" + text + "' is not a size", "write bytes, or 800M, or 4G");
  }
  return static_cast<long long>(value);
}

}  // namespace reelface
