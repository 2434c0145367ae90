// SPDX-License-Identifier: Apache-2.0
#include "app/report_warnings.h"

#include <map>
#include <utility>

#include "app/strength_reasons.h"

namespace reelface {
namespace {

/// With what the user can do about it.
std::string explained(const std::string& reason) {
  std::string words = reason_in_words(reason);
  if (reason == "size") return words + " (--min-face, --max-face)";
  if (reason == "confidence") return words + " (a lower --face-detector-score takes what is doubtful)";
  if (reason == "identity") return words + " (--identity-guard off)";
  return words;
}

}  // namespace

std::string untouched_faces_text(const RestoreReport& report) {
  if (report.model.empty() || report.interrupted) return {};
  if (report.faces.restored > 0 || report.faces.failed > 0) return {};
  if (report.faces.seen == 0) return "no face was found: --min-face looks for smaller ones";
  const std::string usual = explained(usual_reason(report.faces.held_back));
  if (report.tracks.empty()) return "the faces that were found were left as they are: most often " + usual;
  if (report.tracks.size() == 1) return "one face was found and left as it is: " + usual;
  std::map<std::string, int> faces;
  for (const TrackReport& track : report.tracks) ++faces[usual_reason(track.held_back)];
  std::string text = std::to_string(report.tracks.size()) + " faces were found and left as they are";
  const char* before = ": ";
  for (const auto& [reason, count] : faces) {
    text += before + std::to_string(count) + " " + explained(reason);
    before = ", ";
  }
  return text;
}

std::vector<std::string> report_warnings(const RestoreReport& report, bool knows_faces) {
  std::vector<std::string> warnings = report.warnings;
  if (knows_faces) {
    if (std::string text = untouched_faces_text(report); !text.empty()) warnings.push_back(std::move(text));
  }
  if (report.degraded) {
    warnings.push_back("the input is damaged: " + std::to_string(report.damage.damaged_frames) +
                       " frames were passed on as the decoder concealed them");
  }
  return warnings;
}

}  // namespace reelface
