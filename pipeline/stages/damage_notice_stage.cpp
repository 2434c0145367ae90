// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/damage_notice_stage.h"

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "core/spelled_number.h"

namespace reelface {
namespace {

constexpr std::int64_t kFirstLook = 3, kFramesBetweenLooks = 50;
constexpr std::int64_t kEnough = 6;  // looks

// What is less noisy than this is as cameras and codecs leave it.
constexpr double kMuchNoise = 2.5;

class Noticing {
 public:
  explicit Noticing(std::function<void(const DamageSeen&)> tell) : tell_(std::move(tell)) {}

  void operator()(FrameGroup& group) {
    for (const FrameJob& job : group.jobs) {
      if (job.frame && !has_told_) take(job);
    }
    if (!has_told_ && (seen_.looks >= kEnough || (group.is_last && seen_.looks > 0))) tell();
  }

 private:
  void take(const FrameJob& job) {
    const std::int64_t place = taken_++ - kFirstLook;  // frames that are repeated count once
    const auto frames = static_cast<std::int64_t>(kFramesOfADamageLook);
    if (place < 0 || place % kFramesBetweenLooks >= frames) return;
    std::optional<DamagePart> part = part_for_damage(*job.frame);
    if (!part) return three_.clear();
    three_.push_back(std::move(*part));
    if (place % kFramesBetweenLooks < frames - 1) return;
    if (three_.size() == kFramesOfADamageLook) add(look_for_damage({three_[0], three_[1], three_[2]}));
    three_.clear();
  }

  void add(const std::optional<DamageLook>& look) {
    if (look) add_to(seen_, *look);
  }

  void tell() {
    has_told_ = true;
    tell_(seen_);
  }

  std::function<void(const DamageSeen&)> tell_;
  std::int64_t taken_ = 0;
  std::vector<DamagePart> three_;
  DamageSeen seen_;
  bool has_told_ = false;
};

}  // namespace

void add_to(DamageSeen& seen, const DamageLook& look) {
  const auto before = static_cast<double>(seen.looks++);
  seen.noise = (seen.noise * before + look.noise) / (before + 1);
  seen.specks = (seen.specks * before + look.specks) / (before + 1);
}

std::string advice_on(const DamageSeen& seen) {
  if (seen.looks == 0) return {};
  const std::string grain = spelled(seen.noise, 2) + " levels of ";
  if (is_as_old_film({seen.noise, seen.specks}))
    return "this looks like an old film (" + grain + "grain, " + spelled(seen.specks, 2) +
           " specks on a frame): --for film would restore the whole picture";
  if (seen.noise >= kMuchNoise)
    return "this film is noisy (" + grain + "noise): --clean auto would take that out of the whole picture";
  return {};
}

Stage make_damage_notice_stage(std::function<void(const DamageSeen&)> tell) {
  StepNeeds needs;
  needs.reason = "looks whether there is more to mend";
  needs.memory.bytes_at_work = [](const FrameFacts& facts, int) { return bytes_of_damage_look(facts); };
  return {"notice", Concurrency::kSerial,
          [noticing = std::make_shared<Noticing>(std::move(tell))](FrameGroup& group) { (*noticing)(group); }, 0,
          std::move(needs)};
}

}  // namespace reelface
