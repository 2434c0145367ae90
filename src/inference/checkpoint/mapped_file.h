// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "inference/checkpoint/byte_view.h"

namespace reelface {

/// A regular file mapped read-only for as long as this lives. The pages belong to the file cache, not to the heap.
/// The file must not be shortened by others meanwhile. Throws MalformedCheckpoint if it cannot be opened.
class MappedFile {
 public:
  explicit MappedFile(const std::string& path);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  ByteView bytes() const { return bytes_; }

  /// Whole pages of this part leave the process until they are read again. Nothing else changes.
  void let_go(const std::byte* start, std::size_t size) const;

 private:
  ByteView bytes_;
};

}  // namespace reelface
