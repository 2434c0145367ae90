// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "evidence/face_regions.h"
#include "inference/face_descriptor.h"
#include "measure/areas.h"
#include "measure/bounded_series.h"
#include "measure/comparison.h"
#include "measure/niqe.h"
#include "reelface/core/cancel_token.h"

namespace reelface {

/// What is measured of a restored film besides its pictures; needs a clean film.
struct FilmMeasures {
  std::optional<Point> placement;     ///< pixels, beside the reference
  double light = kNoValue;            ///< mean brightness over the reference's
  double noise = kNoValue;            ///< of 255
  std::optional<AreaMeasures> areas;  ///< where a mask of damage was given
};

/// What was measured of one file in one frame.
struct ComparedMeasures {
  PictureMeasures picture;
  StepMeasures step;                   ///< from the frame before; without values in the first frame and at cuts
  std::vector<TrackPoints> landmarks;  ///< of the faces that were found again in this file
  double niqe = kNoValue;              ///< in every kNiqeEvery-th frame, where there are parameters
  std::vector<double>
      each_identity{};         ///< distance of each face from itself in the reference; empty where not measured
  double identity = kNoValue;  ///< their mean
  FilmMeasures film{};
};

struct ComparisonRow {
  std::int64_t frame = 0;
  double seconds = 0;
  ComparedMeasures restored;
  std::optional<ComparedMeasures> input;
  double reference_warping_error = kNoValue;
  std::vector<TrackPoints> reference_landmarks;
  double reference_niqe = kNoValue;
  std::vector<std::optional<FaceDescription>> descriptions;  ///< of the reference's faces; empty where not measured
  std::vector<std::int64_t> tracks;  ///< of the faces; each_face_error of the measures goes with it
  bool is_cut = false;
};

/// Means over a film. NaN: could not be measured.
struct MeasureSummary {
  double psnr_luma = kNoValue;  ///< dB, of the mean error, as ffmpeg's "average"
  double psnr_rgb = kNoValue;
  double ssim = kNoValue;
  double ms_ssim = kNoValue;
  double sharpness = kNoValue;
  double colour = kNoValue;
  double face_psnr = kNoValue;
  double face_ssim = kNoValue;
  double face_sharpness = kNoValue;
  double face_pumping = kNoValue;        ///< of 255
  double face_identity = kNoValue;       ///< distance of the descriptions; below 0.6 it passes for the same person
  double face_jitter = kNoValue;         ///< of eyes, nose and mouth corners, % of the face's width
  double warping_error = kNoValue;       ///< x 10^-4
  double face_warping_error = kNoValue;  ///< x 10^-4
  double motion_difference = kNoValue;   ///< tOF, pixels
  double flicker = kNoValue;             ///< of 255
  double niqe = kNoValue;                ///< needs no reference
  double weave = kNoValue;               ///< pixels rms, each way: how the picture sways beside the reference
  double light_flicker = kNoValue;       ///< % rms: how its brightness changes beside the reference's
  double noise = kNoValue;               ///< of 255
  double damaged_psnr = kNoValue;        ///< dB, luma, where the mask says damage
  double whole_psnr = kNoValue;          ///< dB, luma, elsewhere
  double mended = kNoValue;              ///< % of damage of 20 levels and more that is within 8 of the reference
  double wrongly_changed = kNoValue;     ///< % of what was whole and is not as it was in the input
};

/// NIQE takes longer than everything else and is an average anyway.
inline constexpr int kNiqeEvery = 5;

/// Who somebody is changes slowly.
inline constexpr int kIdentityEvery = 10;

/// How much of himself is left of somebody. Distances of descriptions, means over the frames measured.
struct FaceIdentity {
  std::int64_t track = 0;
  std::int64_t person = 0;  ///< faces that are one person in the reference have one number
  std::int64_t measured = 0;
  double restored = kNoValue;
  double input = kNoValue;
};

/// Columns of Comparison::series: restored, then the same of the input.
enum class SeriesColumn : std::size_t {
  kPsnr,
  kSsim,
  kFacePsnr,
  kFaceSsim,
  kSharpness,
  kColour,
  kWarping,
  kFlicker,
  kCount
};

/// The same frame of all files for the report, made smaller. 8-bit RGB.
struct ComparedPictures {
  std::string why;  ///< it was chosen, in a word or two; empty: for its time alone
  std::int64_t frame = 0;
  std::int64_t track = -1;  ///< of a face's crop; -1 for whole frames
  RgbImage8 restored;
  RgbImage8 reference;
  std::optional<RgbImage8> input;
};

/// PSNR of each face over time, for the first few faces.
struct FaceSeries {
  static constexpr std::size_t kMostFaces = 6;
  std::vector<std::int64_t> tracks;  ///< whose column is where
  BoundedSeries psnr{kMostFaces};
};

struct Comparison {
  std::string restored_path, reference_path, input_path;
  bool has_reference = true;  ///< false: there was no clean film, so measures are against the input
  int width = 0;
  int height = 0;
  double frame_rate = 0;  ///< 0 = unknown
  std::int64_t frames = 0;
  std::int64_t frames_with_faces = 0;
  std::int64_t cuts = 0;
  bool luma_as_stored = true;
  MeasureSummary restored;
  std::optional<MeasureSummary> input;
  double reference_warping_error = kNoValue;  ///< x 10^-4: what motion and its estimation alone cost
  double reference_niqe = kNoValue;
  double reference_face_jitter = kNoValue;  ///< % of the face's width: how much the film's own faces shake
  std::int64_t worst_frame = -1;            ///< lowest PSNR of the restored file
  BoundedSeries series{2 * static_cast<std::size_t>(SeriesColumn::kCount)};
  FaceSeries face_series;
  std::vector<FaceIdentity> identities;    ///< by face
  BoundedSeries identity_series{2};        ///< restored, input; of every kIdentityEvery-th frame
  std::vector<ComparedPictures> pictures;  ///< a usual frame, the worst, the best, and each face where it appears
  std::vector<ComparedPictures> crops;
  std::vector<std::string> warnings;
  double elapsed_seconds = 0;
};

struct CompareOptions {
  std::string restored;
  std::string reference;  ///< empty: none; then there must be an input, and everything is measured against that
  std::string input;      ///< empty: none
  std::string truth;      ///< folder that `degrade --truth` wrote about the input; empty: none
  MeasureSet measures = MeasureSet::kAll;
  std::shared_ptr<const NiqeModel> niqe;                        ///< null: not measured
  std::shared_ptr<const FaceDescriptor> descriptor;             ///< null: identity is not measured
  int threads = 0;                                              ///< 0 = all
  std::shared_ptr<FaceRegions> faces;                           ///< null: whole frames only
  bool any_format = false;                                      ///< see ReadOptions
  bool keep_pictures = true;                                    ///< for a report
  std::function<void(const ComparisonRow&)> on_row;             ///< in order, from the calling thread
  std::function<void(std::int64_t, std::int64_t)> on_progress;  ///< frames done, expected (0 = unknown)
};

/// Measures a restored film against the clean one, and the degraded input as well where there is one. Memory does not
/// grow with length. Throws Error(kUsage) when the pictures' sizes differ or nothing fits together, or when there is
/// neither a reference nor an input.
Comparison compare_videos(const CompareOptions& options, const CancelToken* cancel = nullptr);

}  // namespace reelface
