// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "inference/load_models.h"

namespace reelface {

/// Precisions that were once chosen, on disk: choosing loads a network twice and restores test faces with both. One
/// small file for each choice, under what it depends on; nothing is lost with the folder. Thread-safety: safe, between
/// processes as well.
class KeptPrecisions {
 public:
  /// ($XDG_CACHE_HOME, else ~/.cache)/reelface/precision; without a home nothing is kept.
  static KeptPrecisions from_environment();
  explicit KeptPrecisions(std::string folder) : folder_(std::move(folder)) {}

  /// `of` names everything that the choice depends on.
  std::optional<Precision> find(const std::string& of) const;

  /// A folder that cannot be written is no error.
  void keep(const std::string& of, Precision precision) const;

 private:
  std::string path_of(const std::string& of) const;

  std::string folder_;
};

}  // namespace reelface
