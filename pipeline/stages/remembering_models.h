// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include "inference/face_descriptor.h"
#include "inference/face_detector.h"
#include "inference/face_enhancer.h"

namespace reelface {

/// What networks have answered, by what they were given: whoever asks for the same frames again and again, with other
/// settings, has the same answers at once. Bounded. Thread-safety: safe.
class ModelMemory {
 public:
  explicit ModelMemory(std::size_t most_bytes);
  ~ModelMemory();
  ModelMemory(const ModelMemory&) = delete;
  ModelMemory& operator=(const ModelMemory&) = delete;

  struct Shelves;
  Shelves& shelves() const { return *shelves_; }

 private:
  std::unique_ptr<Shelves> shelves_;
};

// Each asks the network for what the memory does not hold. One memory is for networks loaded once, one of each kind;
// but for restorers that all give the same pixels.

std::shared_ptr<const FaceDetector> remembering(std::shared_ptr<const FaceDetector> detector,
                                                std::shared_ptr<ModelMemory> memory);
std::shared_ptr<const FaceDescriptor> remembering(std::shared_ptr<const FaceDescriptor> descriptor,
                                                  std::shared_ptr<ModelMemory> memory);

/// Gives the restored crops of the windows in these places.
using RestoreCrops = std::function<std::vector<RgbImageF>(const std::vector<std::size_t>& places)>;

/// Restored crops by the windows that they are made of, as they are before a crop of them is moved: what is known needs
/// no motion either. `role` tells restorers from those that clean for them.
std::vector<RgbImageF> remembered_crops(const ModelMemory& memory, const std::vector<CropWindow>& windows, int role,
                                        const RestoreCrops& restore);

}  // namespace reelface
