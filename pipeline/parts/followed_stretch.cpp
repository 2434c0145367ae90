// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parts/followed_stretch.h"

#include <algorithm>
#include <utility>

#include "core/stamped_name.h"
#include "pipeline/stages/enlarged_picture.h"
#include "reelface/pipeline/line_outline.h"
#include "reelface/restore/face_work.h"
#include "reelface/restore/option_table.h"

namespace reelface {
namespace {

/// With work of its own, so that what the steps behind do to one is not done to the other. All other work is only read
/// there.
FrameJob copy_of(const FrameJob& job) {
  FrameJob copy;
  copy.index = job.index;
  copy.is_repeat = job.is_repeat;
  copy.original = job.original;
  if (job.frame) copy.frame = job.frame->share();
  copy.work = job.work;
  if (const FaceWork* const work = job.work.get<FaceWork>()) copy.work.make<FaceWork>() = FaceWork(*work);
  for (const FrameJob& repeat : job.repeats) copy.repeats.push_back(copy_of(repeat));
  return copy;
}

FrameGroup copy_of(const FrameGroup& group) {
  FrameGroup copy;
  for (const FrameJob& job : group.jobs) copy.jobs.push_back(copy_of(job));
  return copy;
}

class KeptSource : public FrameSource {
 public:
  explicit KeptSource(const std::vector<FrameGroup>& groups) : groups_(groups) {}

  FrameGroupPtr next() override {
    if (next_ > groups_.size()) return nullptr;
    auto group = std::make_shared<FrameGroup>();
    if (next_ < groups_.size())
      *group = copy_of(groups_[next_]);
    else
      group->is_last = true;
    group->sequence = next_++;
    return group;
  }

 private:
  const std::vector<FrameGroup>& groups_;
  std::size_t next_ = 0;
};

bool needs_originals(const Line& line) {
  const LineOutline steps = outline_of(line);
  return std::any_of(steps.begin(), steps.end(), [](const StepOutline& step) { return step.needs.needs_original; });
}

bool is_needed(const FrameJob& job, const PlannedPart& needed) {
  return job.last_index() >= needed.read_from && job.index < needed.read_to;
}

}  // namespace

std::string settings_of_following(const RestoreOptions& options) {
  std::string settings = options.input;
  for (const auto& [name, texts] : spelled_options(options)) {
    if (option_named(name).is_behind_following) continue;
    settings += "\n" + name;
    for (const std::string& text : texts) settings += " " + stamped_name(text);
  }
  return settings;
}

void FollowedStretch::keep(const std::string& settings, const PlannedPart& needed, Line& line) {
  settings_ = settings;
  needed_ = needed;
  is_complete_ = false;
  forget();
  Stage keeping;
  keeping.name = "keep";
  keeping.concurrency = Concurrency::kSerial;
  keeping.run = [this](FrameGroup& group) { note(group); };
  line.insert_behind(kFollowingStep, std::move(keeping));
}

void FollowedStretch::forget() {
  groups_.clear();
  bytes_ = 0;
  has_failed_ = false;
}

void FollowedStretch::note(const FrameGroup& group) {
  if (group.sequence == 0) forget();  // reading has begun anew
  const auto concerns = [this](const FrameJob& job) { return is_needed(job, needed_); };
  if (has_failed_ || std::none_of(group.jobs.begin(), group.jobs.end(), concerns)) return;
  for (const FrameJob& job : group.jobs) {
    if (job.frame) bytes_ += static_cast<std::size_t>(bytes_of_frame(job.frame->facts()));
    // Pasting takes it away.
    has_failed_ = has_failed_ || job.work.get<EnlargedPicture>();
  }
  has_failed_ = has_failed_ || bytes_ > most_bytes_;
  if (has_failed_)
    groups_.clear();
  else
    groups_.push_back(copy_of(group));
}

bool FollowedStretch::holds(const std::string& settings, const PlannedPart& needed, const Line& line) const {
  if (!is_complete_ || settings != settings_ || needed.read_from < needed_.read_from ||
      needed.read_to > needed_.read_to)
    return false;
  const auto has_original = [](const FrameJob& job) { return !job.frame || job.original; };
  return !needs_originals(line) || std::all_of(groups_.begin(), groups_.end(), [&](const FrameGroup& group) {
    return std::all_of(group.jobs.begin(), group.jobs.end(), has_original);
  });
}

std::unique_ptr<FrameSource> FollowedStretch::source() const {
  return std::make_unique<KeptSource>(groups_);
}

}  // namespace reelface
