// SPDX-License-Identifier: Apache-2.0
#include "core/whole_file.h"

#include <fcntl.h>

#include <cerrno>

#include "core/path_check.h"
#include "reelface/core/log.h"

namespace reelface {

FileOutput open_special_file(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0) throw_output_error("cannot open " + printable(path), errno);
  return FileOutput(descriptor, path, true);
}

WholeFile::WholeFile(const std::string& path, Replacing replacing) {
  if (replacing != Replacing::kOurOwn && is_special_file(path)) {
    stream_.emplace(open_special_file(path));
  } else {
    unfinished_.emplace(path, replacing);
  }
}

void WholeFile::write(std::string_view bytes) {
  FileOutput& file = unfinished_ ? unfinished_->file() : *stream_;
  file.write(bytes);
}

void WholeFile::commit() {
  if (unfinished_) {
    unfinished_->seal();
    unfinished_->publish();
  } else {
    stream_->synchronize();
    stream_->close();
  }
}

void write_whole_file(const std::string& path, std::string_view bytes, Replacing replacing) {
  WholeFile file(path, replacing);
  file.write(bytes);
  file.commit();
}

}  // namespace reelface
