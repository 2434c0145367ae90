// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "reelface/core/face.h"
#include "reelface/measure/sample_plane.h"

namespace reelface {

// How steady a picture is from frame to frame. The functions are pure; the collecting classes are not thread-safe and
// hold a few numbers, whatever the length.

/// Mean squared frame-to-frame change where the reference stands still: what changes there is flicker.
struct StaticFlicker {
  double squared_sum = 0;
  std::int64_t samples = 0;

  StaticFlicker& operator+=(const StaticFlicker& other);
  double rms() const;  ///< in the planes' scale; 0 when nothing stood still
};

/// A sample stands still when the mean of its 5x5 neighbours in the reference changes by at most `threshold`
/// (the planes' scale, 0..1 unless told otherwise).
StaticFlicker static_flicker(SampleView now, SampleView next, SampleView reference_now, SampleView reference_next,
                             double threshold = 2.0 / 255);

/// Trembling of a point path: root mean square of the second difference, divided by `scale` (a face width, say).
/// A point that moves evenly does not tremble. No value for fewer than three positions.
std::optional<double> landmark_jitter(const std::vector<Point>& path, double scale);

/// The same over several points that move together: path[frame][point]. All frames have the same number of points.
std::optional<double> landmark_jitter(const std::vector<std::vector<Point>>& path, double scale);

/// The points of one face in one frame.
struct TrackPoints {
  std::int64_t track = 0;
  std::vector<Point> points;
  double scale = 1;  ///< what trembling is a share of: the face's width
};

/// landmark_jitter() of several faces over a whole film, each term divided by its own face's scale. Frames come in
/// order. A face that misses a frame starts anew; so do all after restart(), for cuts.
class LandmarkTrembling {
 public:
  void add(std::int64_t frame, const std::vector<TrackPoints>& faces);
  void restart() { tracks_.clear(); }

  std::optional<double> rms() const;

 private:
  struct Track {
    std::int64_t frame = 0;
    std::vector<Point> last, before;  ///< before: empty unless it is of the frame before `frame`
  };
  std::map<std::int64_t, Track> tracks_;
  double squared_sum_ = 0;
  std::int64_t terms_ = 0;
};

/// Brightness that comes and goes in the picture and not in the reference: root mean square of the frame-to-frame
/// change of (mean of the picture - mean of the reference). A constant difference counts nothing.
class BrightnessPumping {
 public:
  /// Means of one frame or face region. After a cut or a gap call restart().
  void add(double picture_mean, double reference_mean);
  void restart() { last_.reset(); }

  double rms() const;
  std::int64_t pairs() const { return pairs_; }

 private:
  std::optional<double> last_;
  double squared_sum_ = 0;
  std::int64_t pairs_ = 0;
};

double mean_of(SampleView plane);

}  // namespace reelface
