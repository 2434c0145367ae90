// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/restore_stage.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <string>
#include <utility>

#include "core/finite.h"
#include "image/mixed_picture.h"
#include "image/resized_picture.h"
#include "motion/crop_flow.h"
#include "pipeline/stages/enhancer_pool.h"
#include "pipeline/stages/remembering_models.h"
#include "reelface/restore/face_work.h"

namespace reelface {
namespace {

// Where a one-frame model begins to be helped by clean input, and where it gets nothing but clean input; grey levels of
// noise. A ramp, because a switch would be seen.
constexpr double kCleanFacesFromNoise = 3;
constexpr double kCleanFacesFullyAtNoise = 6;

/// A network that was given numbers beyond its range answers with infinities or nothing at all.
bool is_a_picture(const RgbImageF& image) {
  return !image.samples.empty() && all_finite(image.samples);
}

/// A face's window may be longer than the model's, or shorter: then its ends are repeated.
std::vector<std::size_t> places_in_window(const FaceJob& face, std::size_t length) {
  const auto last = static_cast<std::ptrdiff_t>(face.window.size()) - 1;
  const std::ptrdiff_t first = last / 2 - static_cast<std::ptrdiff_t>(length / 2);
  std::vector<std::size_t> places;
  for (std::size_t index = 0; index < length; ++index) {
    const std::ptrdiff_t place = std::clamp<std::ptrdiff_t>(first + static_cast<std::ptrdiff_t>(index), 0, last);
    places.push_back(static_cast<std::size_t>(place));
  }
  return places;
}

/// The crops of a window as they were aligned.
CropWindow aligned_window(const FaceJob& face, int length) {
  CropWindow window;
  for (const std::size_t place : places_in_window(face, static_cast<std::size_t>(length)))
    window.push_back(face.window[place]->view());
  return window;
}

/// Windows of `length` crops of `size` pixels, owning what had to be resized or moved for them.
class WindowBatch {
 public:
  WindowBatch(int size, int length) : size_(size), length_(static_cast<std::size_t>(length)) {}

  void add(const FaceJob& face) {
    CropWindow window;
    std::vector<SharedStep> steps;
    for (const std::size_t place : places_in_window(face, length_)) {
      window.push_back(fitted(face.window[place]->view()));
      steps.push_back(face.steps[place]);
    }
    if (length_ > 1) use_moved_neighbours(window, steps);
    windows_.push_back(std::move(window));
  }

  const std::vector<CropWindow>& windows() const { return windows_; }

 private:
  RgbViewF fitted(const RgbViewF& crop) {
    if (crop.width == size_) return crop;
    made_.push_back(std::make_unique<RgbImageF>(resized(crop, size_, size_)));
    return made_.back()->view();
  }

  void use_moved_neighbours(CropWindow& window, const std::vector<SharedStep>& steps) {
    std::vector<std::optional<RgbImageF>> moved = moved_onto_middle(window, steps);
    for (std::size_t index = 0; index < window.size(); ++index) {
      if (!moved[index]) continue;
      made_.push_back(std::make_unique<RgbImageF>(std::move(*moved[index])));
      window[index] = made_.back()->view();
    }
  }

  int size_;
  std::size_t length_;
  std::vector<CropWindow> windows_;
  std::vector<std::unique_ptr<RgbImageF>> made_;
};

std::vector<FaceJob*> faces_to_restore(FrameGroup& group) {
  std::vector<FaceJob*> faces;
  for (FrameJob& job : group.jobs) {
    FaceWork* const work = job.work.get<FaceWork>();
    if (!work) continue;
    for (FaceJob& face : work->faces) {
      if (face.strength.total() >= kLeastStrength) faces.push_back(&face);
    }
  }
  return faces;
}

/// Of all frames of the group: some may have been restored before, but none of them alone.
void say_fallback(FrameGroup& group, const std::string& fallback) {
  for (FrameJob& job : group.jobs) {
    if (FaceWork* const work = job.work.get<FaceWork>()) work->fallback = fallback;
  }
}

class Restoring {
 public:
  explicit Restoring(RestoreStageOptions options)
      : restorers_(std::move(options.restorers)),
        cleaners_(std::move(options.cleaners)),
        clean_always_(options.clean_always),
        memory_(std::move(options.memory)) {}

