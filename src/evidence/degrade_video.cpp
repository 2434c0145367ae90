// SPDX-License-Identifier: Apache-2.0
#include "evidence/degrade_video.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>
#include <vector>

#include "core/thread_count.h"
#include "core/worker_threads.h"
#include "degrade/degrader.h"
#include "evidence/truth_folder.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "reelface/image/frame_picture.h"

namespace reelface {
namespace {

/// x264's result depends on how many threads it has, so the number is fixed rather than the machine's.
constexpr int kEncoderThreads = 4;

bool is_picture(const std::string& path) {
  const std::string ending = std::filesystem::path(path).extension().string();
  return ending == ".png" || ending == ".jpg" || ending == ".jpeg" || path.find('%') != std::string::npos;
}

bool knows_crf(const std::string& codec) {
  for (const char* name : {"264", "265", "vp9", "vp8", "av1"}) {
    if (codec.find(name) != std::string::npos) return true;
  }
  return false;
}

WriteOptions write_options(const DegradeOptions& options, const VideoInfo& video, const Degrader& degrader,
                           const std::string& output) {
  WriteOptions write = options.write;
  write.encoder_threads = kEncoderThreads;
  write.bitexact = true;
  if (write.codec.empty() && !is_picture(output)) write.codec = "libx264";
  if (!write.crf && write.bit_rate.empty() && options.recipe.crf > 0 && knows_crf(write.codec)) {
    write.crf = options.recipe.crf;
  }
  if (degrader.output_width() != video.width || degrader.output_height() != video.height) {
    write.width = degrader.output_width();
    write.height = degrader.output_height();
  }
  if (options.recipe.interlace >= 0.5 && write.codec == "libx264") {
    write.encoder_options.emplace_back("flags", "+ilme+ildct");  // or the file would call itself progressive
  }
  write.extra_tags.emplace_back("reelface_degraded", describe(options.recipe));
  return write;
}

/// A frame and what lies before it in the file.
struct Work {
  MediaUnit unit;
  std::int64_t number = 0;
  std::optional<RgbImageF> picture;
  DamageTruth truth{};
};

class DegradeRun {
 public:
  /// `truth` may be null.
  DegradeRun(VideoReader& reader, VideoWriter& writer, TruthFolder* truth, const Degrader& degrader, bool interlaces,
             int threads)
      : reader_(reader),
        writer_(writer),
        truth_(truth),
        degrader_(degrader),
        interlaces_(interlaces),
        threads_(threads),
        workers_(threads) {}

  /// False at the end.
  bool do_batch() {
    std::vector<Work> batch = read(2 * static_cast<std::size_t>(threads_));
    if (batch.empty()) return false;
    workers_.run(batch.size(), [&](std::size_t i) {
      if (batch[i].unit.frame) batch[i].picture = frame_picture(*batch[i].unit.frame);
    });
    workers_.run(batch.size(), [&](std::size_t i) {
      if (is_wanted(batch[i])) degrade(batch[i], before(batch, i));
    });
    if (degrader_.needs_previous()) remember_last(batch);
    for (Work& work : batch) {
      for (const EncodedPacketPtr& packet : work.unit.packets) writer_.write(packet);
      if (!is_wanted(work)) continue;
      if (truth_) truth_->write(work.truth, work.number, work.unit.frame->facts());
      writer_.write(std::move(*work.unit.frame));
    }
    return true;
  }

  std::int64_t frames() const { return frames_; }

 private:
  std::vector<Work> read(std::size_t most) {
    std::vector<Work> batch;
    while (batch.size() < most) {
      std::optional<MediaUnit> unit = reader_.next();
      if (!unit) break;
      const bool has_frame = unit->frame.has_value();
      batch.push_back({std::move(*unit), frames_, {}});
      if (has_frame) ++frames_;
    }
    return batch;
  }

  bool is_wanted(const Work& work) const { return work.unit.frame && !degrader_.drops(work.number); }

  const RgbImageF* before(const std::vector<Work>& batch, std::size_t index) const {
    if (!degrader_.needs_previous()) return nullptr;
    for (std::size_t i = index; i-- > 0;) {
      if (batch[i].picture) return &*batch[i].picture;
    }
    return last_ ? &*last_ : nullptr;
  }

  void remember_last(std::vector<Work>& batch) {
    for (auto work = batch.rbegin(); work != batch.rend(); ++work) {
      if (!work->picture) continue;
      last_ = std::move(work->picture);
      return;
    }
  }

  RgbImageF degraded(Work& work, const RgbImageF* previous) const {
    if (!truth_) return degrader_.apply(work.picture->view(), work.number, previous);
    Degrader::Told told = degrader_.apply_and_tell(work.picture->view(), work.number, previous);
    work.truth = std::move(told.truth);
    return std::move(told.picture);
  }

  void degrade(Work& work, const RgbImageF* previous) const {
    const RgbImageF bad = degraded(work, previous);
    Frame& frame = *work.unit.frame;
    if (bad.width != frame.facts().width || bad.height != frame.facts().height) {
      FrameFacts facts = frame.facts();
      facts.width = bad.width;
      facts.height = bad.height;
      frame = allocate_frame(facts);
    } else {
      frame.make_writable();
    }
    if (interlaces_) {
      frame.facts().interlaced = true;
      frame.facts().top_field_first = false;  // the odd lines are the older ones
    }
    store_picture(frame, bad.view());
  }

  VideoReader& reader_;
  VideoWriter& writer_;
  TruthFolder* truth_;
  const Degrader& degrader_;
  bool interlaces_;
  int threads_;
  WorkerThreads workers_;
  std::optional<RgbImageF> last_;
  std::int64_t frames_ = 0;
};

}  // namespace

WriteSummary degrade_video(const std::string& input, const std::string& output, const DegradeOptions& options,
                           const FrameCallback& on_frame, const CancelToken* cancel) {
  const int threads = threads_to_use(options.threads);
  ReadOptions read;
  read.deinterlace = Deinterlace::kOff;
  read.decoder_threads = threads;
  read.any_format = options.any_format;
  VideoReader reader(input, read, cancel);
  const VideoInfo& video = reader.info().video;
  const Degrader degrader(options.recipe, video.width, video.height);
  VideoWriter writer(reader, output, write_options(options, video, degrader, output));
  std::optional<TruthFolder> truth;
  if (!options.truth_folder.empty())
    truth.emplace(reader, options.truth_folder, degrader.output_width(), degrader.output_height(),
                  options.write.overwrite);
  DegradeRun run(reader, writer, truth ? &*truth : nullptr, degrader, options.recipe.interlace >= 0.5, threads);
  while (run.do_batch()) {
    if (on_frame) on_frame(run.frames(), video.expected_frames);
    if (cancel && cancel->is_requested()) break;
  }
  if (cancel && cancel->is_requested()) {
    throw Error(ExitCode::kInterrupted,
                "stopped after " + std::to_string(run.frames()) + " frames; nothing was written");
  }
  if (const std::string text = size_change_text(reader.damage()); !text.empty()) log_warning(text);
  if (truth) truth->finish();
  return writer.finish();
}

}  // namespace reelface
