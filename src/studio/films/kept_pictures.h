// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "studio/films/picture_shelf.h"

namespace reelface {

/// Pictures in files, kept from one run of the studio to the next: as many as fit, those that were asked for last. A
/// picture that cannot be written, or read as it was written, has to be made again, and that is all. Thread-safety:
/// safe.
class KeptPictures {
 public:
  /// `own_folder` tells, and makes, the folder in which theirs is. It may throw.
  KeptPictures(std::function<std::string()> own_folder, std::size_t most_bytes)
      : own_folder_(std::move(own_folder)), most_bytes_(most_bytes) {}

  /// `key` says everything that the picture depends on. Null: it is not there, or not any more.
  std::shared_ptr<const ShownPicture> find(const std::string& key);
  void keep(const std::string& key, const ShownPicture& picture);

 private:
  std::string folder() const;
  void make_room() const;

  std::function<std::string()> own_folder_;
  std::size_t most_bytes_;
  std::mutex mutex_;
};

}  // namespace reelface
