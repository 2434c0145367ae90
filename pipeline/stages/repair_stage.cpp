// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/repair_stage.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "film/defect_judgement.h"
#include "film/defect_repair.h"
#include "film/large_defects.h"
#include "film/scratch_sources.h"
#include "pipeline/graph/frame_windows.h"
#include "pipeline/stages/cuts_stage.h"
#include "pipeline/stages/film_neighbours.h"
#include "pipeline/stages/repair_listing.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

constexpr std::ptrdiff_t kFramesOfLines = 12;  // to either side: whether a line is seen there
constexpr double kMostRepaired = 0.05;         // of a frame: more is not dirt, or nothing that can be repaired

DefectSearch large_defects(const FilmNeighbours& neighbours, const cv::Mat& now) {
  const DistinctNeighbours& distinct = neighbours.distinct;
  if (distinct.before.empty() || distinct.behind.empty()) return {};
  FrameBetween frames;
  frames.offset_before = static_cast<int>(distinct.before[0]),
  frames.offset_behind = static_cast<int>(distinct.behind[0]);
  const FilmNeighbour &before = *neighbours.at(frames.offset_before), &behind = *neighbours.at(frames.offset_behind);
  frames.small_before = before.motion_picture, frames.small_behind = behind.motion_picture;
  frames.now = now;
  frames.before = grey_picture(*before.frame), frames.behind = grey_picture(*behind.frame);
  return find_large_defects(frames, {});
}

/// Which two frames a frame is compared with: one on each side, or at the ends of a shot two on the same.
std::vector<std::pair<std::ptrdiff_t, std::ptrdiff_t>> pairs_to_compare(const DistinctNeighbours& distinct) {
  std::vector<std::pair<std::ptrdiff_t, std::ptrdiff_t>> pairs;
  if (!distinct.before.empty() && !distinct.behind.empty()) pairs.push_back({distinct.before[0], distinct.behind[0]});
  for (const std::vector<std::ptrdiff_t>* side : {&distinct.behind, &distinct.before}) {
    if (side->size() > 1) pairs.push_back({(*side)[0], (*side)[1]});
  }
  return pairs;
}

DefectSearch defects_between(const FilmNeighbours& neighbours, const cv::Mat& now) {
  for (const auto& [first, second] : pairs_to_compare(neighbours.distinct)) {
    std::optional<Reference> one = reference_at(neighbours, first), other = reference_at(neighbours, second);
    if (!one || !other) continue;
    MatchedFrames frames = match_frames(now, {std::move(*one), std::move(*other)});
    DefectSearch large;
    if (may_have_large_defects(frames)) large = large_defects(neighbours, now);
    if (!large.defects.empty()) return large;
    DefectSearch small = find_defects(frames, {});
    small.all.insert(small.all.end(), large.all.begin(), large.all.end());
    return small;
  }
  return large_defects(neighbours, now);  // so much may be destroyed that no motion into the frame is known
}

/// What is remembered of a frame for those around it.
struct Findings {
  std::vector<StandingOut> standing_out;
  LineView lines;
  DistinctNeighbours distinct;
};

using SharedFindings = std::shared_ptr<const Findings>;

/// The findings of the frames that a scratch may be filled from.
struct FindingsAround {
  std::array<SharedFindings, 2 * kFilmReach + 1> frames;

  const SharedFindings& at(std::ptrdiff_t offset) const {
    return frames[static_cast<std::size_t>(offset + kFilmReach)];
  }
};

void find_in(FrameJob& job, const FilmNeighbours& neighbours, RepairKinds kinds) {
  const cv::Mat grey = grey_picture(*job.frame);
  auto& findings = job.work.make<Findings>();
  auto& work = job.work.make<RepairWork>();
  if (kinds != RepairKinds::kScratches) {
    DefectSearch search = defects_between(neighbours, grey);
    work.defects = std::move(search.defects);
    findings.standing_out = std::move(search.all);
    findings.distinct = neighbours.distinct;
  }
  if (kinds != RepairKinds::kDirt) {
    const std::shared_ptr<const FilmStep>& step = neighbours.at(0)->step;
    findings.lines = find_vertical_lines(grey, step ? &step->motion() : nullptr);
    for (const VerticalLine& line : findings.lines.lines) work.scratches.push_back(measured_scratch(line, grey));
  }
}

class JudgeStage : public FrameWindows<SharedFindings> {
 public:
  explicit JudgeStage(std::ptrdiff_t reach)
      : FrameWindows({static_cast<std::size_t>(reach), static_cast<std::size_t>(reach)}), reach_(reach) {}

 protected:
  bool starts_shot(const FrameJob& job) const override { return reelface::starts_shot(job); }

