// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <vector>

#include "inference/face_descriptor.h"
#include "people/face_views.h"
#include "reelface/people/described_track.h"

namespace reelface {

/// A crop for people to look at.
struct TrackPortrait {
  std::int64_t frame = 0;
  double score = 0;
  RgbImage8 picture;
};

/// What is known of a track when the film is through.
struct TrackStory {
  DescribedTrack described;
  std::vector<std::pair<std::int64_t, std::int64_t>> spans;  ///< frames it is seen in, first and last
  std::vector<TrackPortrait> portraits;                      ///< the best first
};

struct TrackDescriberOptions {
  std::size_t views = 5;      ///< frames that a description is the mean of
  std::size_t portraits = 0;  ///< crops kept for each track
};

/// Finds the best views of each track while the film goes by, describes them once the track has ended, and keeps the
/// description only. Serial: frames in order. Memory grows with tracks, not with frames.
class TrackDescriber {
 public:
  TrackDescriber(std::shared_ptr<const FaceDescriptor> descriptor, const TrackDescriberOptions& options)
      : descriptor_(std::move(descriptor)), options_(options) {}

  void note(const Frame& frame, const FrameTracks& tracks);

  /// Everything, with people told apart; by id.
  std::vector<TrackStory> finish() &&;

 private:
  struct View {
    double place_score = 0;    ///< what its place promises
    FaceView seen;             ///< its score: with what is seen of it
    std::int64_t stretch = 0;  ///< of film time
    TrackPortrait portrait;
  };
  struct Entry {
    std::int64_t last_frame = -2;
    double last_seconds = 0;
    std::vector<View> views;
    TrackStory story;
  };

  void consider(Entry& entry, const Frame& frame, const FrameTracks& tracks, const TrackedFace& face);
  View view_of(const Frame& frame, const FrameTracks& tracks, const TrackedFace& face) const;
  void describe(Entry& entry) const;
  void describe_ended(double time_seconds);

  std::shared_ptr<const FaceDescriptor> descriptor_;
  TrackDescriberOptions options_;
  std::map<std::int64_t, Entry> entries_;
  double looked_seconds_ = 0;
};

}  // namespace reelface
