// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/remembering_models.h"

#include <cstdint>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "core/content_digest.h"

namespace reelface {
namespace {

constexpr std::size_t kBytesOfKey = 64;  // with what a map and a list take for it

/// Two digests of the same pictures, so that no two are ever taken for each other.
using Key = std::pair<std::uint64_t, std::uint64_t>;

template <class Sample>
void add(ContentDigest& digest, const RgbView<Sample>& picture) {
  digest.update(static_cast<std::uint64_t>(picture.width));
  digest.update(static_cast<std::uint64_t>(picture.height));
  const std::size_t row = std::size_t{3} * static_cast<std::size_t>(picture.width) * sizeof(Sample);
  for (int y = 0; y < picture.height; ++y) digest.update(picture.samples + y * picture.row_stride, row);
}

template <class Sample>
Key key_of(const std::vector<RgbView<Sample>>& pictures, std::uint64_t role) {
  ContentDigest one, other;
  other.update(std::uint64_t{0x9E3779B97F4A7C15});
  for (ContentDigest* digest : {&one, &other}) {
    digest->update(role);
    for (const RgbView<Sample>& picture : pictures) add(*digest, picture);
  }
  return {one.value(), other.value()};
}

/// The answers of one kind that were asked for last.
template <class Answer>
class Shelf {
 public:
  explicit Shelf(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  std::optional<Answer> find(const Key& key) {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = places_.find(key);
    if (found == places_.end()) return std::nullopt;
    entries_.splice(entries_.begin(), entries_, found->second);
    return found->second->answer;
  }

  void keep(const Key& key, const Answer& answer, std::size_t bytes) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (places_.count(key) > 0) return;
    entries_.push_front({key, answer, bytes + kBytesOfKey});
    places_[key] = entries_.begin();
    bytes_ += entries_.front().bytes;
    while (bytes_ > most_bytes_ && !entries_.empty()) {
      bytes_ -= entries_.back().bytes;
      places_.erase(entries_.back().key);
      entries_.pop_back();
    }
  }

 private:
  struct Entry {
    Key key;
    Answer answer;
    std::size_t bytes;
  };

  std::size_t most_bytes_;
  std::mutex mutex_;
  std::size_t bytes_ = 0;
  std::list<Entry> entries_;
  std::map<Key, typename std::list<Entry>::iterator> places_;
};

/// Asks only for what is not on the shelf. `ask` takes the places of the questions that are left and gives as many
/// answers.
template <class Answer, class BytesOf, class Ask>
std::vector<Answer> answers(const std::vector<Key>& keys, Shelf<Answer>& shelf, const BytesOf& bytes_of,
                            const Ask& ask) {
  std::vector<Answer> found(keys.size());
  std::vector<std::size_t> left;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (std::optional<Answer> kept = shelf.find(keys[i]))
      found[i] = std::move(*kept);
    else
      left.push_back(i);
  }
  if (left.empty()) return found;
  std::vector<Answer> asked = ask(left);
  for (std::size_t i = 0; i < left.size(); ++i) {
    shelf.keep(keys[left[i]], asked[i], bytes_of(asked[i]));
    found[left[i]] = std::move(asked[i]);
  }
  return found;
}

/// One key for each picture.
template <class Sample>
std::vector<Key> keys_of(const std::vector<RgbView<Sample>>& pictures) {
  std::vector<Key> keys;
  keys.reserve(pictures.size());
  for (const RgbView<Sample>& picture : pictures) keys.push_back(key_of(std::vector<RgbView<Sample>>{picture}, 0));
  return keys;
}

template <class Value>
std::vector<Value> those_at(const std::vector<std::size_t>& places, const std::vector<Value>& values) {
  std::vector<Value> picked;
  picked.reserve(places.size());
  for (const std::size_t place : places) picked.push_back(values[place]);
  return picked;
}

}  // namespace

struct ModelMemory::Shelves {
  explicit Shelves(std::size_t most_bytes)
      : faces(most_bytes / 16), descriptions(most_bytes / 16), crops(most_bytes / 8 * 7) {}

  Shelf<std::vector<Face>> faces;
  Shelf<FaceDescription> descriptions;
  Shelf<RgbImageF> crops;
};

ModelMemory::ModelMemory(std::size_t most_bytes) : shelves_(std::make_unique<Shelves>(most_bytes)) {}

ModelMemory::~ModelMemory() = default;

namespace {

class RememberingDetector : public FaceDetector {
 public:
  RememberingDetector(std::shared_ptr<const FaceDetector> detector, std::shared_ptr<ModelMemory> memory)
      : detector_(std::move(detector)), memory_(std::move(memory)) {}

  std::vector<std::vector<Face>> detect(const std::vector<RgbView8>& pictures) const override {
    return answers(
        keys_of(pictures), memory_->shelves().faces,
        [](const std::vector<Face>& faces) { return faces.size() * sizeof(Face); },
        [&](const std::vector<std::size_t>& left) { return detector_->detect(those_at(left, pictures)); });
  }

 private:
  std::shared_ptr<const FaceDetector> detector_;
  std::shared_ptr<ModelMemory> memory_;
};

class RememberingDescriptor : public FaceDescriptor {
 public:
  RememberingDescriptor(std::shared_ptr<const FaceDescriptor> descriptor, std::shared_ptr<ModelMemory> memory)
      : descriptor_(std::move(descriptor)), memory_(std::move(memory)) {}

  int crop_size() const override { return descriptor_->crop_size(); }

  std::vector<FaceDescription> describe(const std::vector<RgbViewF>& crops) const override {
    return answers(
        keys_of(crops), memory_->shelves().descriptions, [](const FaceDescription&) { return sizeof(FaceDescription); },
        [&](const std::vector<std::size_t>& left) { return descriptor_->describe(those_at(left, crops)); });
  }

 private:
  std::shared_ptr<const FaceDescriptor> descriptor_;
  std::shared_ptr<ModelMemory> memory_;
};

}  // namespace

std::shared_ptr<const FaceDetector> remembering(std::shared_ptr<const FaceDetector> detector,
                                                std::shared_ptr<ModelMemory> memory) {
  return std::make_shared<RememberingDetector>(std::move(detector), std::move(memory));
}

std::shared_ptr<const FaceDescriptor> remembering(std::shared_ptr<const FaceDescriptor> descriptor,
                                                  std::shared_ptr<ModelMemory> memory) {
  return std::make_shared<RememberingDescriptor>(std::move(descriptor), std::move(memory));
}

std::vector<RgbImageF> remembered_crops(const ModelMemory& memory, const std::vector<CropWindow>& windows, int role,
                                        const RestoreCrops& restore) {
  std::vector<Key> keys;
  keys.reserve(windows.size());
  for (const CropWindow& window : windows) keys.push_back(key_of(window, static_cast<std::uint64_t>(role)));
  return answers(
      keys, memory.shelves().crops, [](const RgbImageF& crop) { return crop.samples.size() * sizeof(float); }, restore);
}

}  // namespace reelface
