#include "reelface/media/media_info.h"

namespace reelface {
namespace {

std::string frames_in_words(std::int64_t count, const std::string& what, const std::string& done) {
  return std::to_string(count) + (count == 1 ? " frame " : " frames ") + what + (count == 1 ? "was " : "were ") + done;
}

}  // namespace

std::string size_change_text(const DamageReport& damage) {
  if (damage.size_changes == 0) return {};
  const std::string start = "the pictures change their size or format on the way: ";
  if (damage.boxed_frames == 0) return start + frames_in_words(damage.size_changes, "", "scaled to the film's size");
  if (damage.boxed_frames == damage.size_changes)
    return start + frames_in_words(damage.boxed_frames, "of another shape ", "put between black bars");
  return start + frames_in_words(damage.size_changes, "", "fitted to the film's size") + ", " +
         std::to_string(damage.boxed_frames) + " of them, of another shape, between black bars";
}

}  // namespace reelface
