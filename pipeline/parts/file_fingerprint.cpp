// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parts/file_fingerprint.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "core/sha256.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

constexpr std::int64_t kPieceBytes = 1 << 20;

[[noreturn]] void fail(const std::string& path) {
  throw Error(ExitCode::kInputUnreadable, "cannot read " + printable(path) + ": " + std::strerror(errno),
              "check the file and its permissions");
}

std::string sha256_of_piece(std::ifstream& file, const std::string& path, std::int64_t from, std::int64_t bytes) {
  std::string piece(static_cast<std::size_t>(bytes), '\0');
  file.seekg(from);
  if (!file.read(piece.data(), bytes)) fail(path);
  return sha256_of(piece);
}

}  // namespace

FileFingerprint fingerprint_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::optional<FileStamp> stamp = stamp_of(path);
  if (!file || !stamp) fail(path);
  FileFingerprint fingerprint;
  fingerprint.path = path;
  fingerprint.stamp = *stamp;
  const std::int64_t piece = std::min<std::int64_t>(kPieceBytes, stamp->bytes);
  fingerprint.head = sha256_of_piece(file, path, 0, piece);
  fingerprint.tail = sha256_of_piece(file, path, stamp->bytes - piece, piece);
  return fingerprint;
}

}  // namespace reelface
