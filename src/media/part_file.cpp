#include "media/part_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "reelface/core/shell_quoted.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;

std::string folder_of(const std::string& path) {
  const std::string parent = fs::path(path).parent_path().string();
  return parent.empty() ? "." : parent;
}

/// Where the bytes really go: renaming over a link would replace the link and leave its target as it was.
std::string follow_links(const std::string& path) {
  fs::path current = path;
  for (int hops = 0; hops < 40; ++hops) {
    std::error_code failure;
    if (!fs::is_symlink(current, failure)) return current.string();
    const fs::path target = fs::read_symlink(current, failure);
    if (failure) break;
    current = target.is_absolute() ? target : current.parent_path() / target;
  }
  throw Error(ExitCode::kUsage, "the output " + printable(path) + " is a link that leads nowhere",
              "remove the link or choose another name");
}

std::string part_name(const std::string& final_path, int attempt) {
  std::string ending = "." + std::to_string(::getpid());
  if (attempt > 0) ending += "." + std::to_string(attempt);
  ending += ".part";
  constexpr std::size_t kLongestName = 255;
  std::string name = fs::path(final_path).filename().string();
  if (name.size() + ending.size() + 1 > kLongestName) name.resize(kLongestName - ending.size() - 1);
  return (fs::path(final_path).parent_path() / ("." + name + ending)).string();
}

void synchronize_folder(const std::string& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;  // a folder we may write to but not read cannot be synchronised; the file itself is
  const int result = ::fsync(descriptor);
  const int error_number = errno;
  ::close(descriptor);
  if (result != 0 && error_number != EINVAL && error_number != ENOTSUP)
    throw_output_error("cannot bring the folder " + printable(folder) + " to the disk", error_number);
}

/// 0 or an errno. Works on file systems without hard links, and where the kernel lacks a rename that refuses to
/// replace.
int rename_without_replacing(const std::string& from, const std::string& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return 0;
  if (errno == EEXIST) return EEXIST;
  if (::link(from.c_str(), to.c_str()) == 0) return ::unlink(from.c_str()) == 0 ? 0 : errno;
  if (errno == EEXIST) return EEXIST;
  if (::access(to.c_str(), F_OK) == 0) return EEXIST;
  return ::rename(from.c_str(), to.c_str()) == 0 ? 0 : errno;
}

}  // namespace

bool is_same_file(const std::string& first, const std::string& second) {
  struct stat one {};
  struct stat other {};
  return ::stat(first.c_str(), &one) == 0 && ::stat(second.c_str(), &other) == 0 && one.st_dev == other.st_dev &&
         one.st_ino == other.st_ino;
}

bool is_special_file(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

void check_output_path(const std::string& output, const std::string& input, bool overwrite) {
  const std::string shown = printable(output);
  if (output.empty()) throw Error(ExitCode::kUsage, "the output has no name", "give a file name, for example out.mkv");
  struct stat status {};
  if (::stat(output.c_str(), &status) == 0) {
    if (S_ISDIR(status.st_mode))
      throw Error(ExitCode::kUsage, "the output " + shown + " is a folder",
                  "give a file name inside it, or end the name with / to write numbered pictures");
    if (!S_ISREG(status.st_mode)) return;
    if (is_same_file(output, input))
      throw Error(ExitCode::kUsage, "input and output are the same file: " + shown,
                  "choose another output; the input is never changed");
    if (!overwrite) throw Error(ExitCode::kUsage, "the output " + shown + " already exists", "use -y to replace it");
    return;
  }
  if (errno == ENAMETOOLONG) throw Error(ExitCode::kUsage, "the output's name is too long", "choose a shorter one");
  const std::string folder = folder_of(follow_links(output));
  if (::stat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode))
    throw Error(ExitCode::kUsage, "the folder of the output is not there: " + printable(folder),
                "make the folder first, or correct the path");
}

PartFile::PartFile(const std::string& output, bool overwrite)
    : final_path_(follow_links(output)), overwrite_(overwrite) {
  // A part of the same process number may be left from an earlier run (in a container it is always 1).
  constexpr int kAttempts = 1000;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    part_path_ = part_name(final_path_, attempt);
    const int descriptor = ::open(part_path_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (descriptor >= 0) {
      file_ = std::make_unique<FileOutput>(descriptor, part_path_, true);
      struct stat replaced {};
      if (overwrite_ && ::stat(final_path_.c_str(), &replaced) == 0 && ::fchmod(descriptor, replaced.st_mode & 07777))
        log_debug("the permissions of the replaced file could not be kept");
      return;
    }
    if (errno != EEXIST) break;
  }
  throw_output_error("cannot create " + printable(part_path_), errno);
}

PartFile::~PartFile() {
  if (remove_at_end_) ::unlink(part_path_.c_str());
}

void PartFile::seal() {
  file_->synchronize();
  file_->close();
}

void PartFile::publish() {
  const int error_number = overwrite_ ? (::rename(part_path_.c_str(), final_path_.c_str()) == 0 ? 0 : errno)
                                      : rename_without_replacing(part_path_, final_path_);
  if (error_number == EEXIST) {
    remove_at_end_ = false;  // hours of work: the user decides
    throw Error(ExitCode::kOutputUnwritable,
                printable(final_path_) + " appeared while the work went on and is left alone",
                "the finished file is " + shell_quoted(part_path_) + "; rename it");
  }
  if (error_number != 0)
    throw_output_error("cannot rename the finished file to " + printable(final_path_), error_number);
  remove_at_end_ = false;
  synchronize_folder(folder_of(final_path_));
}

void PartFile::keep() {
  remove_at_end_ = false;
  synchronize_folder(folder_of(final_path_));
}

}  // namespace reelface
