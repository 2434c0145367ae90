// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <vector>

namespace reelface {

struct TremblePathOptions {
  int frames_back = 192;     ///< of the longest window; values are cheap to keep
  int frames_ahead = 96;     ///< frames wait for these
  double range = 3;          ///< how far a value trembles from its place
  double speed = 0.25;       ///< how fast it trembles, over some frames; what goes on faster is moved on purpose
  bool while_moving = true;  ///< curves are followed, too
  /// Where neither window can be trusted, frames each way that a value is held against the mean of; 0: it is left
  /// alone.
  int local_reach = 0;
};

/// Tells what trembles from what moves. A film's place in its gate and its brightness tremble; a camera that turns and
/// a picture that fades move. Where nothing moves, the place is the mean over a long window; where something does, it
/// is a smooth curve over as long a window as fits. What is left of the value is tremble. Finite memory: an answer
/// depends on the frames of the longest window, and nothing reaches across a cut. It does not depend on where the film
/// was entered.
class TremblePath {
 public:
  using Values = std::vector<double>;

  explicit TremblePath(const TremblePathOptions& options) : options_(options) {}

  /// The next frame: how much each value changed against the frame before; nothing where a shot begins, or where it is
  /// not known.
  void push(std::optional<Values> change);
  void finish() { is_finished_ = true; }

  /// The tremble of the next frame, in order, as soon as enough is known; empty values for a frame by itself.
  std::optional<Values> take();

 private:
  struct Entry {
    Values values;
    bool starts_shot = false;
  };
  int frames_of_shot(std::size_t index, int direction, int most) const;
  Values tremble(std::size_t index) const;

  TremblePathOptions options_;
  std::deque<Entry> places_;  ///< what may still be asked for
  std::size_t next_ = 0;      ///< index in places_ of the frame whose tremble is asked for next
  bool is_finished_ = false;
};

}  // namespace reelface
