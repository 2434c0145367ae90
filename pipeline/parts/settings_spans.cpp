// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parts/settings_spans.h"

#include <algorithm>
#include <string>

#include "reelface/core/error.h"

namespace reelface {
namespace {

class Spans {
 public:
  Spans(const FilmSegments& segments, const FilmIndex& index) : segments_(segments), index_(index) {}

  std::vector<SettingsSpan> all() {
    for (std::size_t number = 0; number < segments_.size(); ++number) {
      add(segments_[number].first_frame, std::nullopt);
      add(segments_[number].end_frame, number);
    }
    add(index_.size(), std::nullopt);
    return std::move(spans_);
  }

 private:
  void add(std::int64_t end, const std::optional<std::size_t>& segment) {
    const std::int64_t first = spans_.empty() ? 0 : spans_.back().end_frame, last = std::min(end, index_.size());
    if (last <= first) return;
    if (spans_.empty()) {
      spans_.push_back({first, last, segment, first, std::nullopt});
    } else {
      const std::optional<std::size_t> before = spans_.back().segment;
      spans_.push_back({first, last, segment, std::min(first + fade_frames(first, segment, before), last), before});
    }
  }

  std::int64_t fade_frames(std::int64_t first, const std::optional<std::size_t>& segment,
                           const std::optional<std::size_t>& before) const {
    if (index_.frames[static_cast<std::size_t>(first)].starts_shot) return 0;
    return segments_[segment ? *segment : before.value_or(0)].fade_frames;
  }

  const FilmSegments& segments_;
  const FilmIndex& index_;
  std::vector<SettingsSpan> spans_;
};

}  // namespace

double SettingsSpan::share_at(std::int64_t frame) const {
  if (frame >= fade_end) return 1;
  return static_cast<double>(frame - first_frame + 1) / static_cast<double>(fade_frames() + 1);
}

std::vector<SettingsSpan> spans_of(const FilmSegments& segments, const FilmIndex& index) {
  return Spans(segments, index).all();
}

const SettingsSpan& span_at(const std::vector<SettingsSpan>& spans, std::int64_t frame) {
  const auto found =
      std::find_if(spans.begin(), spans.end(), [frame](const SettingsSpan& span) { return frame < span.end_frame; });
  if (found == spans.end()) throw Error(ExitCode::kInternal, "no settings hold for frame " + std::to_string(frame));
  return *found;
}

void check_segments_fit(const FilmSegments& segments, std::int64_t frames) {
  for (const FilmSegment& segment : segments) {
    if (segment.end_frame <= frames) continue;
    throw Error(ExitCode::kUsage,
                "the segment of frames " + std::to_string(segment.first_frame) + " to " +
                    std::to_string(segment.end_frame) + " ends behind the film, which has " + std::to_string(frames),
                "frames count from 0, and the second number is the first frame left out");
  }
}

RestoreOptions options_in_span(const RestoreOptions& film, const FilmSegments& segments,
                               const std::optional<std::size_t>& segment) {
  return segment ? options_in(segments[*segment], film) : film;
}

}  // namespace reelface
