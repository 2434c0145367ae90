// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "faces/crop_quality.h"
#include "faces/face_strength.h"
#include "image/crop.h"
#include "inference/load_models.h"
#include "people/descriptor_crop.h"
#include "pipeline/stages/identity_stage.h"
#include "pipeline/stages/strength_choice.h"
#include "reelface/faces/similarity.h"
#include "reelface/image/frame_picture.h"
#include "reelface/inference/model_store.h"
#include "reelface/media/video_reader.h"
#include "reelface/restore/face_work.h"
#include "reelface/restore/restore_options.h"
#include "support/shared_folder.h"

namespace reelface {
namespace {

constexpr std::array<double, 4> kSizes = {32, 48, 64, 96};
constexpr float kStranger = 0.6F;

cv::Mat view_of(const RgbImageF& image) {
  return {image.height, image.width, CV_32FC3, const_cast<float*>(image.samples.data())};
}

Frame frame_of(const cv::Mat& picture) {
  FrameFacts facts;
  facts.width = picture.cols;
  facts.height = picture.rows;
  facts.layout = pixel_layout("rgb24");
  Frame frame = allocate_frame(facts);
  store_picture(frame,
                {picture.ptr<float>(), picture.cols, picture.rows, static_cast<std::ptrdiff_t>(picture.step1())});
  return frame;
}

RgbImage8 bytes_of(const RgbImageF& picture) {
  RgbImage8 bytes(picture.width, picture.height);
  for (std::size_t i = 0; i < bytes.samples.size(); ++i) {
    bytes.samples[i] = static_cast<std::uint8_t>(std::lround(255 * std::clamp(picture.samples[i], 0.0F, 1.0F)));
  }
  return bytes;
}

/// The 512 template's pixels to those of a crop of another size.
Affine template_to_crop(int size) {
  const double scale = size / 512.0;
  return Affine::scale_and_move(scale, scale, (scale - 1) / 2, (scale - 1) / 2);
}

struct Portrait {
  RgbImageF picture;
  Face face;
  double size = 0;
};

/// A portrait made smaller, and its points there.
struct SmallPortrait {
  cv::Mat picture;
  std::array<Point, 5> points;
};

SmallPortrait shrunk(const Portrait& portrait, double size) {
  SmallPortrait small;
  const double scale = size / portrait.size;
  cv::resize(view_of(portrait.picture), small.picture, {}, scale, scale, cv::INTER_AREA);
  small.points = portrait.face.points;
  for (Point& point : small.points) {
    point.x = static_cast<float>((point.x + 0.5) * small.picture.cols / portrait.picture.width - 0.5);
    point.y = static_cast<float>((point.y + 0.5) * small.picture.rows / portrait.picture.height - 0.5);
  }
  return small;
}

class PortraitsStayThemselves : public ::testing::Test {
 protected:
  std::vector<Portrait> read(const std::string& folder) const {
    const auto detector = load_face_detector(ModelStore::from_environment().path_of("spotter"), DetectorOptions{});
    std::vector<std::string> paths;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) paths.push_back(entry.path().string());
    std::sort(paths.begin(), paths.end());
    std::vector<Portrait> portraits;
    for (const std::string& path : paths) {
      VideoReader reader(path);
      Portrait portrait;
      portrait.picture = frame_picture(*reader.next()->frame);
      const std::vector<Face> faces = detector->detect({bytes_of(portrait.picture).view()}).front();
      if (faces.empty()) continue;
      portrait.face = faces.front();
      portrait.size = std::sqrt(double{portrait.face.box.width} * portrait.face.box.height);
      portraits.push_back(std::move(portrait));
    }
    return portraits;
  }

  FaceDescription describe(const Frame& frame, const std::array<Point, 5>& points) const {
    const Affine alignment{fit_similarity(points, alignment_template(512)).matrix()};
    const int size = descriptor_->crop_size();
    const RgbImageF crop = extract_crop(frame, chain(alignment, template_to_descriptor_crop(size)), size);
    return descriptor_->describe({crop.view()}).front();
  }

  FaceDescription describe(const RgbImageF& aligned) const {
    return descriptor_->describe({descriptor_crop(aligned.view(), descriptor_->crop_size()).view()}).front();
  }

