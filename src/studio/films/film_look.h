// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "pipeline/parts/film_stretch.h"
#include "pipeline/parts/look_over.h"
#include "reelface/core/cancel_token.h"
#include "studio/films/damage_looks.h"
#include "studio/films/evenly_kept.h"

namespace reelface {

/// How far a film has been looked over.
struct LookProgress {
  std::int64_t frames = 0;
  std::int64_t frames_expected = 0;  ///< 0 = unknown
  bool is_done = false;
  std::string failure;  ///< why it ended early; empty as a rule
  std::string advice;
  std::vector<std::int64_t> cuts;             ///< frames that start a shot
  std::vector<std::int64_t> thumbs;           ///< frames of which there is a small picture
  std::map<std::int64_t, DamageLook> damage;  ///< of the frames that were looked at for it
};

/// A film that is looked over in the background: which frames there are, where shots begin, small pictures of some, and
/// how damaged some are.
/// Thread-safety: safe.
class FilmLook : private LookOverWatcher {
 public:
  /// Opens the film, and begins. `options` say how it is read. Throws what VideoReader throws.
  explicit FilmLook(const RestoreOptions& options);
  /// Stops looking.
  ~FilmLook() override;
  FilmLook(const FilmLook&) = delete;
  FilmLook& operator=(const FilmLook&) = delete;

  const MediaInfo& info() const { return info_; }
  LookProgress progress() const;

  /// What is known of the film by now. One object for all once everything is.
  std::shared_ptr<const KnownFilm> known() const;

  /// The small picture as a JPEG; empty if there is none.
  std::string thumb(std::int64_t frame) const;

 private:
  void look(const RestoreOptions& options);
  void see(std::int64_t number, const Frame& frame) override;
  void note(const FilmIndex& index) override;

  MediaInfo info_;
  CancelToken cancel_;
  mutable std::mutex mutex_;  ///< guards what follows
  std::shared_ptr<KnownFilm> film_;
  LookProgress progress_;
  EvenlyKept<std::string> thumbs_{1, 240};
  DamageLooks damage_;  ///< guards itself
  std::thread thread_;
};

}  // namespace reelface
