#include "pipeline/frame_graph.h"

#include <oneapi/tbb/flow_graph.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>

#include "pipeline/stage_runner.h"
#include "reelface/core/error.h"
#include "reelface/core/started_threads.h"
#include "reelface/core/thread_budget.h"

namespace reelface {
namespace {

namespace flow = oneapi::tbb::flow;

using StageNode = flow::function_node<FrameGroupPtr, FrameGroupPtr>;
using LookAheadNode = flow::multifunction_node<FrameGroupPtr, std::tuple<FrameGroupPtr>>;

std::size_t groups_at_once(const Stage& stage) {
  if (stage.concurrency == Concurrency::kSerial) return flow::serial;
  if (stage.most_at_once == 0) return flow::unlimited;
  return stage.most_at_once;
}

/// A node that runs a stage and announces the group to the next one.
StageNode make_node(flow::graph& graph, const Stage& stage, StageRunner& runner, StageRunner& next) {
  return StageNode(graph, groups_at_once(stage), [&](FrameGroupPtr group) {
    runner.run(*group, [&] {
      if (stage.run) stage.run(*group);
    });
    next.enqueue();
    return group;
  });
}

/// A node that holds groups back until it has seen enough of the future.
LookAheadNode make_node(flow::graph& graph, const LookAhead& look_ahead, StageRunner& runner, StageRunner& next) {
  return LookAheadNode(graph, flow::serial, [&](const FrameGroupPtr& group, LookAheadNode::output_ports_type& out) {
    std::vector<FrameGroupPtr> released;
    runner.run(*group, [&] { released = release_from(look_ahead, group); });
    for (FrameGroupPtr& ready : released) {
      next.enqueue();
      std::get<0>(out).try_put(std::move(ready));
    }
  });
}

/// Puts groups back in order behind a parallel stage.
flow::sequencer_node<FrameGroupPtr> make_sequencer(flow::graph& graph) {
  return flow::sequencer_node<FrameGroupPtr>(graph, [](const FrameGroupPtr& group) { return group->sequence; });
}

RunStatistics run_in_this_arena(FrameSource& source, const Stages& stages, FrameSink& sink, std::size_t groups_admitted,
                                const CancelToken* cancel) {
  StageRunners runners(stages, cancel);
  std::size_t groups_read = 0, groups_written = 0;
  std::int64_t frames_written = 0;
  flow::graph graph;

  // Nodes, in the order a frame meets them.
  flow::input_node<FrameGroupPtr> read(graph, [&](oneapi::tbb::flow_control& control) {
    FrameGroupPtr group;
    runners.read.enqueue();
    FrameGroup reading;
    runners.read.run(reading, [&] { group = source.next(); });
    if (!group) {
      control.stop();
      return group;
    }
    ++groups_read;
    runners.detect.enqueue();
    return group;
  });
  flow::limiter_node<FrameGroupPtr, int> admit(graph, groups_admitted);
  auto detect = make_node(graph, stages.detect, runners.detect, runners.track);
  auto in_order_for_track = make_sequencer(graph);
  auto track = make_node(graph, stages.track, runners.track, runners.identify);
  auto identify = make_node(graph, stages.identify, runners.identify, runners.align);
  auto align = make_node(graph, stages.align, runners.align, runners.gather);
  auto in_order_for_gather = make_sequencer(graph);
  auto gather = make_node(graph, stages.gather, runners.gather, runners.restore);
  auto restore = make_node(graph, stages.restore, runners.restore, runners.blend);
  auto in_order_for_blend = make_sequencer(graph);
  auto blend = make_node(graph, stages.blend, runners.blend, runners.paste);
  auto paste = make_node(graph, stages.paste, runners.paste, runners.write);
  auto in_order_for_write = make_sequencer(graph);
  flow::function_node<FrameGroupPtr, int> write(graph, flow::serial, [&](const FrameGroupPtr& group) {
    runners.write.run(*group, [&] { sink.write(*group); });
    frames_written += static_cast<std::int64_t>(group->jobs.size());
    ++groups_written;
    return 1;  // one place free again behind `admit`
  });

  // Edges: the way of a frame.
  flow::make_edge(read, admit);
  flow::make_edge(admit, detect);
  flow::make_edge(detect, in_order_for_track);
  flow::make_edge(in_order_for_track, track);
  flow::make_edge(flow::output_port<0>(track), identify);
  flow::make_edge(flow::output_port<0>(identify), align);
  flow::make_edge(align, in_order_for_gather);
  flow::make_edge(in_order_for_gather, gather);
  flow::make_edge(flow::output_port<0>(gather), restore);
  flow::make_edge(restore, in_order_for_blend);
  flow::make_edge(in_order_for_blend, blend);
  flow::make_edge(blend, paste);
  flow::make_edge(paste, in_order_for_write);
  flow::make_edge(in_order_for_write, write);
  flow::make_edge(write, admit.decrementer());

  read.activate();
  graph.wait_for_all();  // rethrows the first exception of any stage
  if (groups_written != groups_read) {
    throw Error(ExitCode::kInternal, "a stage lost frames: " + std::to_string(groups_read) + " groups read, " +
                                         std::to_string(groups_written) + " written");
  }
  RunStatistics statistics;
  statistics.frames = frames_written;
  statistics.stages = runners.statistics();
  return statistics;
}

/// TBB throws where the system gives it no thread, from the midst of a graph that then cannot even be destroyed. So it
/// is found out before. The calling thread is one of them; beyond the cores TBB starts none.
int threads_for(const GraphLimits& limits) {
  const int helpers = std::min(limits.threads, available_cores()) - 1;
  if (helpers <= 0) return limits.threads;
  const auto had = static_cast<int>(threads_to_be_had(static_cast<std::size_t>(helpers)));
  return had < helpers ? 1 + had : limits.threads;
}

}  // namespace

std::size_t most_groups_alive(const Stages& stages, const GraphLimits& limits) {
  return limits.groups_in_flight + stages.track.most_groups_held + stages.identify.most_groups_held +
         stages.gather.most_groups_held;
}

RunStatistics run_frame_graph(FrameSource& source, const Stages& stages, FrameSink& sink, const GraphLimits& limits,
                              const CancelToken* cancel) {
  const auto started = std::chrono::steady_clock::now();
  oneapi::tbb::task_arena arena(threads_for(limits));
  RunStatistics statistics =
      arena.execute([&] { return run_in_this_arena(source, stages, sink, most_groups_alive(stages, limits), cancel); });
  statistics.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  return statistics;
}

}  // namespace reelface
