// SPDX-License-Identifier: Apache-2.0
#include "pipeline/graph/frame_graph.h"

#include <oneapi/tbb/flow_graph.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <list>
#include <variant>

#include "core/started_threads.h"
#include "core/thread_count.h"
#include "pipeline/graph/originals.h"
#include "pipeline/graph/stage_runner.h"
#include "reelface/core/error.h"
#include "reelface/pipeline/line_outline.h"

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

/// Puts groups back in order behind a stage.
flow::sequencer_node<FrameGroupPtr> make_sequencer(flow::graph& graph) {
  return flow::sequencer_node<FrameGroupPtr>(graph, [](const FrameGroupPtr& group) { return group->sequence; });
}

/// The nodes of a line, one behind the other. Each runs its step and announces the group to the step behind it.
class LineNodes {
 public:
  /// All outlive the nodes.
  LineNodes(flow::graph& graph, const Line& line, flow::sender<FrameGroupPtr>& start, StageRunners& runners,
            const Originals& originals)
      : graph_(graph), runners_(runners), originals_(originals), end_(&start) {
    for (std::size_t place = 0; place < line.steps().size(); ++place)
      std::visit([&](const auto& step) { add(step, place); }, line.steps()[place]);
    require_order();
  }

  /// Where groups leave the line, in order.
  flow::sender<FrameGroupPtr>& end() { return *end_; }

 private:
  void add(const Stage& stage, std::size_t place) {
    if (stage.concurrency == Concurrency::kSerial) require_order();
    StageNode& node = stages_.emplace_back(graph_, groups_at_once(stage), [this, &stage, place](FrameGroupPtr group) {
      runners_.of_step(place).run(*group, [&] {
        if (stage.run) stage.run(*group);
      });
      originals_.let_go(place, *group);
      runners_.behind_step(place).enqueue();
      return group;
    });
    connect(node, node);
    is_in_order_ = false;  // even a serial node hands results on from several threads
  }

  /// A node that holds groups back until it has seen enough of the future.
  void add(const LookAhead& look_ahead, std::size_t place) {
    require_order();
    LookAheadNode& node = look_aheads_.emplace_back(
        graph_, flow::serial,
        [this, &look_ahead, place](const FrameGroupPtr& group, LookAheadNode::output_ports_type& out) {
          std::vector<FrameGroupPtr> released;
          runners_.of_step(place).run(*group, [&] { released = release_from(look_ahead, group); });
          for (FrameGroupPtr& ready : released) {
            originals_.let_go(place, *ready);
            runners_.behind_step(place).enqueue();
            std::get<0>(out).try_put(ready);
          }
        });
    connect(node, flow::output_port<0>(node));
  }

  void require_order() {
    if (is_in_order_) return;
    auto& sequencer = sequencers_.emplace_back(make_sequencer(graph_));
    connect(sequencer, sequencer);
    is_in_order_ = true;
  }

  void connect(flow::receiver<FrameGroupPtr>& in, flow::sender<FrameGroupPtr>& out) {
    flow::make_edge(*end_, in);
    end_ = &out;
  }

  flow::graph& graph_;
  StageRunners& runners_;
  const Originals& originals_;
  std::list<StageNode> stages_;
  std::list<LookAheadNode> look_aheads_;
  std::list<flow::sequencer_node<FrameGroupPtr>> sequencers_;
  flow::sender<FrameGroupPtr>* end_;
  bool is_in_order_ = true;
};

RunStatistics run_in_this_arena(FrameSource& source, const Line& line, FrameSink& sink, std::size_t groups_admitted,
                                const CancelToken* cancel) {
  StageRunners runners(line, cancel);
  const Originals originals(line);
  std::size_t groups_read = 0, groups_written = 0;
  std::int64_t frames_written = 0;
  flow::graph graph;

  // The way of a frame: read, admitted to the line, through its steps, written, and one place is free again.
  flow::input_node<FrameGroupPtr> read(graph, [&](oneapi::tbb::flow_control& control) {
    FrameGroupPtr group = runners.read.read(source);
    if (!group) {
      control.stop();
      return group;
    }
    if (group->is_last) line.all_is_read();
    originals.keep(*group);
    ++groups_read;
    runners.first().enqueue();
    return group;
  });
  flow::limiter_node<FrameGroupPtr, int> admit(graph, groups_admitted);
  LineNodes steps(graph, line, admit, runners, originals);
  flow::function_node<FrameGroupPtr, int> write(graph, flow::serial, [&](const FrameGroupPtr& group) {
    runners.write.run(*group, [&] { sink.write(*group); });
    frames_written += static_cast<std::int64_t>(group->jobs.size());
    ++groups_written;
    return 1;  // one place free again behind `admit`
  });
  flow::make_edge(read, admit);
  flow::make_edge(steps.end(), write);
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

/// When the system refuses it a thread, TBB throws from inside a graph that then cannot be destroyed. So the number of
/// threads is found out first. The calling thread is one of them; TBB starts no more than there are cores.
int threads_for(const GraphLimits& limits) {
  const int helpers = std::min(limits.threads, available_cores()) - 1;
  if (helpers <= 0) return limits.threads;
  const auto had = static_cast<int>(threads_to_be_had(static_cast<std::size_t>(helpers)));
  return had < helpers ? 1 + had : limits.threads;
}

}  // namespace

std::size_t most_groups_alive(const Line& line, const GraphLimits& limits) {
  return limits.groups_in_flight + groups_held(outline_of(line));
}

RunStatistics run_frame_graph(FrameSource& source, const Line& line, FrameSink& sink, const GraphLimits& limits,
                              const CancelToken* cancel) {
  const auto started = std::chrono::steady_clock::now();
  oneapi::tbb::task_arena arena(threads_for(limits));
  RunStatistics statistics =
      arena.execute([&] { return run_in_this_arena(source, line, sink, most_groups_alive(line, limits), cancel); });
  statistics.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  return statistics;
}

}  // namespace reelface
