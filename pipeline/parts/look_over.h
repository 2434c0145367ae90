// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "pipeline/parts/film_index.h"
#include "reelface/core/cancel_token.h"
#include "reelface/media/video_reader.h"
#include "reelface/restore/restore_video.h"

namespace reelface {

struct LookOver {
  FilmIndex index;
  std::map<int, std::string> copied_digests;
  ReadExtent extent;
  DamageReport damage;
  std::vector<PictureStretch> stretches;
};

/// Looks on while a film is looked over.
class LookOverWatcher {
 public:
  virtual ~LookOverWatcher() = default;
  /// Every frame, on several threads and in no order.
  virtual void see(std::int64_t number, const Frame& frame) = 0;
  /// The frames that are known so far, and which of them start a shot, as far as that is told yet. In order, from one
  /// thread.
  virtual void note(const FilmIndex& index) = 0;
};

/// Decodes everything `reader` gives, once, and works on several frames at the same time. `find_cuts`: with the
/// detector and on the pictures that restoring uses. Throws Error(kInterrupted).
LookOver look_over(VideoReader& reader, bool find_cuts, int threads, const ProgressCallback& on_progress,
                   const CancelToken* cancel, LookOverWatcher* watcher = nullptr);

/// Adds up the digests of each stream's copied packets, in order.
class CopiedDigests {
 public:
  void add(const EncodedPacketPtr& packet);
  std::map<int, std::string> values() const;

 private:
  std::map<int, std::uint64_t> digests_;
};

}  // namespace reelface
