// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "report/report_data.h"

namespace reelface {

/// A face of a frame, before and after.
struct CropPair {
  std::int64_t track = 0;
  ReportImage before, after;
};

/// A frame, before and after, ready for a page.
struct KeptMoment {
  ReportImage before, after;
  ReportImage repairs;  ///< what was repaired, in red; of the most repaired frames only
  std::vector<CropPair> crops;
};

/// Chooses the frames of a film that a page shows, and keeps their pictures: some spread evenly, those in which a face
/// is first restored, and those that most was repaired of. A bounded number, whatever the film's length. Thread-safe.
class KeptMoments {
 public:
  /// A face is restored for the first time.
  void expect_first(std::int64_t frame);
  /// How much of a frame was repaired; frames come in order. Of frames close together the most repaired one counts.
  void expect_repaired(std::int64_t frame, double share, std::string caption);

  bool is_wanted(std::int64_t frame) const;
  bool is_much_repaired(std::int64_t frame) const;
  void keep(std::int64_t frame, KeptMoment moment);

  // After the run.

  const std::map<std::int64_t, KeptMoment>& firsts() const { return firsts_; }
  const std::map<std::int64_t, KeptMoment>& spread() const { return spread_; }
  /// Most repaired first.
  std::vector<ReportPair> repaired() const;

 private:
  /// Of a stretch of frames, the one that most was repaired of.
  struct Heavy {
    std::int64_t frame = 0;
    double share = 0;
    std::string caption;
    KeptMoment moment;
  };

  void thin_spread();
  void drop_lightest();
  Heavy* heavy(std::int64_t frame);
  const Heavy* heavy(std::int64_t frame) const;

  mutable std::mutex mutex_;
  std::int64_t step_ = 4;  ///< frames between those that are spread evenly; doubled when there are too many
  std::set<std::int64_t> first_frames_;
  std::map<std::int64_t, KeptMoment> firsts_, spread_;
  std::map<std::int64_t, Heavy> heavies_;  ///< by stretch
};

}  // namespace reelface
