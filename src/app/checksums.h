// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "reelface/core/cancel_token.h"

namespace reelface {

/// Where --checksums keeps what it knows of an output, beside it.
struct ChecksumFiles {
  std::string sums;    ///< SHA-256 of output and input, for sha256sum -c
  std::string frames;  ///< of each frame, as ffmpeg -f framemd5 writes it
};

ChecksumFiles checksum_files_of(const std::string& output);

/// Throws Error(kUsage) for outputs that are not one file.
void check_has_checksums(const std::string& output);

/// Reads the finished output once more, and writes both files.
void write_checksums(const std::string& input, const std::string& output, bool overwrite, const CancelToken& cancel);

/// Compares a file with what --checksums has written about it, and with its input, if that is still there. Prints what
/// was found, a line each. False if something is not as it was.
bool verify_output(const std::string& output, const std::string& input, const CancelToken& cancel);

}  // namespace reelface