  std::optional<SharedFindings> keep(FrameJob& job, const FrameWindow<SharedFindings>&) override {
    SharedFindings findings = job.work.share<Findings>();
    if (!findings) return std::nullopt;
    return findings;
  }

  void complete(FrameJob& job, const FrameWindow<SharedFindings>& window) override {
    auto& work = *job.work.get<RepairWork>();
    leave_out_what_happens(job, window, work.defects);
    leave_out_what_is_shown(window, work.scratches);
    if (!work.scratches.empty()) keep_findings_around(job, window);
    job.work.drop<Findings>();
  }

 private:
  static void leave_out_what_happens(const FrameJob& job, const FrameWindow<SharedFindings>& window,
                                     std::vector<Defect>& defects) {
    const DistinctNeighbours& distinct = (*window.at(0))->distinct;
    const auto nearest = [&](const std::vector<std::ptrdiff_t>& side) {
      const SharedFindings* const findings = side.empty() ? nullptr : window.at(side.front());
      return findings ? &(*findings)->standing_out : nullptr;
    };
    const auto *before = nearest(distinct.before), *behind = nearest(distinct.behind);
    const cv::Size picture(job.frame->facts().width, job.frame->facts().height);
    const auto is_none = [&](const Defect& defect) { return !is_defect(defect, before, behind, picture); };
    defects.erase(std::remove_if(defects.begin(), defects.end(), is_none), defects.end());
  }

  void leave_out_what_is_shown(const FrameWindow<SharedFindings>& window, std::vector<Scratch>& scratches) const {
    std::vector<const LineView*> views;
    for (std::ptrdiff_t offset = -reach_; offset <= reach_; ++offset) {
      const SharedFindings* const findings = window.at(offset);
      views.push_back(findings ? &(*findings)->lines : nullptr);
    }
    const auto is_none = [&](const Scratch& scratch) {
      return !is_scratch(scratch.line, views, static_cast<std::size_t>(reach_));
    };
    scratches.erase(std::remove_if(scratches.begin(), scratches.end(), is_none), scratches.end());
  }

  static void keep_findings_around(FrameJob& job, const FrameWindow<SharedFindings>& window) {
    auto& around = job.work.make<FindingsAround>();
    for (std::ptrdiff_t offset = -kFilmReach; offset <= kFilmReach; ++offset) {
      if (const SharedFindings* const findings = window.at(offset))
        around.frames[static_cast<std::size_t>(offset + kFilmReach)] = *findings;
    }
  }

  std::ptrdiff_t reach_;
};

/// Of a bad film every frame would be told of.
class DamageWarnings {
 public:
  void tell(const FrameJob& job, double share, const std::string& what_was_done) {
    constexpr int kMost = 8;
    const int number = ++told_;
    if (number > kMost) return;
    log_warning("frame " + std::to_string(job.index) + " " + told_share(share) + what_was_done +
                (number == kMost ? "; of more such frames nothing is said" : ""));
  }

 private:
  static std::string told_share(double share) {
    return "is damaged on " + std::to_string(static_cast<int>(std::lround(100 * share))) + " % of its area";
  }

  std::atomic<int> told_{0};
};

/// So many small defects are none, or nothing that can be repaired. Large ones were looked at closely, and stay.
void leave_out_what_is_too_much(const FrameJob& job, RepairWork& work, DamageWarnings& warnings) {
  RepairWork large;
  const auto first_large = std::stable_partition(work.defects.begin(), work.defects.end(),
                                                 [](const Defect& defect) { return !defect.is_large; });
  large.defects.assign(std::make_move_iterator(first_large), std::make_move_iterator(work.defects.end()));
  work.defects.erase(first_large, work.defects.end());
  if (const double share = repaired_share(work, job.frame->facts()); share > kMostRepaired) {
    warnings.tell(job, share, " or looks so; it is left as it is");
    work = {};
  }
  if (const double share = repaired_share(large, job.frame->facts()); share > kMostRepaired)
    warnings.tell(job, share, ", which is filled from the frames beside it");
  work.defects.insert(work.defects.end(), std::make_move_iterator(large.defects.begin()),
                      std::make_move_iterator(large.defects.end()));
}

std::vector<std::ptrdiff_t> nearest_first(const DistinctNeighbours& distinct) {
  std::vector<std::ptrdiff_t> offsets;
  for (std::size_t i = 0; i < std::max(distinct.before.size(), distinct.behind.size()); ++i) {
    if (i < distinct.before.size()) offsets.push_back(distinct.before[i]);
    if (i < distinct.behind.size()) offsets.push_back(distinct.behind[i]);
  }
  return offsets;
}

