#include "reelface/evidence/compare_videos.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <opencv2/core/utility.hpp>
#include <string>

#include "aligned_frames.h"
#include "comparison_totals.h"
#include "kept_pictures.h"
#include "parallel.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "reelface/core/thread_budget.h"

namespace reelface {
namespace {

// A step that not even the clean film can make along its own motion is a cut.
constexpr double kCutWarpingError = 0.015;

/// One moment of all files, ready to be measured.
struct Moment {
  std::int64_t number = 0;
  double seconds = 0;
  MeasurablePicture reference, restored;
  std::optional<MeasurablePicture> input;
  std::vector<RegionFace> faces;
  std::vector<Box> boxes;
};

Moment prepare(const AlignedFrames& frames, std::vector<RegionFace> faces, bool luma_as_stored) {
  Moment moment;
  moment.number = frames.number;
  moment.seconds = frames.seconds;
  moment.reference = measurable_picture(frames.reference, luma_as_stored);
  moment.restored = measurable_picture(frames.restored, luma_as_stored);
  if (frames.input) moment.input = measurable_picture(*frames.input, luma_as_stored);
  moment.faces = std::move(faces);
  for (const RegionFace& face : moment.faces) moment.boxes.push_back(face.box);
  return moment;
}

ComparisonRow measure_alone(const Moment& moment) {
  ComparisonRow row;
  row.frame = moment.number;
  row.seconds = moment.seconds;
  row.restored.picture = measure_picture(moment.restored, moment.reference, moment.boxes);
  if (moment.input) row.input = ComparedMeasures{measure_picture(*moment.input, moment.reference, moment.boxes), {}};
  return row;
}

void measure_step_into(ComparisonRow& row, const Moment& before, const Moment& now) {
  const ReferenceStep step = reference_step(before.reference, now.reference, before.boxes);
  const StepMeasures of_reference =
      measure_step(before.reference, now.reference, before.reference, now.reference, step);
  row.is_cut = !(of_reference.warping_error < kCutWarpingError);
  if (row.is_cut) return;
  row.reference_warping_error = of_reference.warping_error;
  row.restored.step = measure_step(before.restored, now.restored, before.reference, now.reference, step);
  if (before.input && now.input) {
    row.input->step = measure_step(*before.input, *now.input, before.reference, now.reference, step);
  }
}

/// Frames worked on at once: as many as threads, fewer where they are so large that memory would be the limit.
std::size_t batch_size(int threads, const VideoInfo& video) {
  constexpr double kMemory = 1.5e9;
  constexpr double kBytesPerPixel = 3 * (12 + 4 + 5) + 12;  // three files: RGB, luma, small copies; the decoded frames
  const double frame = kBytesPerPixel * std::max(1.0, static_cast<double>(video.width) * video.height);
  return static_cast<std::size_t>(std::clamp(kMemory / frame, 1.0, static_cast<double>(std::max(threads, 1))));
}

class CompareRun {
 public:
  CompareRun(const CompareOptions& options, const CancelToken* cancel)
      : options_(options),
        threads_(share_threads(options.threads)),
        aligner_(options.reference, options.restored, options.input, threads_.decoder, cancel),
        kept_(options.pictures, aligner_.reference_info().video.expected_frames),
        batch_size_(batch_size(threads_.total, aligner_.reference_info().video)) {
    require_equal_sizes();
  }

  bool do_batch() {
    std::vector<AlignedFrames> frames;
    while (frames.size() < batch_size_) {
      std::optional<AlignedFrames> next = aligner_.next();
      if (!next) break;
      frames.push_back(std::move(*next));
    }
    if (frames.empty()) return false;
    if (result_.frames == 0) settle_luma(frames.front());
    measure(frames);
    if (options_.on_progress) {
      options_.on_progress(result_.frames, aligner_.reference_info().video.expected_frames);
    }
    return true;
  }

  Comparison finish() &&;

 private:
  void require_equal_sizes() const;
  void settle_luma(const AlignedFrames& frames);
  void measure(const std::vector<AlignedFrames>& frames);
  void add(const ComparisonRow& row);
  void note_alignment();

