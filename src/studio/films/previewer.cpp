// SPDX-License-Identifier: Apache-2.0
#include "studio/films/previewer.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/clock.h"
#include "core/stamped_name.h"
#include "core/thread_count.h"
#include "image/display_geometry.h"
#include "image/mixed_frame.h"
#include "image/viewed_picture.h"
#include "media/encode/still_image.h"
#include "pipeline/parts/settings_spans.h"
#include "pipeline/stages/face_models.h"
#include "pipeline/stages/remembering_models.h"
#include "reelface/core/error.h"
#include "reelface/restore/option_table.h"

namespace reelface {
namespace {

constexpr std::int64_t kMostLoopPixels = 100'000'000;  // of all its frames: 48 of 1920x1080

/// Everything that decides about the picture.
std::string key_of(const char* kind, const FilmLook& film, const RestoreOptions& options, std::int64_t frame) {
  std::string key = std::string(kind) + " " + std::to_string(frame) + " " + stamped_name(film.info().path);
  for (const auto& [name, texts] : spelled_options(options)) {
    key += "\n" + name;
    for (const std::string& text : texts) key += " " + stamped_name(text);
  }
  return key;
}

void check_can_be_shown(const Frame& frame) {
  if (!frame.facts().layout.editable)
    throw Error(ExitCode::kUsage, "pictures in the format " + frame.facts().layout.name + " cannot be shown",
                "restore passes them on as they are");
}

/// All but the picture itself.
ShownPicture facts_of(const Frame& frame) {
  const FrameFacts& facts = frame.facts();
  const bool is_turned = facts.orientation.quarter_turns_clockwise % 2 != 0;
  const double aspect = pixel_aspect(facts);
  ShownPicture result;
  result.width = is_turned ? facts.height : facts.width;
  result.height = is_turned ? facts.width : facts.height;
  result.pixel_aspect = is_turned ? 1 / aspect : aspect;
  result.seconds = seconds(facts.pts, facts.time_base);
  return result;
}

ShownPicture shown(const Frame& frame) {
  check_can_be_shown(frame);
  const std::vector<std::uint8_t> png = encode_png(viewed_picture(frame).view());
  ShownPicture result = facts_of(frame);
  result.png.assign(png.begin(), png.end());
  return result;
}

/// What moves is not looked at as closely, and there is much of it.
std::vector<std::string> jpegs_of(const std::vector<Frame>& frames) {
  constexpr int kQuality = 92;
  std::vector<std::string> pictures;
  pictures.reserve(frames.size());
  for (const Frame& frame : frames) {
    check_can_be_shown(frame);
    const std::vector<std::uint8_t> jpeg = encode_jpeg(viewed_picture(frame).view(), kQuality);
    pictures.emplace_back(jpeg.begin(), jpeg.end());
  }
  return pictures;
}

/// Without those around them.
PlannedPart frames_alone(std::int64_t first, std::int64_t end) {
  PlannedPart alone;
  alone.first_frame = alone.read_from = alone.measure_from = alone.restore_from = first;
  alone.end_frame = alone.read_to = end;
  return alone;
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
  const PlannedPart alone = frames_alone(frame, frame + 1);
  if (!is_known(*known, alone)) throw Error(ExitCode::kTryAgain, "the film is still being looked over");
  const Stopwatch watch;
  const std::vector<Frame> frames = read_stretch(*known, reading, alone);
  auto picture = std::make_shared<ShownPicture>(shown(frames.front()));
  picture->wall_seconds = watch.seconds();
  shelf_.keep(key, picture);
  return picture;
}

std::shared_ptr<const ShownPicture> Previewer::restored(const FilmLook& film, const RestoreOptions& options,
                                                        const FilmSegments& segments, std::int64_t frame) {
  const auto known = film.known();
  check_is_known(*known, frame);
  const SettingsSpan span = span_at(spans_of(segments, known->index), frame);
  const double share = span.share_at(frame);
  std::vector<RestoreOptions> settings{options_in_span(options, segments, span.segment)};
  if (share < 1) settings.push_back(options_in_span(options, segments, span.before));
  std::string key = std::to_string(share);
  for (const RestoreOptions& each : settings) key += "\n" + key_of("restored", film, each, frame);
  if (auto kept = find(key)) return kept;
  const std::unique_ptr<LatestOnly::Turn> turn = turns_.take();
  if (!turn) return nullptr;
  const Stopwatch watch;
  try {
    auto picture = std::make_shared<ShownPicture>(
        shown(restored_frames(*known, options, segments, frame, frame + 1, turn->cancel()).front()));
    picture->wall_seconds = watch.seconds();
    keep(key, picture);
    return picture;
  } catch (const std::exception&) {
    if (turn->cancel().is_requested()) return nullptr;
    throw;
  }
}

std::vector<Frame> Previewer::restored_frames(const KnownFilm& film, const RestoreOptions& options,
                                              const FilmSegments& segments, std::int64_t first, std::int64_t end,
                                              const CancelToken& cancel) {
  const std::vector<SettingsSpan> spans = spans_of(segments, film.index);
  std::vector<Frame> all;
  for (std::int64_t frame = first; frame < end;) {
    const SettingsSpan& span = span_at(spans, frame);
    const std::int64_t stop = std::min(end, span.end_frame), faded = std::min(stop, span.fade_end);
    std::vector<Frame> frames =
        frames_with(film, options_in_span(options, segments, span.segment), frame, stop, cancel);
    if (frame < faded) {
      const std::vector<Frame> before =
          frames_with(film, options_in_span(options, segments, span.before), frame, faded, cancel);
      for (std::size_t i = 0; i < before.size(); ++i)
        mix_in(frames[i], before[i], span.share_at(frame + static_cast<std::int64_t>(i)));
    }
    std::move(frames.begin(), frames.end(), std::back_inserter(all));
    frame = stop;
  }
  return all;
}

std::vector<Frame> Previewer::frames_with(const KnownFilm& film, const RestoreOptions& options, std::int64_t first,
                                          std::int64_t end, const CancelToken& cancel) {
  const PlannedPart stretch = stretch_of(film, options, first, end);
  if (!is_known(film, stretch))
    throw Error(ExitCode::kTryAgain,
                "the film is still being looked over, and what this frame needs is not reached yet");
  share_done_ = 0;
  const auto note_progress = [this](const RestoreProgress& progress) {
    share_done_ = static_cast<double>(progress.frames_done) /
                  static_cast<double>(std::max<std::int64_t>(1, progress.frames_expected));
  };
  return restore_stretch(film, options, stretch, {models_for(options), note_progress, &cancel, &followed_});
}

std::shared_ptr<const FilmLoop> Previewer::loop(const FilmLook& film, const RestoreOptions& options,
                                                const FilmSegments& segments, std::int64_t first, std::int64_t count) {
  const auto known = film.known();
  check_is_known(*known, first);
  const VideoInfo& video = known->info.video;
  const std::int64_t most = std::max<std::int64_t>(2, kMostLoopPixels / (std::int64_t{video.width} * video.height));
  const std::int64_t end = std::min({first + std::max<std::int64_t>(1, count), first + most, known->index.size()});
  const std::string key =
      key_of("loop", film, options, first) + " " + std::to_string(end) + "\n" + segments_text(segments);
  if (auto kept = find_loop(key)) return kept;
  const std::unique_ptr<LatestOnly::Turn> turn = turns_.take();
  if (!turn) return nullptr;
  const Stopwatch watch;
  try {
    FilmLoop loop;
    loop.first_frame = first;
    loop.after = jpegs_of(restored_frames(*known, options, segments, first, end, turn->cancel()));
    const std::vector<Frame> before = read_stretch(*known, options, frames_alone(first, end), &turn->cancel());
    const ShownPicture like = facts_of(before.front());
    loop.width = like.width;
    loop.height = like.height;
    loop.pixel_aspect = like.pixel_aspect;
    loop.before = jpegs_of(before);
    loop.wall_seconds = watch.seconds();
    return keep_loop(key, std::move(loop));
  } catch (const std::exception&) {
    if (turn->cancel().is_requested()) return nullptr;
    throw;
  }
}

std::shared_ptr<const FilmLoop> Previewer::find_loop(const std::string& key) const {
  const std::lock_guard<std::mutex> lock(loops_mutex_);
  for (const auto& [its_key, loop] : loops_) {
    if (its_key == key) return loop;
  }
  return nullptr;
}

std::shared_ptr<const FilmLoop> Previewer::keep_loop(const std::string& key, FilmLoop loop) {
  constexpr std::size_t kMostLoops = 3;
  const std::lock_guard<std::mutex> lock(loops_mutex_);
  loop.number = ++last_loop_;
  loops_.emplace_front(key, std::make_shared<const FilmLoop>(std::move(loop)));
  if (loops_.size() > kMostLoops) loops_.pop_back();
  return loops_.front().second;
}

std::shared_ptr<const FilmLoop> Previewer::kept_loop(std::int64_t number) const {
  const std::lock_guard<std::mutex> lock(loops_mutex_);
  for (const auto& [key, loop] : loops_) {
    if (loop->number == number) return loop;
  }
  return nullptr;
}

std::shared_ptr<const ShownPicture> Previewer::find(const std::string& key) {
  if (auto shown = shelf_.find(key)) return shown;
  auto kept = kept_.find(key + "\n" + stamped_name(program_));
  if (kept) shelf_.keep(key, kept);
  return kept;
}

void Previewer::keep(const std::string& key, const std::shared_ptr<const ShownPicture>& picture) {
  shelf_.keep(key, picture);
  kept_.keep(key + "\n" + stamped_name(program_), *picture);
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
