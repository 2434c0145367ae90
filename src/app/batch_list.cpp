#include "app/batch_list.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>

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

std::vector<BatchFile> films_below(const fs::path& folder, const fs::path& output_folder) {
  std::vector<BatchFile> files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || !is_film_name(entry.path())) continue;
    files.push_back({entry.path().string(), (output_folder / entry.path().lexically_relative(folder)).string()});
  }
  std::sort(files.begin(), files.end(),
            [](const BatchFile& left, const BatchFile& right) { return left.input < right.input; });
  return files;
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

std::vector<BatchFile> read_batch_list(const std::string& list, const std::string& output_folder) {
  std::vector<BatchFile> files;
  if (fs::is_directory(list)) {
    files = films_below(list, output_folder);
  } else if (list == "-") {
    files = films_of(std::cin, output_folder);
  } else {
    std::ifstream lines(list, std::ios::binary);
    if (!lines)
      throw Error(ExitCode::kInputUnreadable, "cannot read the list " + printable(list),
                  "name a text file with one film on each line, or a folder");
    files = films_of(lines, output_folder);
  }
  if (files.empty())
    throw Error(ExitCode::kUsage, "there are no films in " + printable(list),
                "name a file with one film on each line, or a folder");
  refuse_same_outputs(files);
  return files;
}

}  // namespace reelface
