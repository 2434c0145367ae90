// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "reelface/pipeline/line.h"
#include "reelface/pipeline/step_needs.h"

namespace reelface {

/// A step without its work.
struct StepOutline {
  std::string name;
  StepNeeds needs;
};

/// A line without its work: what planning looks at. Made from options alone, before any network is loaded.
using LineOutline = std::vector<StepOutline>;

LineOutline outline_of(const Line& line);

/// The steps behind the named one; none if the line has no such step.
LineOutline steps_behind(const LineOutline& line, const std::string& name);

/// How far back the line's results depend on what is read.
Reach reach_back(const LineOutline& line);

/// The same, of frames that all steps before must have worked on.
Reach reach_back_in_full(const LineOutline& line);

/// Whether any step looks beyond the frame it works on.
bool looks_around(const LineOutline& line);

/// How many frames before a cut have to be read for everything behind it to be as in the whole film. 0: a cut shortens
/// nothing, because none is looked for or because some step remembers what was before it.
std::int64_t frames_around_cut(const LineOutline& line);

/// At most, by all look-ahead steps together.
std::size_t groups_held(const LineOutline& line);

/// What frames that are read like this are like when they leave the line.
FrameFacts facts_behind(const LineOutline& line, const FrameFacts& facts);

bool restores(const LineOutline& line);

/// What a step holds for each frame that comes to it like this. The frame itself counts where the step makes it anew.
std::int64_t bytes_per_frame(const StepNeeds& step, const FrameFacts& facts);

/// What the steps hold for frames that are read like this, when so many are alive and so many threads work; frames that
/// a step makes in another size among them, those that are read not.
std::int64_t bytes_of_steps(const LineOutline& line, const FrameFacts& read, std::size_t frames_alive, int threads);

}  // namespace reelface
