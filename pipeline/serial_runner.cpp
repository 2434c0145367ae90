#include "pipeline/serial_runner.h"

#include "pipeline/stage_runner.h"

namespace reelface {
namespace {

void run_stage(const Stage& stage, StageRunner& runner, FrameGroup& group) {
  runner.enqueue();
  runner.run(group, [&] {
    if (stage.run) stage.run(group);
  });
}

std::vector<FrameGroupPtr> run_stage(const LookAhead& look_ahead, StageRunner& runner, const FrameGroupPtr& group) {
  std::vector<FrameGroupPtr> released;
  runner.enqueue();
  runner.run(*group, [&] { released = release_from(look_ahead, group); });
  return released;
}

}  // namespace

RunStatistics run_frames_serially(FrameSource& source, const Stages& stages, FrameSink& sink,
                                  const CancelToken* cancel) {
  const auto started = std::chrono::steady_clock::now();
  StageRunners runners(stages, cancel);
  RunStatistics statistics;
  while (FrameGroupPtr group = source.next()) {
    run_stage(stages.detect, runners.detect, *group);
    for (const FrameGroupPtr& tracked : run_stage(stages.track, runners.track, group)) {
      for (const FrameGroupPtr& identified : run_stage(stages.identify, runners.identify, tracked)) {
        run_stage(stages.align, runners.align, *identified);
        for (const FrameGroupPtr& gathered : run_stage(stages.gather, runners.gather, identified)) {
          run_stage(stages.restore, runners.restore, *gathered);
          run_stage(stages.blend, runners.blend, *gathered);
          run_stage(stages.paste, runners.paste, *gathered);
          runners.write.enqueue();
          runners.write.run(*gathered, [&] { sink.write(*gathered); });
          statistics.frames += static_cast<std::int64_t>(gathered->jobs.size());
        }
      }
    }
  }
  statistics.stages = runners.statistics();
  statistics.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  return statistics;
}

}  // namespace reelface
