// SPDX-License-Identifier: Apache-2.0
#include "reelface/pipeline/line.h"

#include <algorithm>
#include <utility>

namespace reelface {

const std::string& name_of(const Step& step) {
  return std::visit([](const auto& kind) -> const std::string& { return kind.name; }, step);
}

bool Line::has(const std::string& name) const {
  return std::any_of(steps_.begin(), steps_.end(), [&name](const Step& step) { return name_of(step) == name; });
}

Stage* Line::stage(const std::string& name) {
  for (Step& step : steps_) {
    if (auto* found = std::get_if<Stage>(&step); found && found->name == name) return found;
  }
  return nullptr;
}

void Line::around(const std::string& name, const WorkAround& work) {
  Stage* changed = stage(name);
  if (!changed) return;
  changed->run = [work, own = std::move(changed->run)](FrameGroup& group) {
    work(group, own ? own : Work([](FrameGroup&) {}));
  };
}

void Line::before(const std::string& name, Work work) {
  around(name, [work = std::move(work)](FrameGroup& group, const Work& own) {
    work(group);
    own(group);
  });
}

void Line::after(const std::string& name, Work work) {
  around(name, [work = std::move(work)](FrameGroup& group, const Work& own) {
    own(group);
    work(group);
  });
}

void Line::insert_before(const std::string& name, Step step) {
  const auto place =
      std::find_if(steps_.begin(), steps_.end(), [&name](const Step& there) { return name_of(there) == name; });
  steps_.insert(place, std::move(step));
}

void Line::insert_behind(const std::string& name, Step step) {
  const auto place =
      std::find_if(steps_.begin(), steps_.end(), [&name](const Step& there) { return name_of(there) == name; });
  steps_.insert(place == steps_.end() ? place : place + 1, std::move(step));
}

Line Line::behind(const std::string& name) const {
  Line line;
  bool is_behind = false;
  for (const Step& step : steps_) {
    if (is_behind) line.add(step);
    is_behind = is_behind || name_of(step) == name;
  }
  return line;
}

void Line::when_all_is_read(std::function<void()> hook) {
  when_all_is_read_.push_back(std::move(hook));
}

void Line::all_is_read() const {
  for (const std::function<void()>& hook : when_all_is_read_) hook();
}

}  // namespace reelface
