// SPDX-License-Identifier: Apache-2.0
// How far descriptions move as faces get small and blurred:
// identity_calibration FOLDER_OF_PORTRAITS > src/faces/identity_table.inl
// Every portrait is made smaller, and blurred on top, and described again. The mean distance to the description of the
// clean portrait goes into one table over size and sharpness: how much a description is worth. The mean distance to
// that of the clean portrait made as small goes into another: how much of it a restoration may change.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <vector>

#include "faces/crop_quality.h"
#include "image/crop.h"
#include "inference/load_models.h"
#include "people/descriptor_crop.h"
#include "reelface/faces/similarity.h"
#include "reelface/inference/model_store.h"
#include "support/portraits.h"

namespace reelface {
namespace {

constexpr std::array<double, 8> kSizes = {24, 32, 48, 64, 96, 128, 192, 256};
constexpr std::array<double, 7> kSharpness = {0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6};
constexpr std::array<double, 6> kBlurs = {0, 0.6, 1.0, 1.6, 2.6, 4.2};  // sigma, pixels of the small picture

struct Sample {
  double size, sharpness;
  double shift;   ///< to the clean portrait
  double unblur;  ///< to the clean portrait made as small
};

RgbImageF cut(const Frame& frame, const std::array<Point, 5>& points, int size) {
  const Similarity alignment = fit_similarity(points, alignment_template(512));
  return extract_crop(frame, chain(Affine{alignment.matrix()}, template_to_descriptor_crop(size)), size);
}

class Calibration {
 public:
  void add(const std::string& path) {
    const std::optional<testing::Portrait> portrait = testing::read_portrait(path, *detector_);
    if (!portrait) return;
    const int size = descriptor_->crop_size();
    const RgbImageF clean =
        cut(testing::rgb_frame_of(testing::matrix_of(portrait->picture)), portrait->face.points, size);
    const FaceDescription description = descriptor_->describe({clean.view()}).front();
    for (const double wanted : kSizes) {
      if (wanted > portrait->size) continue;
      const testing::SmallPortrait small = testing::shrunk(*portrait, wanted);
      const RgbImageF as_small = seen_small(clean, wanted);
      const FaceDescription small_description = descriptor_->describe({as_small.view()}).front();
      for (const double blur : kBlurs) {
        cv::Mat blurred = small.picture;
        if (blur > 0) cv::GaussianBlur(small.picture, blurred, {}, blur);
        const RgbImageF crop = cut(testing::rgb_frame_of(blurred), small.points, size);
        const FaceDescription seen = descriptor_->describe({crop.view()}).front();
        samples_.push_back({wanted, measure_crop_quality(crop.view()).sharpness, distance_between(seen, description),
                            distance_between(seen, small_description)});
      }
    }
    ++portraits_;
  }

  void print() const {
    std::printf(
        "// Made by tests/bench/identity_calibration.cpp from %d portraits; rows by size, columns by sharpness.\n",
        portraits_);
    print_numbers("double kTableSizes", kSizes);
    print_numbers("double kTableSharpness", kSharpness);
    print_table("kTableShift", &Sample::shift);
    print_table("kTableUnblur", &Sample::unblur);
    for (const double size : kSizes) {
      double sharpness = 0, distance = 0;
      int count = 0;
      for (std::size_t i = 0; i < samples_.size(); i += kBlurs.size()) {
        if (samples_[i].size != size) continue;
        sharpness += samples_[i].sharpness;
        distance += samples_[i].shift;
        ++count;
      }
      std::fprintf(stderr, "%3.0f px, only made smaller: sharpness %.2f, distance %.3f\n", size, sharpness / count,
                   distance / count);
    }
  }

 private:
  template <std::size_t Count>
  static void print_numbers(const char* name, const std::array<double, Count>& numbers) {
    std::printf("constexpr %s[%zu] = {", name, Count);
    for (std::size_t i = 0; i < Count; ++i) std::printf("%s%g", i ? ", " : "", numbers[i]);
    std::printf("};\n");
  }

  void print_table(const char* name, double Sample::*what) const {
    std::printf("constexpr double %s[%zu][%zu] = {\n", name, kSizes.size(), kSharpness.size());
    for (const double size : kSizes) {
      std::printf("    {");
      for (std::size_t column = 0; column < kSharpness.size(); ++column) {
        std::printf("%s%.3f", column ? ", " : "", mean_near(size, kSharpness[column], what));
      }
      std::printf("},\n");
    }
    std::printf("};\n");
  }

  /// Mean of the samples, those that are alike counting most; wider where there are none.
  double mean_near(double size, double sharpness, double Sample::*what) const {
    for (double width = 0.04;; width *= 1.5) {
      double weights = 0, sum = 0;
      for (const Sample& sample : samples_) {
        const double octaves = std::log2(sample.size / size) / 0.2;
        const double away = (sample.sharpness - sharpness) / width;
        const double weight = std::exp(-0.5 * (octaves * octaves + away * away));
        weights += weight;
        sum += weight * sample.*what;
      }
      if (weights > 5) return sum / weights;
    }
  }

  std::unique_ptr<FaceDetector> detector_ =
      load_face_detector(ModelStore::from_environment().path_of("spotter"), DetectorOptions{});
  std::unique_ptr<FaceDescriptor> descriptor_ =
      load_face_descriptor(ModelStore::from_environment().path_of("descriptor"));
  std::vector<Sample> samples_;
  int portraits_ = 0;
};

}  // namespace
}  // namespace reelface

int main(int count, char** words) {
  if (count != 2) {
    std::fprintf(stderr, "usage: identity_calibration FOLDER\n");
    return 2;
  }
  try {
    std::vector<std::string> paths;
    for (const auto& entry : std::filesystem::directory_iterator(words[1])) paths.push_back(entry.path().string());
    std::sort(paths.begin(), paths.end());
    reelface::Calibration calibration;
    for (const std::string& path : paths) calibration.add(path);
    calibration.print();
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "identity_calibration: %s\n", error.what());
    return 1;
  }
}
