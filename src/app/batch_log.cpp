#include "app/batch_log.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>

#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

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
  if (goes_on) read(options);
  file_.open(path_, std::ios::binary | std::ios::app);
  file_ << line_of({{"options", options}}) << "\n" << std::flush;
  if (!file_)
    throw Error(ExitCode::kOutputUnwritable, "cannot write " + printable(path_), "check the permissions of the folder");
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
  file_ << to_json_line(result) << "\n" << std::flush;
  if (!file_)
    throw Error(ExitCode::kOutputUnwritable, "cannot write " + printable(path_),
                "free some space; --resume goes on then");
}

std::string batch_log_path(const std::string& output_folder) {
  return (fs::path(output_folder) / "reelface.log.jsonl").string();
}

std::string to_json_line(const BatchResult& result) {
  return line_of(to_json(result));
}

}  // namespace reelface
