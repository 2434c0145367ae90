#include "pipeline/restore/provenance.h"

#include <cstdio>

#include "reelface/inference/model_store.h"
#include "reelface/version.h"

namespace reelface {
namespace {

std::string comment_of(const MediaInfo& input) {
  for (const char* key : {"comment", "COMMENT", "Comment"}) {
    if (const auto tag = input.tags.find(key); tag != input.tags.end()) return tag->second;
  }
  return {};
}

}  // namespace

std::string provenance_comment(const MediaInfo& input, const RestoreOptions& options) {
  const std::string path = ModelStore::from_environment().path_of(options.model.model);
  char strength[32];
  std::snprintf(strength, sizeof strength, "%g", options.model.strength_percent);
  const std::string made = std::string("faces restored by reelface ") + kVersion + ", model " + options.model.model +
                           " (sha256 " + sha256_of_file(path).substr(0, 16) + "), strength " + strength;
  const std::string before = comment_of(input);
  return before.empty() ? made : before + "; " + made;
}

}  // namespace reelface
