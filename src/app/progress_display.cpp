// SPDX-License-Identifier: Apache-2.0
#include "app/progress_display.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace reelface {
namespace {

using namespace std::chrono_literals;

double frames_per_second(const RestoreProgress& progress) {
  return progress.elapsed_seconds > 0 ? static_cast<double>(progress.frames_done) / progress.elapsed_seconds : 0;
}

/// Below zero when it cannot be told.
double seconds_left(const RestoreProgress& progress) {
  const double speed = frames_per_second(progress);
  if (progress.frames_expected <= 0 || speed <= 0) return -1;
  return static_cast<double>(std::max<std::int64_t>(0, progress.frames_expected - progress.frames_done)) / speed;
}

std::string clock_text(double seconds) {
  const long total = std::lround(seconds);
  char text[32];
  if (total >= 3600) {
    std::snprintf(text, sizeof text, "%ld:%02ld:%02ld", total / 3600, total / 60 % 60, total % 60);
  } else {
    std::snprintf(text, sizeof text, "%ld:%02ld", total / 60, total % 60);
  }
  return text;
}

std::string bar(double share) {
  constexpr int kWidth = 24;
  const int filled = static_cast<int>(std::lround(std::clamp(share, 0.0, 1.0) * kWidth));
  return "[" + std::string(filled, '#') + std::string(kWidth - filled, '.') + "]";
}

}  // namespace

std::string progress_text(const RestoreProgress& progress) {
  char text[160];
  std::string line;
  if (progress.frames_expected > 0) {
    std::snprintf(text, sizeof text, "%lld of about %lld frames", static_cast<long long>(progress.frames_done),
                  static_cast<long long>(progress.frames_expected));
  } else {
    std::snprintf(text, sizeof text, "%lld frames", static_cast<long long>(progress.frames_done));
  }
  line = text;
  std::snprintf(text, sizeof text, ", %.1f fps", frames_per_second(progress));
  line += text;
  if (progress.faces_restored > 0) line += ", " + std::to_string(progress.faces_restored) + " faces";
  if (const double left = seconds_left(progress); left >= 0) line += ", " + clock_text(left) + " left";
  return line;
}

std::string final_progress_text(const RestoreProgress& progress) {
  const auto counted = [](std::int64_t count, const char* what) {
    return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
  };
  char speed[64];
  std::snprintf(speed, sizeof speed, " in %s, %.1f fps", clock_text(progress.elapsed_seconds).c_str(),
                frames_per_second(progress));
  std::string line = counted(progress.frames_done, "frame") + speed;
  if (progress.faces_restored > 0) line += ", " + counted(progress.faces_restored, "face") + " restored";
  return line;
}

std::string progress_json(const RestoreProgress& progress, bool is_last) {
  nlohmann::ordered_json line = {{"frames", progress.frames_done},
                                 {"frames_expected", progress.frames_expected},
                                 {"faces", progress.faces_restored},
                                 {"elapsed_seconds", progress.elapsed_seconds},
                                 {"frames_per_second", frames_per_second(progress)},
                                 {"done", is_last}};
  const double left = seconds_left(progress);
  line["seconds_left"] = left >= 0 ? nlohmann::ordered_json(left) : nlohmann::ordered_json(nullptr);
  return line.dump();
}

ProgressDisplay::ProgressDisplay(ProgressStyle style, std::FILE* out) : style_(style), out_(out) {
  if (style_ == ProgressStyle::kAuto) style_ = isatty(fileno(out)) ? ProgressStyle::kBar : ProgressStyle::kPlain;
}

ProgressDisplay::~ProgressDisplay() {
  if (line_is_open_) std::fputc('\n', out_);
}

bool ProgressDisplay::is_due() const {
  const auto pause = style_ == ProgressStyle::kBar ? 100ms : style_ == ProgressStyle::kJson ? 500ms : 10000ms;
  return std::chrono::steady_clock::now() - last_ >= pause;
}

void ProgressDisplay::show(const RestoreProgress& progress) {
  if (style_ == ProgressStyle::kNone) return;
  if (last_ == std::chrono::steady_clock::time_point{} && style_ == ProgressStyle::kPlain) {
    last_ = std::chrono::steady_clock::now();  // a short run needs no lines before its last
  }
  if (is_due()) write_line(progress, false);
}

void ProgressDisplay::finish(const RestoreProgress& progress) {
  if (style_ != ProgressStyle::kNone) write_line(progress, true);
}

void ProgressDisplay::write_line(const RestoreProgress& progress, bool is_last) {
  last_ = std::chrono::steady_clock::now();
  if (style_ == ProgressStyle::kJson) {
    std::fprintf(out_, "%s\n", progress_json(progress, is_last).c_str());
  } else if (style_ == ProgressStyle::kPlain) {
    std::fprintf(out_, "%s\n", (is_last ? final_progress_text : progress_text)(progress).c_str());
  } else {
    const double share = progress.frames_expected > 0
                             ? static_cast<double>(progress.frames_done) / static_cast<double>(progress.frames_expected)
                             : 0;
    std::fprintf(out_, "\r%s %s\x1b[K%s", bar(is_last ? 1 : share).c_str(),
                 (is_last ? final_progress_text : progress_text)(progress).c_str(), is_last ? "\n" : "");
    line_is_open_ = !is_last;
  }
  std::fflush(out_);
}

}  // namespace reelface
