// SPDX-License-Identifier: Apache-2.0
#include "pipeline/graph/serial_runner.h"

#include <variant>

#include "pipeline/graph/originals.h"
#include "pipeline/graph/stage_runner.h"

namespace reelface {
namespace {

/// Takes one group after the other through the line, and each that a step lets go of to the end of it.
class Walk {
 public:
  Walk(const Line& line, FrameSink& sink, StageRunners& runners)
      : line_(line), sink_(sink), runners_(runners), originals_(line) {}

  void from_reading(const FrameGroupPtr& group) {
    originals_.keep(*group);
    from_step(0, group);
  }

  std::int64_t frames() const { return frames_; }

 private:
  void from_step(std::size_t place, const FrameGroupPtr& group) {
    if (place == line_.steps().size()) return write(*group);
    for (const FrameGroupPtr& released : run(line_.steps()[place], runners_.of_step(place), group)) {
      originals_.let_go(place, *released);
      from_step(place + 1, released);
    }
  }

  static std::vector<FrameGroupPtr> run(const Step& step, StageRunner& runner, const FrameGroupPtr& group) {
    std::vector<FrameGroupPtr> released{group};
    runner.enqueue();
    runner.run(*group, [&] {
      if (const auto* look_ahead = std::get_if<LookAhead>(&step)) released = release_from(*look_ahead, group);
      const auto* stage = std::get_if<Stage>(&step);
      if (stage && stage->run) stage->run(*group);
    });
    return released;
  }

  void write(FrameGroup& group) {
    runners_.write.enqueue();
    runners_.write.run(group, [&] { sink_.write(group); });
    frames_ += static_cast<std::int64_t>(group.jobs.size());
  }

  const Line& line_;
  FrameSink& sink_;
  StageRunners& runners_;
  Originals originals_;
  std::int64_t frames_ = 0;
};

}  // namespace

RunStatistics run_frames_serially(FrameSource& source, const Line& line, FrameSink& sink, const CancelToken* cancel) {
  const auto started = std::chrono::steady_clock::now();
  StageRunners runners(line, cancel);
  Walk walk(line, sink, runners);
  while (const FrameGroupPtr group = runners.read.read(source)) {
    if (group->is_last) line.all_is_read();
    walk.from_reading(group);
  }
  RunStatistics statistics;
  statistics.frames = walk.frames();
  statistics.stages = runners.statistics();
  statistics.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  return statistics;
}

}  // namespace reelface
