// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parts/joined_film.h"

#include <nlohmann/json.hpp>
#include <optional>

#include "core/whole_file.h"
#include "pipeline/parts/file_fingerprint.h"
#include "pipeline/parts/part_folder.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

nlohmann::json identity_json(const std::string& file) {
  const FileFingerprint fingerprint = fingerprint_of(file);
  return {
      {"bytes", fingerprint.stamp.bytes}, {"sha256_of_head", fingerprint.head}, {"sha256_of_tail", fingerprint.tail}};
}

}  // namespace

void note_joined_film(const std::string& folder, const std::string& finished_file) {
  write_whole_file(joined_path(folder), identity_json(finished_file).dump() + "\n", Replacing::kOurOwn);
}

bool is_joined_film(const std::string& folder, const std::string& file) {
  const std::optional<std::string> note = file_text(joined_path(folder));
  if (!note) return false;
  try {
    return nlohmann::json::parse(*note, nullptr, false) == identity_json(file);
  } catch (const Error&) {
    return false;  // it cannot be read
  }
}

}  // namespace reelface
