// SPDX-License-Identifier: Apache-2.0
#include "studio/films/kept_pictures.h"

#include <algorithm>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <system_error>
#include <vector>

#include "core/sha256.h"
#include "core/whole_file.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr const char* kEnding = ".picture";
constexpr std::uintmax_t kMostBytesOfOne = std::uintmax_t{512} << 20;

fs::path path_of(const std::string& folder, const std::string& key) {
  return fs::path(folder) / (sha256_of(key) + kEnding);
}

/// A line that says what the picture is like, and the picture.
std::string written(const ShownPicture& picture) {
  const Json facts = {{"width", picture.width},
                      {"height", picture.height},
                      {"pixel_aspect", picture.pixel_aspect},
                      {"seconds", picture.seconds},
                      {"wall_seconds", picture.wall_seconds},
                      {"sha256", sha256_of(picture.png)}};
  return facts.dump() + "\n" + picture.png;
}

/// Null for what was not written like that.
std::shared_ptr<ShownPicture> read_from(const std::string& bytes) {
  const std::size_t end = bytes.find('\n');
  if (end == std::string::npos) return nullptr;
  const Json facts = Json::parse(bytes.substr(0, end));
  auto picture = std::make_shared<ShownPicture>();
  picture->png = bytes.substr(end + 1);
  picture->width = facts.at("width").get<int>();
  picture->height = facts.at("height").get<int>();
  picture->pixel_aspect = facts.at("pixel_aspect").get<double>();
  picture->seconds = facts.at("seconds").get<double>();
  picture->wall_seconds = facts.at("wall_seconds").get<double>();
  return facts.at("sha256").get<std::string>() == sha256_of(picture->png) ? picture : nullptr;
}

}  // namespace

std::string KeptPictures::folder() const {
  const fs::path folder = fs::path(own_folder_()) / "pictures";
  if (fs::is_symlink(folder)) throw fs::filesystem_error("is a link", folder, {});
  fs::create_directory(folder);
  return folder.string();
}

std::shared_ptr<const ShownPicture> KeptPictures::find(const std::string& key) {
  const std::lock_guard<std::mutex> lock(mutex_);
  try {
    const fs::path path = path_of(folder(), key);
    if (!fs::is_regular_file(fs::symlink_status(path)) || fs::file_size(path) > kMostBytesOfOne) return nullptr;
    std::ifstream file(path, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    std::shared_ptr<ShownPicture> picture = read_from(bytes);
    if (picture)
      fs::last_write_time(path, fs::file_time_type::clock::now());
    else
      fs::remove(path);
    return picture;
  } catch (const std::exception& error) {
    log_debug(std::string("a kept picture cannot be read: ") + error.what());
    return nullptr;
  }
}

void KeptPictures::keep(const std::string& key, const ShownPicture& picture) {
  const std::lock_guard<std::mutex> lock(mutex_);
  try {
    write_whole_file(path_of(folder(), key).string(), written(picture), Replacing::kOurOwn);
    make_room();
  } catch (const std::exception& error) {
    log_debug(std::string("a picture is not kept: ") + error.what());
  }
}

void KeptPictures::make_room() const {
  struct Entry {
    fs::file_time_type used;
    std::uintmax_t bytes;
    fs::path path;
  };
  std::vector<Entry> entries;
  std::uintmax_t bytes = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder())) {
    if (entry.path().extension() != kEnding || !entry.is_regular_file()) continue;
    entries.push_back({entry.last_write_time(), entry.file_size(), entry.path()});
    bytes += entries.back().bytes;
  }
  std::sort(entries.begin(), entries.end(), [](const Entry& one, const Entry& other) { return one.used < other.used; });
  for (const Entry& entry : entries) {
    if (bytes <= most_bytes_) return;
    fs::remove(entry.path);
    bytes -= entry.bytes;
  }
}

}  // namespace reelface
