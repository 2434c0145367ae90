// SPDX-License-Identifier: Apache-2.0
#include "app/batch_log.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

/// With this every log begins.
constexpr std::string_view kFirstWords = "{\"options\":";

std::string line_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json to_json(const BatchResult& result) {
  Json json = {{"input", result.file.input}, {"output", result.file.output},      {"exit_code", result.exit_code},
               {"frames", result.frames},    {"started", result.started_seconds}, {"seconds", result.seconds}};
  if (!result.message.empty()) json["message"] = result.message;
  if (!result.warnings.empty()) json["warnings"] = result.warnings;
  if (const std::optional<FileStamp> stamp = stamp_of(result.file.input)) {
    json["input_bytes"] = stamp->bytes;
    json["input_modified_nanoseconds"] = stamp->modified_nanoseconds;
  }
  return json;
}

}  // namespace

BatchLog::BatchLog(const std::string& output_folder, const SpelledOptions& options, bool goes_on)
    : path_(batch_log_path(output_folder)) {
  std::error_code failure;
  fs::create_directories(output_folder, failure);
  open();
  if (goes_on) read(options);
  write_line(line_of({{"options", options}}));
}

/// Nothing is appended to a file that is not a log of ours, whatever its name is.
void BatchLog::open() {
  const int descriptor = ::open(path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666);
  if (descriptor < 0) throw_output_error("cannot open " + printable(path_), errno);
  file_.emplace(descriptor, path_, true);
  std::string start(kFirstWords.size(), '\0');
  const ssize_t found = ::pread(descriptor, start.data(), start.size(), 0);
  const bool is_ours = found == 0 || (found > 0 && kFirstWords.compare(0, static_cast<std::size_t>(found), start, 0,
                                                                       static_cast<std::size_t>(found)) == 0);
  if (!is_ours || !file_->seekable())
    throw Error(ExitCode::kUsage, printable(path_) + " is in the way: it is no log of this program",
                "move it, or choose another --output-folder");
}

void BatchLog::write_line(const std::string& line) {
  file_->write(line + "\n");
}

void BatchLog::read(const SpelledOptions& options) {
  std::ifstream lines(path_, std::ios::binary);
  for (std::string line; std::getline(lines, line);) {
    const Json json = Json::parse(line, nullptr, false);
    if (!json.is_object()) continue;  // half a line: the machine stopped
    try {
      if (json.contains("options")) {
        refuse_changed_options(json.at("options").get<SpelledOptions>(), options,
                               "give the same options, or leave --resume out and give -y to make all files anew");
      } else if (json.at("exit_code") == 0) {
        done_[json.at("input")] = {json.at("output"), {json.at("input_bytes"), json.at("input_modified_nanoseconds")}};
      }
    } catch (const Json::exception& exception) {
      log_warning("a line of " + printable(path_) + " is not understood: " + exception.what());
    }
  }
}

bool BatchLog::is_done(const BatchFile& file) const {
  const auto found = done_.find(file.input);
  if (found == done_.end() || found->second.output != file.output || !fs::exists(file.output)) return false;
  return stamp_of(file.input) == found->second.input;
}

void BatchLog::note(const BatchResult& result) {
  write_line(to_json_line(result));
}

std::string batch_log_path(const std::string& output_folder) {
  return (fs::path(output_folder) / "reelface.log.jsonl").string();
}

std::string to_json_line(const BatchResult& result) {
  return line_of(to_json(result));
}

}  // namespace reelface
