#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>

#include "reelface/restore/restore_options.h"
#include "reelface/restore/restore_video.h"
#include "studio/films/film_look.h"
#include "studio/films/latest_only.h"
#include "studio/films/picture_shelf.h"

namespace reelface {

/// Frames of films, as they are and as they would be. Thread-safety: safe.
class Previewer {
 public:
  /// The frame as it was read. Throws Error(kTryAgain) while nobody has looked as far.
  std::shared_ptr<const ShownPicture> original(const FilmLook& film, const RestoreOptions& options, std::int64_t frame);

  /// The frame as restoring the film with these options makes it. Never more than one is computed; whoever asks anew
  /// ends what is computed. Null: that happened to this one. Throws Error(kTryAgain) while nobody has looked as far.
  std::shared_ptr<const ShownPicture> restored(const FilmLook& film, const RestoreOptions& options, std::int64_t frame);

  /// How much has been read of what the preview at work needs, 0..1.
  double share_done() const { return share_done_; }

  /// Ends what is computed.
  void stop() { turns_.stop_all(); }

 private:
  std::shared_ptr<const FaceModels> models_for(const RestoreOptions& options);

  static constexpr std::size_t kMostKeptBytes = std::size_t{192} << 20;
  PictureShelf shelf_{kMostKeptBytes};
  LatestOnly turns_;
  std::atomic<double> share_done_{0};
  std::mutex reading_;  ///< originals, one after the other
  // Touched in a turn only.
  std::shared_ptr<const FaceModels> models_;
  RestoreOptions models_are_for_;
};

}  // namespace reelface
