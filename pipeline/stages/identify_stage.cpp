// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/identify_stage.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>
#include <map>
#include <utility>

#include "people/face_views.h"
#include "people/view_score.h"
#include "pipeline/stages/network_memory.h"
#include "reelface/restore/face_work.h"

namespace reelface {
namespace {

constexpr std::size_t kViews = 3;
/// Views of one piece are this far apart: frames that follow each other are alike.
constexpr double kApartSeconds = 0.1;
/// A piece that was not seen for so long has ended.
constexpr double kEndedSeconds = 3;

class Identifying : public LookAheadStage {
 public:
  Identifying(std::shared_ptr<const FaceDescriptor> descriptor, IdentifyOptions options, std::size_t most_frames)
      : descriptor_(std::move(descriptor)), options_(std::move(options)), most_frames_(most_frames) {}

  std::vector<FrameGroupPtr> take(FrameGroupPtr group) override {
    for (const FrameJob& job : group->jobs) {
      const FaceWork* const work = job.work.get<FaceWork>();
      if (!job.frame || !work) continue;
      newest_seconds_ = work->time_seconds;
      look_at(job, *work);
      ++frames_held_;
    }
    const bool is_pause = !group->has_frames();
    held_.push_back(std::move(group));
    return is_pause ? flush() : release(false);
  }

  std::vector<FrameGroupPtr> flush() override { return release(true); }

 private:
  struct View {
    FaceView seen;
    double time_seconds = 0;
  };
  struct Piece {
    bool is_settled = false;
    bool is_wanted = false;
    double last_seconds = 0;
    std::vector<View> views;
  };

  void look_at(const FrameJob& job, const FaceWork& work) {
    for (const FaceJob& face : work.faces) {
      Piece& piece = pieces_[face.track.piece_id];
      piece.last_seconds = work.time_seconds;
      if (!piece.is_settled) consider(piece, job, work.time_seconds, face.track);
    }
  }

  void consider(Piece& piece, const FrameJob& job, double time, const TrackedFace& face) const {
    const double score = view_score(face);
    std::vector<View>& views = piece.views;
    const auto near = std::find_if(views.begin(), views.end(), [&](const View& view) {
      return std::abs(time - view.time_seconds) < kApartSeconds;
    });
    auto place = near;
    if (place == views.end() && views.size() == kViews) {
      place = std::min_element(views.begin(), views.end(),
                               [](const View& one, const View& other) { return one.seen.score < other.seen.score; });
    }
    if (place != views.end() && score <= place->seen.score) return;
    View view{cut_view(*job.frame, face, descriptor_->crop_size()), time};
    view.seen.score = score;
    if (place == views.end())
      views.push_back(std::move(view));
    else
      *place = std::move(view);
  }

  void settle(Piece& piece) {
    std::vector<FaceView> seen;
    for (View& view : piece.views) seen.push_back(std::move(view.seen));
    const DescribedViews who = describe_views(*descriptor_, std::move(seen));
    piece.is_wanted =
        std::any_of(options_.references.begin(), options_.references.end(), [&](ReferenceFace& reference) {
          return who.confidence > 0 &&
                 distance_between(who.description, reference.seen_at(who.size_px)) < options_.distance;
        });
    piece.is_settled = true;
    piece.views.clear();
  }

  bool has_seen_enough(const FrameGroup& group) const {
    if (frames_held_ > most_frames_) return true;
    for (auto job = group.jobs.rbegin(); job != group.jobs.rend(); ++job) {
      if (const auto* work = job->work.get<FaceWork>())
        return newest_seconds_ >= work->time_seconds + options_.look_ahead_seconds;
    }
    return true;
  }

  std::vector<FrameGroupPtr> release(bool all) {
    std::vector<FrameGroupPtr> ready;
    while (!held_.empty() && (all || has_seen_enough(*held_.front()))) {
      select(*held_.front());
      ready.push_back(std::move(held_.front()));
      held_.pop_front();
    }
    return ready;
  }

  void select(FrameGroup& group) {
    for (FrameJob& job : group.jobs) {
      FaceWork* const work = job.work.get<FaceWork>();
      if (!job.frame || !work) continue;
      --frames_held_;
      for (FaceJob& face : work->faces) {
        Piece& piece = pieces_[face.track.piece_id];
        if (!piece.is_settled) settle(piece);
        if (!piece.is_wanted) face.track.selection = 0;
      }
      forget_before(work->time_seconds - kEndedSeconds);
    }
  }

  void forget_before(double time_seconds) {
    for (auto piece = pieces_.begin(); piece != pieces_.end();) {
      piece = piece->second.last_seconds < time_seconds ? pieces_.erase(piece) : std::next(piece);
    }
  }

  std::shared_ptr<const FaceDescriptor> descriptor_;
  IdentifyOptions options_;
  std::size_t most_frames_;
  std::deque<FrameGroupPtr> held_;
  std::map<std::int64_t, Piece> pieces_;
  std::size_t frames_held_ = 0;
  double newest_seconds_ = 0;
};

}  // namespace

LookAhead make_identify_stage(std::shared_ptr<const FaceDescriptor> descriptor, IdentifyOptions options,
                              double frames_per_second, std::size_t frames_per_group) {
  // Bounded in frames as well as in seconds, so that a burst of close stamps cannot fill the graph.
  const double frames = std::ceil(options.look_ahead_seconds * std::clamp(frames_per_second, 1.0, 120.0) * 1.5) + 4;
  const auto held = static_cast<std::size_t>(frames);
  StepNeeds needs;
  needs.reason = "selects the people of the photos";
  needs.back.seconds = std::numeric_limits<double>::infinity();  // to where the face was first seen
  needs.ahead.seconds = options.look_ahead_seconds;
  needs.stops_at_cut = true;
  needs.groups_held = held / frames_per_group + 2;
  needs.memory.loaded = {memory_of_descriptor()};
  return {"identify", std::make_shared<Identifying>(std::move(descriptor), std::move(options), held), std::move(needs)};
}

}  // namespace reelface
