#include "app/strength_reasons.h"

#include <algorithm>
#include <map>

namespace reelface {

std::string usual_reason(const std::vector<TrackReport>& tracks) {
  std::map<std::string, std::int64_t> frames;
  for (const TrackReport& track : tracks) {
    for (const auto& [reason, count] : track.held_back) frames[reason] += count;
  }
  const auto most = std::max_element(frames.begin(), frames.end(),
                                     [](const auto& left, const auto& right) { return left.second < right.second; });
  return most == frames.end() ? std::string() : most->first;
}

std::string reason_in_words(const std::string& reason) {
  if (reason == "user") return "as asked for";
  if (reason == "size") return "too small or large";
  if (reason == "pose") return "turned away";
  if (reason == "need") return "sharp or free of noise";
  if (reason == "confidence") return "perhaps no face";
  if (reason == "presence") return "appearing, leaving or not chosen";
  if (reason == "identity") return "becoming somebody else";
  return reason;
}

}  // namespace reelface