  /// As the pipeline does it: restored, measured at full strength, and used as far as its need and the guard let it.
  RgbImageF restored(const RgbImageF& crop, double size) {
    FrameGroup group;
    group.jobs.emplace_back();
    FaceJob& face = group.jobs[0].work.make<FaceWork>().faces.emplace_back();
    face.crop = std::make_shared<RgbImageF>(crop);
    face.track.size_px = size;
    face.identity_is_due = true;
    const Stage restore{"restore", Concurrency::kSerial, [&](FrameGroup& faces) {
                          const CropWindow window(static_cast<std::size_t>(restorer_->window_length()), crop.view());
                          faces.jobs[0].work.get<FaceWork>()->faces[0].restored = restorer_->enhance({window}).front();
                        }};
    with_identity_measured(restore, descriptor_, IdentityOptions{}.limit).run(group);
    const StrengthOptions strength = strength_options(RestoreOptions(), restorer_->traits());
    face.track.confidence = 1;
    face.track.alignment.template_points = alignment_template(512);
    const double used = face_strength(face.track, measure_crop_quality(crop.view()), strength).total();
    const auto share = static_cast<float>(face.identity->strength * used);
    guarded_ += face.identity->strength < 1 ? 1 : 0;
    RgbImageF result = crop;
    for (std::size_t i = 0; i < result.samples.size(); ++i) {
      result.samples[i] += share * (face.restored.samples[i] - crop.samples[i]);
    }
    return result;
  }

  std::shared_ptr<const FaceDescriptor> descriptor_ =
      load_face_descriptor(ModelStore::from_environment().path_of("descriptor"));
  std::unique_ptr<FaceEnhancer> restorer_ =
      load_face_enhancer(ModelStore::from_environment().path_of("faithful"), EngineOptions{});
  int guarded_ = 0;
};

TEST_F(PortraitsStayThemselves, WithTheEmbeddedModelAtEverySize) {
  REELFACE_NEED_SHARED(folder, "portraits");
  const std::vector<Portrait> portraits = read(folder);
  ASSERT_GE(portraits.size(), 45u);
  for (const double size : kSizes) {
    double before = 0, after = 0;
    guarded_ = 0;
    for (const Portrait& portrait : portraits) {
      const FaceDescription clean = describe(frame_of(view_of(portrait.picture)), portrait.face.points);
      const SmallPortrait small = shrunk(portrait, size);
      const Affine alignment{fit_similarity(small.points, alignment_template(512)).matrix()};
      const int crop_size = restorer_->crop_size();
      const RgbImageF crop =
          extract_crop(frame_of(small.picture), chain(alignment, template_to_crop(crop_size)), crop_size);
      const float was = distance_between(clean, describe(crop));
      const float is = distance_between(clean, describe(restored(crop, size)));
      before += was;
      after += is;
      EXPECT_FALSE(was <= kStranger && is > kStranger) << size << " px: " << was << " became " << is;
    }
    const auto count = static_cast<double>(portraits.size());
    std::printf(
        "%3.0f px: distance to the clean portrait %.4f before, %.4f after restoring; the guard held back %d of %zu\n",
        size, before / count, after / count, guarded_, portraits.size());
    EXPECT_LE(after, before) << size << " px";
  }
}

/// Another person's crop in place of the restoration: nothing of it may be used.
TEST_F(PortraitsStayThemselves, AModelThatSwapsPeopleIsFoundOut) {
  REELFACE_NEED_SHARED(folder, "portraits");
  const std::vector<Portrait> portraits = read(folder);
  for (const double size : kSizes) {
    int found_out = 0, count = 0;
    std::vector<RgbImageF> crops;
    for (const Portrait& portrait : portraits) {
      const SmallPortrait small = shrunk(portrait, size);
      const Affine alignment{fit_similarity(small.points, alignment_template(512)).matrix()};
      crops.push_back(extract_crop(frame_of(small.picture), chain(alignment, template_to_crop(256)), 256));
    }
    for (std::size_t index = 0; index < portraits.size(); ++index) {
      FrameGroup group;
      group.jobs.emplace_back();
      FaceJob& face = group.jobs[0].work.make<FaceWork>().faces.emplace_back();
      face.crop = std::make_shared<RgbImageF>(crops[index]);
      face.track.size_px = size;
      face.identity_is_due = true;
      const Portrait& other = portraits[(index + 7) % portraits.size()];
      const Affine alignment{fit_similarity(other.face.points, alignment_template(512)).matrix()};
      const RgbImageF swapped =
          extract_crop(frame_of(view_of(other.picture)), chain(alignment, template_to_crop(256)), 256);
      const Stage swap{"restore", Concurrency::kSerial,
                       [&](FrameGroup& faces) { faces.jobs[0].work.get<FaceWork>()->faces[0].restored = swapped; }};
      with_identity_measured(swap, descriptor_, IdentityOptions{}.limit).run(group);
      found_out += face.identity->strength == 0 ? 1 : 0;
      ++count;
    }
    std::printf("%3.0f px: %d of %d swaps found out\n", size, found_out, count);
    EXPECT_GE(found_out, size >= 48 ? count : count * 24 / 25) << size << " px";
  }
}

}  // namespace
}  // namespace reelface
