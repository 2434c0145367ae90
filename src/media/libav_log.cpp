#include "media/libav_log.h"

extern "C" {
#include <libavutil/log.h>
}

#include <array>
#include <cstdarg>
#include <cstdio>
#include <map>
#include <mutex>
#include <string_view>

#include "reelface/core/log.h"

namespace reelface {

struct LibavLogCapture::Record {
  std::mutex mutex;
  std::int64_t damage_messages = 0;
  std::string last_error;
};

namespace {

// libav has one callback for the whole process, so the list of listeners has to be one as well.
struct Listeners {
  std::mutex mutex;
  std::multimap<const void*, std::shared_ptr<LibavLogCapture::Record>> records;
};

Listeners& listeners() {
  static Listeners all;
  return all;
}

bool tells_of_damage(std::string_view message) {
  // The last is Matroska's: a hole in the file, where it looks for the next element among zeros.
  static constexpr std::array<std::string_view, 5> kSigns = {"partial file", "ended prematurely", "truncat", "Truncat",
                                                             "invalid as first byte"};
  for (const std::string_view sign : kSigns) {
    if (message.find(sign) != std::string_view::npos) return true;
  }
  return false;
}

void tell_listeners(const void* object, int level, const std::string& message) {
  std::shared_ptr<LibavLogCapture::Record> record;
  {
    Listeners& all = listeners();
    const std::lock_guard lock(all.mutex);
    const auto found = all.records.find(object);
    if (found == all.records.end()) return;
    record = found->second;
  }
  const std::lock_guard lock(record->mutex);
  if (tells_of_damage(message)) ++record->damage_messages;
  if (level <= AV_LOG_ERROR) record->last_error = message;
}

void on_libav_message(void* object, int level, const char* format, std::va_list arguments) {
  if ((level & 0xff) > AV_LOG_WARNING) return;
  std::array<char, 1024> text{};
  std::vsnprintf(text.data(), text.size(), format, arguments);
  std::string message = text.data();
  while (!message.empty() && (message.back() == '\n' || message.back() == ' ')) message.pop_back();
  if (message.empty()) return;
  tell_listeners(object, level & 0xff, message);
  const AVClass* kind = object ? *static_cast<const AVClass* const*>(object) : nullptr;
  log_debug(std::string("libav ") + (kind && kind->class_name ? kind->class_name : "") + ": " + printable(message));
}

}  // namespace

void route_libav_log() {
  static const bool routed = [] {
    av_log_set_callback(on_libav_message);
    return true;
  }();
  static_cast<void>(routed);
}

LibavLogCapture::LibavLogCapture(const void* libav_object)
    : object_(libav_object), record_(std::make_shared<Record>()) {
  route_libav_log();
  Listeners& all = listeners();
  const std::lock_guard lock(all.mutex);
  all.records.emplace(object_, record_);
}

LibavLogCapture::~LibavLogCapture() {
  Listeners& all = listeners();
  const std::lock_guard lock(all.mutex);
  const auto [first, last] = all.records.equal_range(object_);
  for (auto entry = first; entry != last; ++entry) {
    if (entry->second != record_) continue;
    all.records.erase(entry);
    return;
  }
}

std::int64_t LibavLogCapture::damage_messages() const {
  const std::lock_guard lock(record_->mutex);
  return record_->damage_messages;
}

std::string LibavLogCapture::last_error() const {
  const std::lock_guard lock(record_->mutex);
  return record_->last_error;
}

}  // namespace reelface
