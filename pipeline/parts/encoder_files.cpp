// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parts/encoder_files.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

/// Of x264, x265, SVT-AV1, libvpx, libaom and libavcodec, without their dashes and underscores.
bool names_a_file(const std::string& key) {
  static constexpr std::array<std::string_view, 26> kKeys{
      "stats",         "passlogfile",    "statsfile",         "csv",          "csvloglevel",
      "qpfile",        "tcfilein",       "tcfileout",         "dumpyuv",      "recon",
      "analysissave",  "analysisload",   "analysisreusefile", "zonefile",     "lambdafile",
      "scalinglist",   "dhdr10info",     "dolbyvisionrpu",    "cqm",          "cqmfile",
      "vmafmodelpath", "filmgraintable", "twopassstats",      "twopassinput", "qpfilein",
      "rcstats"};
  std::string plain;
  for (const char letter : key) {
    if (letter != '-' && letter != '_') plain += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  }
  return std::find(kKeys.begin(), kKeys.end(), plain) != kKeys.end();
}

/// "30000/1001" is a ratio; nothing else with a slash is a setting of an encoder.
bool is_path(const std::string& value) {
  return value.find('/') != std::string::npos && value.find_first_not_of("0123456789/.") != std::string::npos;
}

[[noreturn]] void refuse_setting(const std::string& setting) {
  throw Error(ExitCode::kUsage, "-e " + printable(setting) + " may name a file, which no film in parts may do",
              "leave it out, or restore the film in one run");
}

/// "stats=a:qp=3" as x264, x265 and SVT-AV1 take their own options.
void check_list(const std::string& list) {
  std::size_t start = 0;
  while (start < list.size()) {
    const std::size_t end = std::min(list.find(':', start), list.size());
    const std::string setting = list.substr(start, end - start);
    const std::string key = setting.substr(0, setting.find('='));
    if (names_a_file(key)) refuse_setting(setting);
    start = end + 1;
  }
}

}  // namespace

void refuse_settings_that_name_files(const WriteOptions& options) {
  for (const auto& [key, value] : options.encoder_options) {
    if (names_a_file(key) || is_path(value)) refuse_setting(std::string(key).append("=").append(value));
    check_list(value);
  }
}

}  // namespace reelface
