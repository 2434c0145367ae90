// SPDX-License-Identifier: Apache-2.0
#include "people/track_describer.h"

#include <algorithm>
#include <cmath>

#include "faces/template_crop.h"
#include "image/crop.h"
#include "people/people.h"
#include "people/view_score.h"

namespace reelface {
namespace {

/// Frames that follow each other are alike; of each stretch only the best one is looked at.
constexpr double kStretchSeconds = 0.2;
/// Longer than the tracker remembers a label.
constexpr double kEndedSeconds = 12;
/// A view has to promise this much more to be worth cutting out.
constexpr double kBetter = 1.1;
constexpr int kPortraitSize = 144;

std::int64_t stretch_at(double time_seconds) {
  return static_cast<std::int64_t>(std::floor(time_seconds / kStretchSeconds));
}

RgbImage8 rounded(const RgbImageF& image) {
  RgbImage8 result(image.width, image.height);
  std::transform(image.samples.begin(), image.samples.end(), result.samples.begin(), [](float sample) {
    return static_cast<std::uint8_t>(std::lround(255 * std::clamp(sample, 0.0F, 1.0F)));
  });
  return result;
}

}  // namespace

void TrackDescriber::note(const Frame& frame, const FrameTracks& tracks) {
  const std::int64_t index = tracks.frame_index;
  for (const TrackedFace& face : tracks.faces) {
    Entry& entry = entries_[face.track_id];
    entry.story.described.id = face.track_id;
    auto& spans = entry.story.spans;
    if (index > entry.last_frame + 1) spans.emplace_back(index, index);
    spans.back().second = index;
    entry.last_frame = index;
    entry.last_seconds = tracks.time_seconds;
    if (!frame.facts().damaged) consider(entry, frame, tracks, face);
  }
  describe_ended(tracks.time_seconds);
}

void TrackDescriber::consider(Entry& entry, const Frame& frame, const FrameTracks& tracks, const TrackedFace& face) {
  const double score = view_score(face);
  if (score <= 0) return;
  const auto stretch = stretch_at(tracks.time_seconds);
  std::vector<View>& views = entry.views;
  const auto of_stretch =
      std::find_if(views.begin(), views.end(), [&](const View& view) { return view.stretch == stretch; });
  if (of_stretch != views.end()) {
    if (score > kBetter * of_stretch->place_score) *of_stretch = view_of(frame, tracks, face);
    return;
  }
  if (views.size() < options_.views) {
    views.push_back(view_of(frame, tracks, face));
    return;
  }
  const auto worst = std::min_element(
      views.begin(), views.end(), [](const View& one, const View& other) { return one.seen.score < other.seen.score; });
  if (score <= worst->seen.score) return;  // what is seen of a face only takes away from what its place promises
  View view = view_of(frame, tracks, face);
  if (view.seen.score > worst->seen.score) *worst = std::move(view);
}

TrackDescriber::View TrackDescriber::view_of(const Frame& frame, const FrameTracks& tracks,
                                             const TrackedFace& face) const {
  View view;
  view.place_score = view_score(face);
  view.stretch = stretch_at(tracks.time_seconds);
  view.seen = cut_view(frame, face, descriptor_->crop_size());
  view.seen.score = view.place_score * (0.3 + 0.7 * view.seen.confidence);
  if (options_.portraits > 0) {
    const Affine to_portrait = chain(frame_to_template(frame, face), template_to_crop(kPortraitSize));
    const RgbImageF portrait = extract_crop(frame, to_portrait, kPortraitSize, CropBorder::kReplicate);
    view.portrait = {tracks.frame_index, view.seen.score, rounded(portrait)};
  }
  return view;
}

void TrackDescriber::describe(Entry& entry) const {
  std::vector<View>& views = entry.views;
  const auto tells_nothing = [](const View& view) { return view.seen.confidence <= 0; };
  views.erase(std::remove_if(views.begin(), views.end(), tells_nothing), views.end());
  if (views.empty()) return;
  std::sort(views.begin(), views.end(),
            [](const View& one, const View& other) { return one.seen.score > other.seen.score; });
  std::vector<FaceView> seen;
  for (View& view : views) {
    seen.push_back(std::move(view.seen));
    if (entry.story.portraits.size() < options_.portraits) entry.story.portraits.push_back(std::move(view.portrait));
  }
  const DescribedViews described = describe_views(*descriptor_, std::move(seen));
  entry.story.described.description = described.description;
  entry.story.described.confidence = described.confidence;
  entry.story.described.size_px = described.size_px;
  views.clear();
  views.shrink_to_fit();
}

void TrackDescriber::describe_ended(double time_seconds) {
  if (time_seconds < looked_seconds_ + 1) return;
  looked_seconds_ = time_seconds;
  for (auto& [id, entry] : entries_) {
    if (!entry.views.empty() && time_seconds > entry.last_seconds + kEndedSeconds) describe(entry);
  }
}

std::vector<TrackStory> TrackDescriber::finish() && {
  std::vector<TrackIdentity> identities;
  std::vector<TrackStory> stories;
  for (auto& [id, entry] : entries_) {
    describe(entry);
    const DescribedTrack& described = entry.story.described;
    identities.push_back({described.id, described.confidence, described.description, entry.story.spans});
    stories.push_back(std::move(entry.story));
  }
  const std::vector<std::int64_t> people = group_people(identities);
  for (std::size_t index = 0; index < stories.size(); ++index) stories[index].described.person = people[index];
  return stories;
}

}  // namespace reelface