  const CompareOptions& options_;
  ThreadBudget threads_;
  FrameAligner aligner_;
  KeptPictures kept_;
  std::size_t batch_size_;
  Comparison result_;
  MeasureTotals restored_, input_;
  FiniteMean reference_warping_;
  double worst_error_ = -1;
  std::optional<Moment> last_;
};

void CompareRun::require_equal_sizes() const {
  const VideoInfo& reference = aligner_.reference_info().video;
  const auto require = [&](const MediaInfo& other) {
    if (other.video.width == reference.width && other.video.height == reference.height) return;
    const auto size = [](const VideoInfo& video) {
      return std::to_string(video.width) + "x" + std::to_string(video.height);
    };
    throw Error(ExitCode::kUsage,
                printable(other.path) + " is " + size(other.video) + ", the reference " + size(reference),
                "compare files of one picture size; scale one of them first, for example with ffmpeg -vf scale");
  };
  require(aligner_.restored_info());
  if (aligner_.input_info()) require(*aligner_.input_info());
}

void CompareRun::settle_luma(const AlignedFrames& frames) {
  result_.luma_as_stored = have_equal_codes(frames.restored.facts(), frames.reference.facts()) &&
                           (!frames.input || have_equal_codes(frames.input->facts(), frames.reference.facts()));
}

void CompareRun::measure(const std::vector<AlignedFrames>& frames) {
  std::vector<std::vector<RegionFace>> faces(frames.size());
  if (options_.faces) {
    for (std::size_t i = 0; i < frames.size(); ++i)
      faces[i] = options_.faces->faces(frames[i].number, frames[i].reference);
  }
  std::vector<Moment> moments(frames.size());
  std::vector<ComparisonRow> rows(frames.size());
  run_in_parallel(frames.size(), threads_.total, [&](std::size_t i) {
    moments[i] = prepare(frames[i], std::move(faces[i]), result_.luma_as_stored);
    rows[i] = measure_alone(moments[i]);
  });
  run_in_parallel(frames.size(), threads_.total, [&](std::size_t i) {
    const Moment* before = i > 0 ? &moments[i - 1] : last_ ? &*last_ : nullptr;
    if (before) measure_step_into(rows[i], *before, moments[i]);
  });
  for (std::size_t i = 0; i < frames.size(); ++i) {
    add(rows[i]);
    kept_.look_at(moments[i].number, moments[i].restored, moments[i].reference,
                  moments[i].input ? &*moments[i].input : nullptr, moments[i].faces);
  }
  last_ = std::move(moments.back());
}

void CompareRun::add(const ComparisonRow& row) {
  ++result_.frames;
  if (row.restored.picture.faces > 0) ++result_.frames_with_faces;
  if (row.is_cut) ++result_.cuts;
  restored_.add(row.restored, row.is_cut);
  if (row.input) input_.add(*row.input, row.is_cut);
  reference_warping_.add(row.reference_warping_error);
  if (row.restored.picture.error_luma > worst_error_) {
    worst_error_ = row.restored.picture.error_luma;
    result_.worst_frame = row.frame;
  }
  std::vector<double> values = series_values(row.restored);
  const std::vector<double> of_input =
      row.input ? series_values(*row.input) : std::vector<double>(values.size(), kNoValue);
  values.insert(values.end(), of_input.begin(), of_input.end());
  result_.series.add(row.frame, row.seconds, values);
  if (options_.on_row) options_.on_row(row);
}

void CompareRun::note_alignment() {
  const AlignmentFacts& facts = aligner_.facts();
  const auto note_offset = [this](int offset, const std::string& whose) {
    if (offset == 0) return;
    result_.warnings.push_back(
        "The " + whose + " file is " + std::to_string(std::abs(offset)) + " frame" +
        (std::abs(offset) == 1 ? " " : "s ") + (offset > 0 ? "behind" : "ahead of") +
        " the reference. It was measured with that taken out; as it is, every frame is at the wrong time.");
  };
  const auto note_count = [this](std::int64_t count, const std::string& what) {
    if (count > 0) result_.warnings.push_back(std::to_string(count) + " " + what);
  };
  note_offset(facts.restored_offset, "restored");
  note_offset(facts.input_offset, "input");
  note_count(facts.missing_in_restored, "frames of the reference have no frame of the restored file at their time.");
  note_count(facts.extra_in_restored, "frames of the restored file have no frame of the reference at their time.");
  note_count(facts.missing_in_input, "frames of the reference have no frame of the input at their time.");
  if (!result_.luma_as_stored) {
    result_.warnings.emplace_back(
        "The files differ in depth, range or colour family; luma was made from RGB for all of them.");
  }
}

Comparison CompareRun::finish() && {
  if (result_.frames == 0) {
    throw Error(ExitCode::kUsage, "the files have no frame in common", "check that they show the same film");
  }
  const VideoInfo& video = aligner_.reference_info().video;
  result_.restored_path = options_.restored;
  result_.reference_path = options_.reference;
  result_.input_path = options_.input;
  result_.width = video.width;
  result_.height = video.height;
  result_.frame_rate = video.frame_rate.is_known() ? video.frame_rate.value() : 0;
  result_.restored = restored_.summary();
  if (!options_.input.empty()) result_.input = input_.summary();
  result_.reference_warping_error = 1e4 * reference_warping_.value();
  result_.pictures = std::move(kept_.pictures);
  result_.crops = std::move(kept_.crops);
  note_alignment();
  return std::move(result_);
}

}  // namespace

Comparison compare_videos(const CompareOptions& options, const CancelToken* cancel) {
  const auto start = std::chrono::steady_clock::now();
  cv::setNumThreads(share_threads(options.threads).opencv);  // frames are what runs side by side here
  CompareRun run(options, cancel);
  while (run.do_batch()) {
    if (cancel && cancel->is_requested()) throw Error(ExitCode::kInterrupted, "stopped before the end of the films");
  }
  Comparison comparison = std::move(run).finish();
  comparison.elapsed_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return comparison;
}

}  // namespace reelface
