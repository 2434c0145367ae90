// SPDX-License-Identifier: Apache-2.0
#include "evidence/compare_videos.h"

#include <algorithm>
#include <cmath>
#include <opencv2/core/utility.hpp>
#include <string>

#include "aligned_frames.h"
#include "comparison_totals.h"
#include "core/clock.h"
#include "core/thread_count.h"
#include "core/worker_threads.h"
#include "face_identity.h"
#include "kept_pictures.h"
#include "moment.h"
#include "one_size.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "reelface/measure/fidelity.h"
#include "truth_folder.h"

namespace reelface {
namespace {

/// Frames worked on at once: as many as threads, fewer where they are so large that memory would be the limit.
std::size_t batch_size(int threads, FrameSize size) {
  constexpr double kMemory = 1.5e9;
  constexpr double kBytesPerPixel = 3 * (12 + 4 + 5) + 12;  // three files: RGB, luma, small copies; the decoded frames
  const double frame = kBytesPerPixel * std::max(1.0, static_cast<double>(size.width) * size.height);
  return static_cast<std::size_t>(std::clamp(kMemory / frame, 1.0, static_cast<double>(std::max(threads, 1))));
}

std::string mask_of(const CompareOptions& options) {
  if (options.truth.empty()) return {};
  if (options.reference.empty() || options.input.empty())
    throw Error(ExitCode::kUsage, "--truth says where the input was damaged, and there is no input or no clean film",
                "give --input and --reference as well");
  return truth_files(options.truth)[0];
}

class CompareRun {
 public:
  CompareRun(const CompareOptions& options, const CancelToken* cancel)
      : options_(options),
        threads_(threads_to_use(options.threads)),
        workers_(threads_),
        has_reference_(!options.reference.empty()),
        aligner_(has_reference_ ? options.reference : options.input, options.restored,
                 has_reference_ ? options.input : "", {threads_, options.any_format, mask_of(options)}, cancel),
        kept_(options.keep_pictures, aligner_.reference_info().video.expected_frames) {
    settle_size();
    batch_size_ = batch_size(threads_, size_);
  }

  bool do_batch() {
    std::vector<AlignedFrames> frames;
    while (frames.size() < batch_size_) {
      std::optional<AlignedFrames> next = aligner_.next();
      if (!next) break;
      frames.push_back(std::move(*next));
    }
    if (frames.empty()) return false;
    if (result_.frames == 0) settle(frames.front());
    measure(frames);
    if (options_.on_progress) {
      options_.on_progress(result_.frames, aligner_.reference_info().video.expected_frames);
    }
    return true;
  }

  Comparison finish() &&;

 private:
  void settle_size();
  void settle(const AlignedFrames& frames);
  void measure(std::vector<AlignedFrames>& frames);
  void add(const ComparisonRow& row);
  void add_face_series(const ComparisonRow& row);
  void note_alignment();

