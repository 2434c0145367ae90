// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

#include "reelface/pipeline/stage.h"

namespace reelface {

/// How many frames a window shows to either side.
struct WindowSides {
  std::size_t back = 0;
  std::size_t ahead = 0;
};

/// What was kept of a frame, and of which shot it is.
template <class Kept>
struct WindowFrame {
  std::optional<Kept> kept;
  std::size_t shot = 0;
};

/// A look at the frames around one. Valid during the call it is given to.
template <class Kept>
class FrameWindow {
 public:
  FrameWindow(const std::deque<WindowFrame<Kept>>& frames, std::size_t middle, std::size_t shot, WindowSides sides)
      : frames_(frames), middle_(middle), shot_(shot), sides_(sides) {}

  /// Of the frame so many behind this one (before it, if negative). Null where the shot or the film ends before that,
  /// where it is farther than the window reaches, and where that frame takes no part.
  const Kept* at(std::ptrdiff_t offset) const {
    const auto back = static_cast<std::ptrdiff_t>(sides_.back), ahead = static_cast<std::ptrdiff_t>(sides_.ahead);
    const std::ptrdiff_t place = static_cast<std::ptrdiff_t>(middle_) + offset;
    if (offset < -back || offset > ahead || place < 0 || place >= static_cast<std::ptrdiff_t>(frames_.size()))
      return nullptr;
    const WindowFrame<Kept>& frame = frames_[static_cast<std::size_t>(place)];
    return frame.shot == shot_ && frame.kept ? &*frame.kept : nullptr;
  }

 private:
  const std::deque<WindowFrame<Kept>>& frames_;
  std::size_t middle_, shot_;
  WindowSides sides_;
};

/// Groups that a window holds back at most. A film's last group may be shorter; it waits beside them until the film has
/// ended, when nothing more is read.
inline std::size_t groups_held_by_window(std::size_t frames_ahead, std::size_t frames_per_group) {
  return frames_ahead / frames_per_group + 1;
}

/// A step that sees each frame with its neighbours in time: so many before it and so many behind it, never across a
/// cut. What is kept of a frame is up to the step: the frame itself (SharedFrame: the samples are shared, not copied),
/// or what an earlier step has found out about it. Memory: the window, and the groups that wait for it.
template <class Kept>
class FrameWindows : public LookAheadStage {
 public:
  explicit FrameWindows(WindowSides sides) : sides_(sides) {}

  std::vector<FrameGroupPtr> take(FrameGroupPtr group) final {
    for (FrameJob& job : group->jobs) {
      if (job.frame) add(job);
    }
    held_.push_back({group, frames_known()});
    return group->has_frames() ? release(frames_known()) : flush();
  }

  std::vector<FrameGroupPtr> flush() final {
    std::vector<FrameGroupPtr> ready = release(frames_known() + sides_.ahead);
    dropped_ += frames_.size();
    frames_.clear();
    return ready;
  }

 protected:
  /// What is to be kept of this frame; nothing where it takes no part, which leaves a gap in windows. Called in order,
  /// as soon as the frame comes; `before` shows those before it, and nothing at 0.
  virtual std::optional<Kept> keep(FrameJob& job, const FrameWindow<Kept>& before) = 0;

  /// Called in order, once for each frame that takes part, when its window is full or the film has ended.
  virtual void complete(FrameJob& job, const FrameWindow<Kept>& window) = 0;

  virtual bool starts_shot(const FrameJob&) const { return false; }

 private:
  struct Held {
    FrameGroupPtr group;
    std::size_t frames_up_to_here;
  };

  std::size_t frames_known() const { return dropped_ + frames_.size(); }

  void add(FrameJob& job) {
    if (starts_shot(job)) ++shot_;
    std::optional<Kept> kept = keep(job, {frames_, frames_.size(), shot_, sides_});
    frames_.push_back({std::move(kept), shot_});
  }

  void finish(FrameJob& job) {
    const std::size_t middle = next_++ - dropped_;
    if (frames_[middle].kept) complete(job, {frames_, middle, frames_[middle].shot, sides_});
  }

  /// Lets go of the groups whose last frame has as many frames behind it as the window reaches.
  std::vector<FrameGroupPtr> release(std::size_t frames_known) {
    std::vector<FrameGroupPtr> ready;
    while (!held_.empty() && held_.front().frames_up_to_here + sides_.ahead <= frames_known) {
      for (FrameJob& job : held_.front().group->jobs) {
        if (job.frame) finish(job);
      }
      ready.push_back(std::move(held_.front().group));
      held_.pop_front();
    }
    for (; next_ > dropped_ + sides_.back; ++dropped_) frames_.pop_front();
    return ready;
  }

  WindowSides sides_;
  std::deque<Held> held_;
  std::deque<WindowFrame<Kept>> frames_;
  std::size_t dropped_ = 0;  ///< frames that are no longer in frames_
  std::size_t next_ = 0;     ///< first frame that is not complete yet
  std::size_t shot_ = 0;
};

}  // namespace reelface
