// SPDX-License-Identifier: Apache-2.0
#include "media/libav/log.h"

extern "C" {
#include <libavutil/log.h>
}

#include <array>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <map>
#include <mutex>
#include <string_view>
#include <utility>

#include "reelface/core/log.h"

namespace reelface {
namespace {

// libav has one callback for the whole process, so the list of listeners has to be one as well.
struct Listeners {
  std::mutex mutex;
  std::multimap<const void*, std::shared_ptr<LibavLogListener>> by_object;
};

Listeners& listeners() {
  static Listeners all;
  return all;
}

std::shared_ptr<LibavLogListener> listener_of(const void* object) {
  Listeners& all = listeners();
  const std::lock_guard lock(all.mutex);
  const auto found = all.by_object.find(object);
  return found == all.by_object.end() ? nullptr : found->second;
}

/// Decoders tell of concealed errors as if it were small talk.
bool is_worth_hearing(int level, const char* format) {
  return level <= AV_LOG_WARNING || std::strncmp(format, "concealing", 10) == 0;
}

void on_libav_message(void* object, int level, const char* format, std::va_list arguments) {
  level &= 0xff;  // the rest is colour
  if (!is_worth_hearing(level, format)) return;
  std::array<char, 1024> text{};
  std::vsnprintf(text.data(), text.size(), format, arguments);
  std::string message = text.data();
  while (!message.empty() && (message.back() == '\n' || message.back() == ' ')) message.pop_back();
  if (message.empty()) return;
  if (const std::shared_ptr<LibavLogListener> listener = listener_of(object)) listener->hear(level, message);
  const AVClass* kind = object ? *static_cast<const AVClass* const*>(object) : nullptr;
  log_debug(std::string("libav ") + (kind && kind->class_name ? kind->class_name : "") + ": " + printable(message));
}

bool tells_of_damage(std::string_view message) {
  // Matroska and GIF have words of their own for a hole in the file, where they look for what comes next among zeros.
  static constexpr std::array<std::string_view, 7> kSigns = {
      "partial file",        "ended prematurely",    "truncat", "Truncat", "invalid as first byte",
      "invalid block label", "lzw minimum code size"};
  for (const std::string_view sign : kSigns) {
    if (message.find(sign) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

void route_libav_log() {
  static const bool routed = [] {
    av_log_set_callback(on_libav_message);
    return true;
  }();
  static_cast<void>(routed);
}

LibavLogSubscription::LibavLogSubscription(const void* libav_object, std::shared_ptr<LibavLogListener> listener)
    : object_(libav_object), listener_(std::move(listener)) {
  route_libav_log();
  Listeners& all = listeners();
  const std::lock_guard lock(all.mutex);
  all.by_object.emplace(object_, listener_);
}

LibavLogSubscription::~LibavLogSubscription() {
  Listeners& all = listeners();
  const std::lock_guard lock(all.mutex);
  const auto [first, last] = all.by_object.equal_range(object_);
  for (auto entry = first; entry != last; ++entry) {
    if (entry->second != listener_) continue;
    all.by_object.erase(entry);
    return;
  }
}

class LibavLogCapture::Record final : public LibavLogListener {
 public:
  void hear(int level, const std::string& message) override {
    const std::lock_guard lock(mutex_);
    const bool is_error = level <= AV_LOG_ERROR;
    if (tells_of_damage(message) || (is_error && counts_all_errors_)) ++damage_messages_;
    if (is_error) last_error_ = message;
  }
  void count_all_errors() {
    const std::lock_guard lock(mutex_);
    counts_all_errors_ = true;
  }
  std::int64_t damage_messages() const {
    const std::lock_guard lock(mutex_);
    return damage_messages_;
  }
  std::string last_error() const {
    const std::lock_guard lock(mutex_);
    return last_error_;
  }

 private:
  mutable std::mutex mutex_;
  bool counts_all_errors_ = false;
  std::int64_t damage_messages_ = 0;
  std::string last_error_;
};

LibavLogCapture::LibavLogCapture(const void* libav_object)
    : record_(std::make_shared<Record>()), subscription_(libav_object, record_) {}

void LibavLogCapture::count_all_errors() {
  record_->count_all_errors();
}
std::int64_t LibavLogCapture::damage_messages() const {
  return record_->damage_messages();
}
std::string LibavLogCapture::last_error() const {
  return record_->last_error();
}

}  // namespace reelface