std::vector<ScratchSource> sources_of_scratches(const FilmNeighbours& neighbours, const FindingsAround& around,
                                                cv::Size size) {
  std::vector<ScratchSource> sources;
  for (const std::ptrdiff_t offset : nearest_first(neighbours.distinct)) {
    std::optional<Reference> reference = reference_at(neighbours, offset);
    if (!reference || !around.at(offset)) continue;
    Motion motion = reference->motion.empty() ? Motion(size, CV_32FC2, cv::Scalar(0, 0))  // nothing moved
                                              : resized(reference->motion, size);
    sources.push_back(
        {static_cast<int>(offset), std::move(reference->grey), std::move(motion), around.at(offset)->lines.lines});
  }
  return sources;
}

/// Where another frame shows what a scratch hides, from there; across elsewhere.
void mend_scratches(Frame& frame, const FilmNeighbours& neighbours, const FindingsAround& around,
                    const std::vector<Scratch>& scratches) {
  const cv::Mat grey = grey_picture(frame);
  const std::vector<ScratchSource> sources = sources_of_scratches(neighbours, around, grey.size());
  for (const Scratch& scratch : scratches) {
    mend_scratch(frame, scratch);
    for (const Defect& piece : pieces_shown_elsewhere(scratch, grey, sources))
      fill_defect(frame, *neighbours.at(piece.filled_from)->frame, piece);
  }
}

void repair(Frame& frame, const FilmNeighbours& neighbours, const FindingsAround* around, const RepairWork& work) {
  frame.make_writable();
  if (around) mend_scratches(frame, neighbours, *around, work.scratches);
  for (const Defect& defect : work.defects) fill_defect(frame, *neighbours.at(defect.filled_from)->frame, defect);
}

/// A list that somebody has gone over says which repairs are made.
void leave_out_unwanted(const FrameJob& job, const RepairList& wanted, RepairWork& work) {
  const auto leave_out = [&](auto& repairs) {
    const auto is_unwanted = [&](const auto& repair) { return !wanted.has(listed(repair, job)); };
    repairs.erase(std::remove_if(repairs.begin(), repairs.end(), is_unwanted), repairs.end());
  };
  leave_out(work.defects);
  leave_out(work.scratches);
}

void repair_frames(FrameGroup& group, const RepairList* wanted, DamageWarnings& warnings) {
  for (FrameJob& job : group.jobs) {
    RepairWork* const work = job.work.get<RepairWork>();
    const auto neighbours = job.work.share<FilmNeighbours>();
    const auto around = job.work.share<FindingsAround>();
    job.work.drop<FilmNeighbours>();
    job.work.drop<FindingsAround>();
    if (job.frame && work && wanted) leave_out_unwanted(job, *wanted, *work);
    if (!job.frame || !work) continue;
    leave_out_what_is_too_much(job, *work, warnings);
    if (!work->defects.empty() || !work->scratches.empty()) repair(*job.frame, *neighbours, around.get(), *work);
  }
}

}  // namespace

double repaired_share(const RepairWork& work, const FrameFacts& facts) {
  double area = 0;
  for (const Defect& defect : work.defects) area += defect.area();
  for (const Scratch& scratch : work.scratches) area += scratch.area;
  return area / (static_cast<double>(facts.width) * facts.height);
}

void add_repair_steps(Line& line, const FilmSteps& options, std::size_t frames_per_group) {
  const RepairKinds kinds = options.repair;
  line.add(make_match_stage(frames_per_group));

  StepNeeds find;
  find.reason = "finds what is in one frame only, and lines that are in many";
  const auto find_in_frames = [kinds](FrameGroup& group) {
    for (FrameJob& job : group.jobs) {
      const FilmNeighbours* const neighbours = job.work.get<FilmNeighbours>();
      if (job.frame && neighbours) find_in(job, *neighbours, kinds);
    }
  };
  line.add(Stage{"damage", Concurrency::kParallel, find_in_frames, 0, std::move(find)});

  const std::ptrdiff_t reach = kinds == RepairKinds::kDirt ? kFilmReach : kFramesOfLines;
  line.add(LookAhead{"judge", std::make_shared<JudgeStage>(reach),
                     film_window_needs("leaves alone what belongs to the film", reach, frames_per_group)});

  std::shared_ptr<const RepairList> wanted;
  if (!options.repairs_kept.empty())
    wanted = std::make_shared<const RepairList>(read_repair_list(options.repairs_kept));
  StepNeeds repair;
  repair.reason = "fills dirt from the frames around it, mends scratches across";
  const auto warnings = std::make_shared<DamageWarnings>();
  const auto repair_them = [wanted, warnings](FrameGroup& group) { repair_frames(group, wanted.get(), *warnings); };
  line.add(Stage{"repair", Concurrency::kParallel, repair_them, 0, std::move(repair)});
}

}  // namespace reelface
