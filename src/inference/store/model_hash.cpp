// SPDX-License-Identifier: Apache-2.0
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <vector>

#include "core/sha256.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "reelface/inference/model_store.h"

namespace reelface {

std::string sha256_of_file(const std::string& path) {
  const auto refuse = [&path](const char* what) {
    throw Error(ExitCode::kModelRejected, printable(path) + ": " + what + ": " + std::strerror(errno),
                "check that the file exists and may be read");
  };
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
  if (!file) refuse("cannot be opened");
  Sha256 hash;
  std::vector<char> buffer(1u << 18);
  while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), file.get())) {
    hash.update(buffer.data(), size);
  }
  if (std::ferror(file.get()) != 0) refuse("cannot be read");
  return hash.finish();
}

}  // namespace reelface
