// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "inference/checkpoint/byte_view.h"

namespace reelface {

/// The records of a zip file of the kind PyTorch writes: stored, not compressed; one folder around all of them.
/// Stricter than zip tools: every byte belongs to exactly one record or to the directory, both headers of a record must
/// agree and its CRC must be right, so that no other reader can see a different content. A value; the records look
/// into the file.
class ZipDirectory {
 public:
  /// Throws MalformedCheckpoint.
  explicit ZipDirectory(ByteView file);

  /// By name without the common folder, for example "data/0".
  const std::map<std::string, ByteView>& records() const { return records_; }
  const ByteView* find(const std::string& name) const;

 private:
  std::map<std::string, ByteView> records_;
};

}  // namespace reelface
