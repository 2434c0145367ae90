// SPDX-License-Identifier: Apache-2.0
#include "app/strength_reasons.h"

#include <algorithm>

namespace reelface {

std::string usual_reason(const std::map<std::string, std::int64_t>& held_back) {
  const auto most = std::max_element(held_back.begin(), held_back.end(),
                                     [](const auto& left, const auto& right) { return left.second < right.second; });
  return most == held_back.end() ? std::string() : most->first;
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
