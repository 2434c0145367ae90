// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace reelface {

/// One process at a time works in the folder, which is made if it is not there. The lock's file goes with the folder.
class FolderLock {
 public:
  /// Throws Error(kTryAgain) if another process holds it, Error(kOutputUnwritable) if the folder cannot be made.
  explicit FolderLock(const std::string& folder);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int descriptor_ = -1;
};

}  // namespace reelface
