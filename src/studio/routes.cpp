// SPDX-License-Identifier: Apache-2.0
#include "studio/routes.h"

namespace reelface {
namespace {

struct Entry {
  const char* method;
  const char* path;
  Route route;
};

constexpr Entry kEntries[] = {
    {"GET", "/", Route::kPage},
    {"GET", "/api/start", Route::kStart},
    {"GET", "/api/folder", Route::kFolder},
    {"POST", "/api/open", Route::kOpen},
    {"GET", "/api/film", Route::kFilm},
    {"GET", "/api/thumb", Route::kThumb},
    {"POST", "/api/search", Route::kSearch},
    {"GET", "/api/people", Route::kPeople},
    {"GET", "/api/portrait", Route::kPortrait},
    {"POST", "/api/photo", Route::kPhoto},
    {"POST", "/api/frame", Route::kFrame},
    {"POST", "/api/preview", Route::kPreview},
    {"POST", "/api/loop", Route::kLoop},
    {"GET", "/api/loop-picture", Route::kLoopPicture},
    {"GET", "/api/working", Route::kWorking},
    {"POST", "/api/cancel", Route::kCancel},
    {"POST", "/api/command", Route::kCommand},
    {"GET", "/api/jobs", Route::kJobs},
    {"POST", "/api/add", Route::kAddJob},
    {"POST", "/api/job", Route::kJob},
    {"GET", "/api/newest", Route::kNewest},
    {"GET", "/api/page", Route::kComparison},
};

constexpr char kPageFolder[] = "/page/";

}  // namespace

std::optional<Route> route_of(const HttpHead& head) {
  for (const Entry& entry : kEntries) {
    if (head.method == entry.method && head.path == entry.path) return entry.route;
  }
  const bool is_page_file = head.method == "GET" && head.path.compare(0, sizeof kPageFolder - 1, kPageFolder) == 0;
  return is_page_file ? std::optional<Route>(Route::kPageFile) : std::nullopt;
}

std::optional<std::int64_t> count_in(const HttpHead& head, const std::string& name) {
  constexpr std::size_t kMostDigits = 12;
  const std::optional<std::string> text = head.asked(name);
  if (!text || text->empty() || text->size() > kMostDigits) return std::nullopt;
  std::int64_t count = 0;
  for (const char letter : *text) {
    if (letter < '0' || letter > '9') return std::nullopt;
    count = count * 10 + (letter - '0');
  }
  return count;
}

}  // namespace reelface
