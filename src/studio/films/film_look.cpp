// SPDX-License-Identifier: Apache-2.0
#include "studio/films/film_look.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/thread_count.h"
#include "image/small_copy.h"
#include "media/encode/still_image.h"
#include "pipeline/restore/restore_settings.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

constexpr int kThumbSide = 240;
constexpr int kThumbQuality = 80;
// Cuts are told some frames late, and those that repeat others do not count; farther back than this everything is
// settled.
constexpr std::int64_t kUnsettledFrames = 4096;

ReadOptions whole_film(const RestoreOptions& options, int threads) {
  ReadOptions read = read_options(options, threads);
  read.range = {};
  return read;
}

/// Frames in the middle of such films follow from what happened long before them.
bool may_seek(const DamageReport& damage) {
  return damage.format_changes == 0 && damage.repaired_timestamps == 0 && damage.decode_errors == 0;
}

}  // namespace

FilmLook::FilmLook(const RestoreOptions& options) : film_(std::make_shared<KnownFilm>()) {
  {
    const VideoReader reader(options.input, whole_film(options, 1));
    info_ = reader.info();
  }
  film_->info = info_;
  film_->is_whole = false;
  // Until the end is reached nobody knows of damage that follows; but each frame that is read is proven.
  film_->index.time_base = info_.video.time_base;
  progress_.frames_expected = info_.video.expected_frames;
  thread_ = std::thread([this, options] { look(options); });
}

FilmLook::~FilmLook() {
  cancel_.request(CancelLevel::kAbort);
  if (thread_.joinable()) thread_.join();
}

void FilmLook::look(const RestoreOptions& options) {
  std::string failure, advice;
  std::optional<LookOver> seen;
  try {
    const int threads = threads_to_use(options.run.threads);
    VideoReader reader(options.input, whole_film(options, threads), &cancel_);
    seen = look_over(reader, true, threads, {}, &cancel_, this);
  } catch (const std::exception& exception) {
    failure = describe(exception);
    advice = advice_of(exception);
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  progress_.failure = failure;
  progress_.advice = advice;
  progress_.is_done = true;
  if (!seen) return;
  film_ = std::make_shared<KnownFilm>(KnownFilm{info_, std::move(seen->index), true, may_seek(seen->damage)});
}

void FilmLook::see(std::int64_t number, const Frame& frame) {
  damage_.see(number, frame);
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (number % thumbs_.step() != 0) return;
  }
  if (!frame.facts().layout.editable) return;
  const std::vector<std::uint8_t> bytes = encode_jpeg(make_small_copy(frame, kThumbSide).picture.view(), kThumbQuality);
  const std::lock_guard<std::mutex> lock(mutex_);
  thumbs_.keep(number, std::string(bytes.begin(), bytes.end()));
}

void FilmLook::note(const FilmIndex& index) {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<IndexedFrame>& frames = film_->index.frames;
  const auto from = std::max<std::int64_t>(0, static_cast<std::int64_t>(frames.size()) - kUnsettledFrames);
  frames.resize(static_cast<std::size_t>(from));
  frames.insert(frames.end(), index.frames.begin() + from, index.frames.end());
  progress_.frames = index.size();
  std::vector<std::int64_t>& cuts = progress_.cuts;
  cuts.erase(std::lower_bound(cuts.begin(), cuts.end(), from), cuts.end());
  for (std::int64_t frame = from; frame < index.size(); ++frame) {
    if (frame > 0 && frames[static_cast<std::size_t>(frame)].starts_shot) cuts.push_back(frame);
  }
}

LookProgress FilmLook::progress() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  LookProgress progress = progress_;
  for (const auto& [frame, jpeg] : thumbs_.values()) progress.thumbs.push_back(frame);
  progress.damage = damage_.looks();
  return progress;
}

std::shared_ptr<const KnownFilm> FilmLook::known() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (film_->is_whole) return film_;
  return std::make_shared<KnownFilm>(*film_);
}

std::string FilmLook::thumb(std::int64_t frame) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = thumbs_.values().find(frame);
  return found == thumbs_.values().end() ? "" : found->second;
}

}  // namespace reelface
