// SPDX-License-Identifier: Apache-2.0
#include "app/batch_list.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <utility>

#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;

bool is_film_name(const fs::path& path) {
  static const std::set<std::string> kEndings{".3gp", ".avi", ".dv",   ".flv", ".m2ts", ".m4v", ".mkv",
                                              ".mov", ".mp4", ".mpeg", ".mpg", ".mts",  ".mxf", ".ogv",
                                              ".ts",  ".vob", ".webm", ".wmv", ".y4m"};
  std::string ending = path.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](unsigned char letter) { return std::tolower(letter); });
  return kEndings.count(ending) > 0;
}

/// Looks through a folder and those in it. One that cannot be read keeps nobody from the others.
class FolderWalk {
 public:
  FolderWalk(fs::path folder, fs::path output_folder)
      : folder_(std::move(folder)), output_folder_(std::move(output_folder)) {}

  BatchList run() && {
    waiting_.push_back(folder_);
    while (!waiting_.empty()) {
      const fs::path folder = std::move(waiting_.back());
      waiting_.pop_back();
      look_into(folder);
    }
    std::sort(list_.files.begin(), list_.files.end(),
              [](const BatchFile& left, const BatchFile& right) { return left.input < right.input; });
    return std::move(list_);
  }

 private:
  void look_into(const fs::path& folder) {
    std::error_code failure;
    fs::directory_iterator entry(folder, failure);
    for (; !failure && entry != fs::directory_iterator(); entry.increment(failure)) note(*entry);
    if (failure) list_.unread.push_back({folder.string(), failure.message()});
  }

  void note(const fs::directory_entry& entry) {
    std::error_code ignored;                                               // what cannot even be looked at is no film
    if (entry.is_symlink(ignored) && entry.is_directory(ignored)) return;  // it may lead round in a circle
    if (entry.is_directory(ignored)) {
      // Else the next run would restore what this one has made. By its inode: it may go by several names.
      if (!fs::equivalent(entry.path(), output_folder_, ignored)) waiting_.push_back(entry.path());
    } else if (entry.is_regular_file(ignored) && is_film_name(entry.path())) {
      const fs::path place = entry.path().lexically_relative(folder_);
      list_.files.push_back({entry.path().string(), (output_folder_ / place).string()});
    }
  }

  fs::path folder_, output_folder_;
  std::vector<fs::path> waiting_;
  BatchList list_;
};

BatchList films_below(const fs::path& folder, const fs::path& output_folder) {
  std::error_code ignored;
  if (fs::equivalent(folder, output_folder, ignored))
    throw Error(ExitCode::kUsage,
                "the films would be replaced by what is made of them in " + printable(folder.string()),
                "give another --output-folder");
  BatchList list = FolderWalk(folder, output_folder).run();
  if (!list.unread.empty() && list.unread.front().path == folder)
    throw Error(ExitCode::kInputUnreadable,
                "cannot read the folder " + printable(folder.string()) + ": " + list.unread.front().reason,
                "check its permissions");
  return list;
}

std::vector<BatchFile> films_of(std::istream& lines, const fs::path& output_folder) {
  std::vector<BatchFile> files;
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty() || line.front() == '#') continue;
    files.push_back({line, (output_folder / fs::path(line).filename()).string()});
  }
  return files;
}

void refuse_same_outputs(const std::vector<BatchFile>& files) {
  std::map<std::string, std::string> inputs;
  for (const BatchFile& file : files) {
    const auto [found, is_new] = inputs.emplace(file.output, file.input);
    if (is_new) continue;
    throw Error(
        ExitCode::kUsage,
        printable(found->second) + " and " + printable(file.input) + " would both become " + printable(file.output),
        "list them apart, each with an --output-folder of its own");
  }
}

}  // namespace

BatchList read_batch_list(const std::string& list, const std::string& output_folder) {
  BatchList films;
  std::error_code ignored;
  if (fs::is_directory(list, ignored)) {
    films = films_below(list, output_folder);
  } else if (list == "-") {
    films.files = films_of(std::cin, output_folder);
  } else {
    std::ifstream lines(list, std::ios::binary);
    if (!lines)
      throw Error(ExitCode::kInputUnreadable, "cannot read the list " + printable(list),
                  "name a text file with one film on each line, or a folder");
    films.files = films_of(lines, output_folder);
  }
  if (films.files.empty() && films.unread.empty())
    throw Error(ExitCode::kUsage, "there are no films in " + printable(list),
                "name a file with one film on each line, or a folder");
  refuse_same_outputs(films.files);
  return films;
}

}  // namespace reelface
