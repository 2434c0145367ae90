// SPDX-License-Identifier: Apache-2.0
#include "app/version_text.h"

#include <curl/curl.h>
#include <spdlog/version.h>

#include <CLI/Version.hpp>
#include <nlohmann/json.hpp>
#include <vector>

#include "pipeline/restore/library_versions.h"
#include "reelface/core/log.h"
#include "reelface/version.h"

namespace reelface {
namespace {

std::string dotted(int major, int minor, int patch) {
  return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(patch);
}

std::vector<LibraryVersion> versions_of_the_program() {
  return {
      {"libcurl", curl_version_info(CURLVERSION_NOW)->version},
      {"spdlog", dotted(SPDLOG_VER_MAJOR, SPDLOG_VER_MINOR, SPDLOG_VER_PATCH)},
      {"CLI11", CLI11_VERSION},
      {"nlohmann-json", dotted(NLOHMANN_JSON_VERSION_MAJOR, NLOHMANN_JSON_VERSION_MINOR, NLOHMANN_JSON_VERSION_PATCH)}};
}

}  // namespace

std::string version_text() {
  std::string text = std::string("reelface ") + kVersion;
  std::vector<LibraryVersion> versions = library_versions();
  for (LibraryVersion& version : versions_of_the_program()) versions.push_back(std::move(version));
  for (const LibraryVersion& library : versions) text += "\n" + library.name + " " + printable(library.version);
  return text;
}

}  // namespace reelface
