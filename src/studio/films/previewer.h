// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/parts/followed_stretch.h"
#include "reelface/restore/restore_options.h"
#include "reelface/restore/restore_video.h"
#include "studio/films/film_look.h"
#include "studio/films/film_loop.h"
#include "studio/films/kept_pictures.h"
#include "studio/films/latest_only.h"
#include "studio/films/picture_shelf.h"

namespace reelface {

/// Frames of films, as they are and as they would be. Thread-safety: safe.
class Previewer {
 public:
  /// Pictures are kept in the folder that `own_folder` tells, from one run of `program` to the next.
  Previewer(std::function<std::string()> own_folder, std::string program)
      : program_(std::move(program)), kept_(std::move(own_folder), kMostBytesOnDisk) {}

  /// The frame as it was read. Throws Error(kTryAgain) while nobody has looked as far.
  std::shared_ptr<const ShownPicture> original(const FilmLook& film, const RestoreOptions& options, std::int64_t frame);

  /// The frame as restoring the film with these options and segments makes it. Never more than one is computed; whoever
  /// asks anew ends what is computed. Null: that happened to this one. Throws Error(kTryAgain) while nobody has looked
  /// as far.
  std::shared_ptr<const ShownPicture> restored(const FilmLook& film, const RestoreOptions& options,
                                               const FilmSegments& segments, std::int64_t frame);

  /// Frames from this one on, `count` at most: fewer where they are large or the film ends. As restored() in all else;
  /// the last few loops are kept.
  std::shared_ptr<const FilmLoop> loop(const FilmLook& film, const RestoreOptions& options,
                                       const FilmSegments& segments, std::int64_t first, std::int64_t count);
  /// Null: it is not there, or not any more.
  std::shared_ptr<const FilmLoop> kept_loop(std::int64_t number) const;

  /// How much has been read of what the preview at work needs, 0..1.
  double share_done() const { return share_done_; }

  /// Ends what is computed.
  void stop() { turns_.stop_all(); }

 private:
  std::vector<Frame> restored_frames(const KnownFilm& film, const RestoreOptions& options, const FilmSegments& segments,
                                     std::int64_t first, std::int64_t end, const CancelToken& cancel);
  std::vector<Frame> frames_with(const KnownFilm& film, const RestoreOptions& options, std::int64_t first,
                                 std::int64_t end, const CancelToken& cancel);
  std::shared_ptr<const FilmLoop> find_loop(const std::string& key) const;
  std::shared_ptr<const FilmLoop> keep_loop(const std::string& key, FilmLoop loop);
  std::shared_ptr<const FaceModels> models_for(const RestoreOptions& options);

  std::shared_ptr<const ShownPicture> find(const std::string& key);
  void keep(const std::string& key, const std::shared_ptr<const ShownPicture>& picture);

  static constexpr std::size_t kMostKeptBytes = std::size_t{192} << 20;
  static constexpr std::size_t kMostBytesOnDisk = std::size_t{512} << 20;
  std::string program_;
  PictureShelf shelf_{kMostKeptBytes};
  KeptPictures kept_;
  LatestOnly turns_;
  std::atomic<double> share_done_{0};
  mutable std::mutex loops_mutex_;  ///< guards the next two
  std::deque<std::pair<std::string, std::shared_ptr<const FilmLoop>>> loops_;
  std::int64_t last_loop_ = 0;
  std::mutex reading_;  ///< originals, one after the other
  // Touched in a turn only.
  std::shared_ptr<const FaceModels> models_;
  RestoreOptions models_are_for_;
  FollowedStretch followed_{kMostKeptBytes};
};

}  // namespace reelface