  const CompareOptions& options_;
  int threads_;
  WorkerThreads workers_;
  bool has_reference_;
  FrameAligner aligner_;
  KeptPictures kept_;
  std::size_t batch_size_ = 1;
  FrameSize size_;  ///< at which everything is measured
  MomentSettings settings_;
  Comparison result_;
  MeasureTotals restored_, input_;
  FiniteMean reference_warping_, reference_niqe_;
  LandmarkTrembling reference_trembling_;
  IdentityTotals identities_;
  double worst_error_ = -1;
  std::optional<Moment> last_;
};

FrameSize size_of(const MediaInfo& film) {
  return {film.video.width, film.video.height};
}

/// Everything is measured at the size of the clean film; without one, of the restored film.
void CompareRun::settle_size() {
  size_ = size_of(has_reference_ ? aligner_.reference_info() : aligner_.restored_info());
  const auto require = [&](const MediaInfo& film) {
    if (have_one_shape(size_of(film), size_)) return;
    const auto text = [](FrameSize size) { return std::to_string(size.width) + "x" + std::to_string(size.height); };
    throw Error(ExitCode::kUsage,
                printable(film.path) + " is " + text(size_of(film)) + ", " + text(size_) + " has another shape",
                "compare pictures of one shape; cut one of them first, for example with ffmpeg -vf crop");
  };
  if (const MediaInfo* const mask = aligner_.mask_info(); mask && size_of(*mask) != size_)
    throw Error(ExitCode::kUsage, printable(mask->path) + " has another size than the clean film",
                "compare with the clean film that was degraded");
  for (const MediaInfo* film : {&aligner_.reference_info(), &aligner_.restored_info(), aligner_.input_info()}) {
    if (!film || size_of(*film) == size_) continue;
    require(*film);
    result_.warnings.push_back(printable(film->path) + " is " + std::to_string(film->video.width) + "x" +
                               std::to_string(film->video.height) + " and was resized to " +
                               std::to_string(size_.width) + "x" + std::to_string(size_.height) + " to be measured.");
  }
}

void CompareRun::settle(const AlignedFrames& frames) {
  result_.luma_as_stored = have_equal_codes(frames.restored.facts(), frames.reference.facts()) &&
                           (!frames.input || have_equal_codes(frames.input->facts(), frames.reference.facts()));
  settings_ = {result_.luma_as_stored, has_reference_,      options_.measures,
               options_.faces.get(),   options_.niqe.get(), options_.descriptor.get()};
}

void CompareRun::measure(std::vector<AlignedFrames>& frames) {
  std::vector<std::vector<RegionFace>> faces(frames.size());
  if (options_.faces) {
    for (std::size_t i = 0; i < frames.size(); ++i)
      faces[i] = options_.faces->faces(frames[i].number, frames[i].reference);
  }
  std::vector<Moment> moments(frames.size());
  std::vector<ComparisonRow> rows(frames.size());
  workers_.run(frames.size(), [&](std::size_t i) {
    move_faces(faces[i], size_of(frames[i].reference.facts()), size_);
    bring_to_one_size(frames[i], size_);
    moments[i] = make_moment(frames[i], std::move(faces[i]), settings_);
    rows[i] = measure_alone(moments[i], frames[i], settings_);
    if (!has_reference_) rows[i].input = ComparedMeasures{{}, {}, rows[i].reference_landmarks, rows[i].reference_niqe};
  });
  if (options_.measures == MeasureSet::kAll) {
    workers_.run(frames.size(), [&](std::size_t i) {
      const Moment* before = i > 0 ? &moments[i - 1] : last_ ? &*last_ : nullptr;
      if (before) measure_step_into(rows[i], *before, moments[i], !has_reference_);
    });
  }
  for (std::size_t i = 0; i < frames.size(); ++i) {
    add(rows[i]);
    kept_.look_at(frames[i], moments[i].faces, rows[i].restored.picture);
  }
  last_ = std::move(moments.back());
}

void CompareRun::add(const ComparisonRow& row) {
  ++result_.frames;
  if (row.restored.picture.faces > 0) ++result_.frames_with_faces;
  if (row.is_cut) ++result_.cuts;
  restored_.add(row.frame, row.restored, row.is_cut);
  if (row.input) input_.add(row.frame, *row.input, row.is_cut);
  if (row.is_cut) reference_trembling_.restart();
  reference_trembling_.add(row.frame, row.reference_landmarks);
  reference_warping_.add(row.reference_warping_error);
  reference_niqe_.add(row.reference_niqe);
  identities_.add(row);
  if (!std::isnan(row.restored.identity)) {
    result_.identity_series.add(row.frame, row.seconds,
                                {row.restored.identity, row.input ? row.input->identity : kNoValue});
  }
  if (row.restored.picture.error_luma > worst_error_) {
    worst_error_ = row.restored.picture.error_luma;
    result_.worst_frame = row.frame;
  }
  std::vector<double> values = series_values(row.restored);
  const std::vector<double> of_input =
      row.input ? series_values(*row.input) : std::vector<double>(values.size(), kNoValue);
  values.insert(values.end(), of_input.begin(), of_input.end());
  result_.series.add(row.frame, row.seconds, values);
  add_face_series(row);
  if (options_.on_row) options_.on_row(row);
}

void CompareRun::add_face_series(const ComparisonRow& row) {
  std::vector<double> values(FaceSeries::kMostFaces, kNoValue);
  std::vector<std::int64_t>& known = result_.face_series.tracks;
  for (std::size_t i = 0; i < row.tracks.size(); ++i) {
    auto place = std::find(known.begin(), known.end(), row.tracks[i]);
    if (place == known.end()) {
      if (known.size() == FaceSeries::kMostFaces) continue;
      place = known.insert(known.end(), row.tracks[i]);
    }
    const double error = row.restored.picture.each_face_error[i];
    if (!std::isnan(error)) values[static_cast<std::size_t>(place - known.begin())] = psnr_from_error(error, 1);
  }
  result_.face_series.psnr.add(row.frame, row.seconds, values);
}

void CompareRun::note_alignment() {
  const AlignmentFacts& facts = aligner_.facts();
  const auto note_offset = [this](int offset, const std::string& whose) {
    if (offset == 0) return;
    result_.warnings.push_back("The " + whose + " file is " + std::to_string(std::abs(offset)) + " frame" +
                               (std::abs(offset) == 1 ? " " : "s ") + (offset > 0 ? "behind the " : "ahead of the ") +
                               (has_reference_ ? "reference" : "input") +
                               ". It was measured with that taken out; as it is, every frame is at the wrong time.");
  };
  const auto note_count = [this](std::int64_t count, const std::string& what) {
    if (count > 0) result_.warnings.push_back(std::to_string(count) + " " + what);
  };
  const std::string base = has_reference_ ? "reference" : "input";
  note_offset(facts.restored_offset, "restored");
  note_offset(facts.input_offset, "input");
  note_count(facts.missing_in_restored, "frames of the " + base + " have no frame of the restored file at their time.");
  note_count(facts.extra_in_restored, "frames of the restored file have no frame of the " + base + " at their time.");
  note_count(facts.missing_in_input, "frames of the reference have no frame of the input at their time.");
  for (std::string& note : aligner_.size_change_notes()) result_.warnings.push_back(std::move(note));
  if (!has_reference_) {
    result_.warnings.emplace_back(
        "Without a clean film everything is held against the input: PSNR and SSIM say how much was changed, not how "
        "good it is.");
  }
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
  result_.has_reference = has_reference_;
  result_.width = size_.width;
  result_.height = size_.height;
  result_.frame_rate = video.frame_rate.is_known() ? video.frame_rate.value() : 0;
  result_.restored = restored_.summary();
  if (!options_.input.empty()) result_.input = input_.summary();
  result_.reference_niqe = reference_niqe_.value();
  result_.reference_warping_error = 1e4 * reference_warping_.value();
  if (const auto jitter = reference_trembling_.rms()) result_.reference_face_jitter = 100 * *jitter;
  result_.pictures = kept_.pictures();
  result_.crops = kept_.crops();
  result_.identities = identities_.faces();
  note_alignment();
  return std::move(result_);
}

}  // namespace

Comparison compare_videos(const CompareOptions& options, const CancelToken* cancel) {
  const Stopwatch watch;
  if (options.reference.empty() && options.input.empty()) {
    throw Error(ExitCode::kUsage, "there is nothing to compare with",
                "give the clean film with --reference, or what it was restored from with --input");
  }
  cv::setNumThreads(1);  // frames are what runs side by side here
  CompareRun run(options, cancel);
  while (run.do_batch()) {
    if (cancel && cancel->is_requested()) throw Error(ExitCode::kInterrupted, "stopped before the end of the films");
  }
  Comparison comparison = std::move(run).finish();
  comparison.elapsed_seconds = watch.seconds();
  return comparison;
}

}  // namespace reelface
