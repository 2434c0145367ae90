#include "studio/films/previewer.h"

#include <algorithm>
#include <utility>

#include "core/clock.h"
#include "core/thread_count.h"
#include "image/display_geometry.h"
#include "image/viewed_picture.h"
#include "media/encode/still_image.h"
#include "pipeline/stages/face_models.h"
#include "pipeline/stages/remembering_models.h"
#include "reelface/core/error.h"
#include "reelface/restore/option_table.h"

namespace reelface {
namespace {

/// Everything that decides about the picture.
std::string key_of(const char* kind, const FilmLook& film, const RestoreOptions& options, std::int64_t frame) {
  std::string key = std::string(kind) + " " + std::to_string(frame) + " " + film.info().path;
  for (const auto& [name, texts] : spelled_options(options)) {
    key += "\n" + name;
    for (const std::string& text : texts) key += " " + text;
  }
  return key;
}

ShownPicture shown(const Frame& frame) {
  const FrameFacts& facts = frame.facts();
  if (!facts.layout.editable)
    throw Error(ExitCode::kUsage, "pictures in the format " + facts.layout.name + " cannot be shown",
                "restore passes them on as they are");
  const RgbImage8 picture = viewed_picture(frame);
  const std::vector<std::uint8_t> png = encode_png(picture.view());
  ShownPicture result;
  result.png.assign(png.begin(), png.end());
  result.width = picture.width;
  result.height = picture.height;
  const double aspect = pixel_aspect(facts);
  result.pixel_aspect = facts.orientation.quarter_turns_clockwise % 2 == 0 ? aspect : 1 / aspect;
  result.seconds = seconds(facts.pts, facts.time_base);
  return result;
}

void check_is_known(const KnownFilm& film, std::int64_t frame) {
  if (frame < film.index.size()) return;
  if (film.is_whole)
    throw Error(ExitCode::kUsage, "the film has only " + std::to_string(film.index.size()) + " frames",
                "frames count from 0");
  throw Error(ExitCode::kTryAgain, "the film is still being looked over, and that frame is not reached yet");
}

}  // namespace

std::shared_ptr<const ShownPicture> Previewer::original(const FilmLook& film, const RestoreOptions& options,
                                                        std::int64_t frame) {
  RestoreOptions reading;
  reading.input = options.input;
  reading.output = options.output;
  reading.read = options.read;
  const std::string key = key_of("as it is", film, reading, frame);
  if (auto kept = shelf_.find(key)) return kept;
  const std::lock_guard<std::mutex> lock(reading_);
  const auto known = film.known();
  check_is_known(*known, frame);
  PlannedPart alone;
  alone.first_frame = alone.read_from = alone.restore_from = frame;
  alone.end_frame = alone.read_to = frame + 1;
  if (!is_known(*known, alone)) throw Error(ExitCode::kTryAgain, "the film is still being looked over");
  const Stopwatch watch;
  const std::vector<Frame> frames = read_stretch(*known, reading, alone);
  auto picture = std::make_shared<ShownPicture>(shown(frames.front()));
  picture->wall_seconds = watch.seconds();
  shelf_.keep(key, picture);
  return picture;
}

std::shared_ptr<const ShownPicture> Previewer::restored(const FilmLook& film, const RestoreOptions& options,
                                                        std::int64_t frame) {
  const std::string key = key_of("restored", film, options, frame);
  if (auto kept = shelf_.find(key)) return kept;
  const std::unique_ptr<LatestOnly::Turn> turn = turns_.take();
  if (!turn) return nullptr;
  const auto known = film.known();
  check_is_known(*known, frame);
  const PlannedPart stretch = stretch_of(*known, options, frame, frame + 1);
  if (!is_known(*known, stretch))
    throw Error(ExitCode::kTryAgain,
                "the film is still being looked over, and what this frame needs is not reached yet");
  share_done_ = 0;
  const auto note_progress = [this](const RestoreProgress& progress) {
    share_done_ = static_cast<double>(progress.frames_done) /
                  static_cast<double>(std::max<std::int64_t>(1, progress.frames_expected));
  };
  const Stopwatch watch;
  try {
    const std::vector<Frame> frames =
        restore_stretch(*known, options, stretch, models_for(options), note_progress, &turn->cancel());
    auto picture = std::make_shared<ShownPicture>(shown(frames.front()));
    picture->wall_seconds = watch.seconds();
    shelf_.keep(key, picture);
    return picture;
  } catch (const std::exception&) {
    if (turn->cancel().is_requested()) return nullptr;
    throw;
  }
}

std::shared_ptr<const FaceModels> Previewer::models_for(const RestoreOptions& options) {
  if (models_ && need_same_models(options, models_are_for_)) return models_;
  models_.reset();  // the old ones go before the new ones come
  constexpr std::size_t kMostBytes = std::size_t{320} << 20;
  const int threads = threads_to_use(options.run.threads);
  models_ =
      std::make_shared<const FaceModels>(load_face_models(options, threads, std::make_shared<ModelMemory>(kMostBytes)));
  models_are_for_ = options;
  return models_;
}

}  // namespace reelface
