// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/snapshot_stage.h"

#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "core/whole_file.h"
#include "image/small_copy.h"
#include "media/encode/still_image.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

constexpr int kSnapshotLongSide = 960;
constexpr int kQuality = 88;

class Snapshots {
 public:
  Snapshots(std::string path, std::chrono::seconds between) : path_(std::move(path)), between_(between) {}

  void operator()(const FrameGroup& group) {
    if (has_failed_ || !is_due()) return;
    for (auto job = group.jobs.rbegin(); job != group.jobs.rend(); ++job) {
      if (!job->frame || !job->frame->facts().layout.editable) continue;
      write(*job->frame);
      last_ = Clock::now();
      return;
    }
  }

 private:
  using Clock = std::chrono::steady_clock;

  bool is_due() const { return !last_ || Clock::now() - *last_ >= between_; }

  void write(const Frame& frame) {
    try {
      const std::vector<std::uint8_t> jpeg =
          encode_jpeg(make_small_copy(frame, kSnapshotLongSide).picture.view(), kQuality);
      const std::string_view bytes(reinterpret_cast<const char*>(jpeg.data()), jpeg.size());
      write_whole_file(path_, bytes, Replacing::kAsAsked);
    } catch (const Error& error) {
      has_failed_ = true;
      log_warning("no more pictures of the newest frame: " + describe(error));
    }
  }

  std::string path_;
  std::chrono::seconds between_;
  std::optional<Clock::time_point> last_;
  bool has_failed_ = false;
};

}  // namespace

Stage make_snapshot_stage(const std::string& path, std::chrono::seconds between) {
  StepNeeds needs;
  needs.reason = "keeps a picture of the newest frame";
  return {"snapshot", Concurrency::kSerial,
          [snapshots = std::make_shared<Snapshots>(path, between)](FrameGroup& group) { (*snapshots)(group); }, 0,
          std::move(needs)};
}

}  // namespace reelface
