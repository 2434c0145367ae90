// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parts/part_folder.h"

#include <signal.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/clock.h"
#include "core/whole_file.h"
#include "pipeline/parts/note_values.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "reelface/parts/film_parts.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr double kSecondsBetweenNotes = 5;
constexpr double kSilentSeconds = 60;  ///< after this a worker counts as gone; clocks of machines differ by less

std::string host_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "unknown";
}

std::string failure_path(const std::string& folder, std::size_t part) {
  return part_path(folder, part) + ".failed";
}

bool is_alive(const std::string& worker, double updated_seconds) {
  const std::string here = host_name() + ":";
  if (worker.compare(0, here.size(), here) == 0) {
    const int process = std::atoi(worker.c_str() + here.size());
    return process > 0 && (kill(process, 0) == 0 || errno == EPERM);
  }
  return system_seconds() - updated_seconds < kSilentSeconds;
}

}  // namespace

std::string part_path(const std::string& folder, std::size_t part) {
  std::array<char, 32> name{};
  std::snprintf(name.data(), name.size(), "part-%05zu", part);
  return (fs::path(folder) / name.data()).string();
}

std::string plan_path(const std::string& folder) {
  return (fs::path(folder) / "plan.json").string();
}
std::string index_path(const std::string& folder) {
  return (fs::path(folder) / "film.index").string();
}
std::string lock_path(const std::string& folder) {
  return (fs::path(folder) / "lock").string();
}
std::string joined_path(const std::string& folder) {
  return (fs::path(folder) / "joined.json").string();
}

bool has_plan(const std::string& folder) {
  std::error_code failure;
  return fs::exists(plan_path(folder), failure);
}

std::string this_worker() {
  return host_name() + ":" + std::to_string(getpid());
}

std::optional<std::string> file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

RunningNote::RunningNote(const std::string& folder, std::size_t part)
    : path_(part_path(folder, part) + "." + this_worker() + ".running") {
  write(0);
}

RunningNote::~RunningNote() {
  std::remove(path_.c_str());
}

void RunningNote::update(std::int64_t frames_done) {
  if (system_seconds() - written_seconds_ >= kSecondsBetweenNotes) write(frames_done);
}

void RunningNote::write(std::int64_t frames_done) {
  written_seconds_ = system_seconds();
  const Json note = {{"worker", this_worker()}, {"frames_done", frames_done}, {"updated", written_seconds_}};
  try {
    write_whole_file(path_, note.dump() + "\n", Replacing::kOurOwn);
  } catch (const Error& error) {
    log_debug(error.what());
  }
}

std::vector<WorkerNote> running_notes(const std::string& folder, std::size_t part) {
  std::vector<WorkerNote> notes;
  const std::string start = fs::path(part_path(folder, part)).filename().string() + ".";
  std::error_code failure;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, failure)) {
    const std::string name = entry.path().filename().string();
    if (name.compare(0, start.size(), start) != 0 || entry.path().extension() != ".running") continue;
    const Json json = Json::parse(file_text(entry.path().string()).value_or(""), nullptr, false);
    if (!json.is_object()) continue;
    WorkerNote note;
    note.worker = text_at(json, "worker");
    note.frames_done = count_at(json, "frames_done");
    note.updated_seconds = seconds_at(json, "updated");
    note.is_alive = is_alive(note.worker, note.updated_seconds);
    notes.push_back(std::move(note));
  }
  return notes;
}

void note_failure(const std::string& folder, std::size_t part, const std::string& reason, int exit_code) {
  const Json note = {{"worker", this_worker()}, {"reason", reason}, {"exit_code", exit_code}, {"at", system_seconds()}};
  try {
    write_whole_file(failure_path(folder, part), note.dump(2, ' ', false, Json::error_handler_t::replace) + "\n",
                     Replacing::kOurOwn);
  } catch (const Error& error) {
    log_debug(error.what());  // the failure itself is what counts, and it is thrown
  }
}

void forget_failure(const std::string& folder, std::size_t part) {
  std::remove(failure_path(folder, part).c_str());
}

std::optional<std::string> failure_of(const std::string& folder, std::size_t part) {
  const std::optional<std::string> text = file_text(failure_path(folder, part));
  if (!text) return std::nullopt;
  const Json json = Json::parse(*text, nullptr, false);
  return json.is_object() ? text_at(json, "reason") + " (" + text_at(json, "worker") + ")" : std::string("unknown");
}

}  // namespace reelface