  void operator()(FrameGroup& group) {
    const std::vector<FaceJob*> faces = faces_to_restore(group);
    if (faces.empty()) return;
    const EnhancerPool::Loan restorer(restorers_);
    std::vector<RgbImageF> restored;
    std::string fallback;
    if (restorer->traits().sees_neighbours()) {
      restored = restore(*restorer, faces, kRestores);
    } else {
      restored = restore_cleaned(*restorer, faces, fallback);
    }
    if (fallback.empty()) fallback = restorer->fallback();
    if (!fallback.empty()) say_fallback(group, fallback);
    for (std::size_t index = 0; index < faces.size(); ++index) {
      faces[index]->failed = !is_a_picture(restored[index]);
      if (!faces[index]->failed) faces[index]->restored = std::move(restored[index]);
    }
  }

 private:
  static constexpr int kRestores = 0, kCleans = 1;

  std::vector<RgbImageF> restore(FaceEnhancer& model, const std::vector<FaceJob*>& faces, int role) const {
    std::vector<CropWindow> windows;
    windows.reserve(faces.size());
    for (const FaceJob* face : faces) windows.push_back(aligned_window(*face, model.window_length()));
    return new_or_remembered(windows, role, [&](const std::vector<std::size_t>& places) {
      WindowBatch batch(model.crop_size(), model.window_length());
      for (const std::size_t place : places) batch.add(*faces[place]);
      return model.enhance(batch.windows());
    });
  }

  std::vector<RgbImageF> new_or_remembered(const std::vector<CropWindow>& windows, int role,
                                           const RestoreCrops& restore_at) const {
    if (memory_) return remembered_crops(*memory_, windows, role, restore_at);
    std::vector<std::size_t> all(windows.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    return restore_at(all);
  }

  double cleaning(const FaceJob& face) const {
    if (clean_always_) return 1;
    const double noise = face.quality.noise_levels;
    return std::clamp((noise - kCleanFacesFromNoise) / (kCleanFacesFullyAtNoise - kCleanFacesFromNoise), 0.0, 1.0);
  }

  /// One-frame models flicker with the noise they are given, so noisy crops are cleaned for them first.
  std::vector<RgbImageF> restore_cleaned(FaceEnhancer& model, const std::vector<FaceJob*>& faces,
                                         std::string& fallback) {
    std::vector<RgbImageF> inputs;
    inputs.reserve(faces.size());
    for (const FaceJob* face : faces) inputs.push_back(*face->crop);
    if (!cleaners_.is_empty()) clean(faces, inputs, fallback);
    std::vector<CropWindow> windows;
    windows.reserve(inputs.size());
    for (const RgbImageF& input : inputs) windows.push_back({input.view()});
    return new_or_remembered(windows, kRestores, [&](const std::vector<std::size_t>& places) {
      std::vector<CropWindow> asked;
      asked.reserve(places.size());
      for (const std::size_t place : places) asked.push_back(windows[place]);
      return model.enhance(asked);
    });
  }

  void clean(const std::vector<FaceJob*>& faces, std::vector<RgbImageF>& inputs, std::string& fallback) {
    std::vector<FaceJob*> noisy;
    std::vector<std::size_t> places;
    for (std::size_t index = 0; index < faces.size(); ++index) {
      if (cleaning(*faces[index]) <= 0) continue;
      noisy.push_back(faces[index]);
      places.push_back(index);
    }
    if (noisy.empty()) return;
    const EnhancerPool::Loan cleaner(cleaners_);
    const std::vector<RgbImageF> cleaned = restore(*cleaner, noisy, kCleans);
    fallback = cleaner->fallback();
    for (std::size_t order = 0; order < noisy.size(); ++order) {
      if (!is_a_picture(cleaned[order])) continue;  // the restorer then sees the crop as it is
      RgbImageF& input = inputs[places[order]];
      input = mixed(input, resized(cleaned[order].view(), input.width, input.height),
                    static_cast<float>(cleaning(*noisy[order])));
    }
  }

  EnhancerPool restorers_;
  EnhancerPool cleaners_;
  bool clean_always_;
  std::shared_ptr<const ModelMemory> memory_;
};

}  // namespace

Stage make_restore_stage(RestoreStageOptions options) {
  const Concurrency concurrency = options.restorers.size() > 1 ? Concurrency::kParallel : Concurrency::kSerial;
  const std::size_t most_at_once = options.restorers.size();
  StepNeeds needs = options.needs;
  const auto restoring = std::make_shared<Restoring>(std::move(options));
  return {"restore", concurrency, [restoring](FrameGroup& group) { (*restoring)(group); }, most_at_once,
          std::move(needs)};
}

int gathered_window_length(const RestoreStageOptions& options) {
  int length = 1;
  for (const Enhancers* models : {&options.restorers, &options.cleaners}) {
    for (const auto& model : *models) length = std::max(length, model->window_length());
  }
  return length;
}

}  // namespace reelface
