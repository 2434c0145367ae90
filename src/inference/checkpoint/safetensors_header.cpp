// SPDX-License-Identifier: Apache-2.0
#include "inference/checkpoint/safetensors_header.h"

#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "inference/checkpoint/malformed_checkpoint.h"
#include "inference/checkpoint/tensor_layout.h"

namespace reelface {
namespace {

TensorType type_of(const std::string& tensor, const std::string& name) {
  for (const TensorType type : {TensorType::kFloat64, TensorType::kFloat32, TensorType::kFloat16, TensorType::kBFloat16,
                                TensorType::kInt64, TensorType::kInt32, TensorType::kUInt8}) {
    if (name == tensor_type_name(type)) return type;
  }
  throw MalformedCheckpoint("tensor " + name_text(tensor) + " has the unknown type " + name_text(name));
}

/// Receives the parser's events and accepts exactly: {"name": {"dtype": text, "shape": [..], "data_offsets": [a, b]},
/// ..,
/// "__metadata__": {"key": "text", ..}}.
class HeaderHandler final : public nlohmann::json_sax<nlohmann::json> {
 public:
  SafetensorsHeader take() { return std::move(header_); }

  bool start_object(std::size_t) override {
    if (place_ == Place::kStart) return move_to(Place::kRoot);
    if (place_ != Place::kRoot) refuse("is nested too deeply");
    if (name_ == "__metadata__") return move_to(Place::kMetadata);
    if (header_.entries.size() == kMostTensors) throw MalformedCheckpoint("has more than 20000 tensors");
    header_.entries.emplace_back();
    header_.entries.back().name = name_;
    type_.reset();
    shape_.reset();
    offsets_.reset();
    return move_to(Place::kTensor);
  }

  bool end_object() override {
    if (place_ == Place::kTensor) finish_tensor();
    return move_to(place_ == Place::kRoot ? Place::kEnd : Place::kRoot);
  }

  bool key(std::string& text) override {
    switch (place_) {
      case Place::kRoot:
        if (!names_.insert(text).second) throw MalformedCheckpoint("has two entries named " + name_text(text));
        name_ = text;
        break;
      case Place::kMetadata:
        if (header_.metadata.count(text) != 0) refuse("has the key " + name_text(text) + " twice");
        [[fallthrough]];
      default:
        member_ = text;
    }
    return true;
  }

  bool start_array(std::size_t) override {
    if (place_ != Place::kTensor || (member_ != "shape" && member_ != "data_offsets"))
      refuse("holds an unexpected list");
    auto& list = member_ == "shape" ? shape_ : offsets_;
    if (list) refuse("has " + member_ + " twice");
    list.emplace();
    return move_to(Place::kNumbers);
  }
  bool end_array() override { return move_to(Place::kTensor); }

  bool string(std::string& text) override {
    if (place_ == Place::kMetadata) {
      header_.metadata.emplace(member_, text);
      return true;
    }
    if (place_ != Place::kTensor || member_ != "dtype") refuse("holds unexpected text");
    if (type_) refuse("has dtype twice");
    type_ = type_of(name_, text);
    return true;
  }

  bool number_unsigned(number_unsigned_t value) override {
    if (place_ != Place::kNumbers) refuse("holds an unexpected number");
    auto& list = member_ == "shape" ? *shape_ : *offsets_;
    if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
      refuse("holds a number too large");
    if (list.size() == kMostDimensions) refuse("has more than 16 dimensions");
    list.push_back(static_cast<std::int64_t>(value));
    return true;
  }
  bool number_integer(number_integer_t) override { refuse("holds a negative number"); }
  bool number_float(number_float_t, const string_t&) override { refuse("holds a number that is not whole"); }
  bool null() override { refuse("holds null"); }
  bool boolean(bool) override { refuse("holds a truth value"); }
  bool binary(binary_t&) override { refuse("holds binary"); }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& error) override {
    // Error 316 is nlohmann's "not UTF-8"; the parser reports it inside its general syntax error.
    const bool utf8 = std::string_view(error.what()).find("UTF-8") != std::string_view::npos;
    throw MalformedCheckpoint((utf8 ? "the header is not UTF-8 at byte " : "the header is not JSON at byte ") +
                              std::to_string(position));
  }

 private:
  enum class Place { kStart, kRoot, kMetadata, kTensor, kNumbers, kEnd };

  bool move_to(Place place) {
    place_ = place;
    return true;
  }

  [[noreturn]] void refuse(const std::string& what) const {
    if (place_ == Place::kStart) throw MalformedCheckpoint("the header is not a JSON object");
    throw MalformedCheckpoint("header entry " + name_text(name_) + " " + what);
  }

  void finish_tensor() {
    if (!type_) refuse("has no dtype");
    if (!shape_) refuse("has no shape");
    if (!offsets_ || offsets_->size() != 2) refuse("has no data_offsets of two numbers");
    SafetensorsEntry& entry = header_.entries.back();
    entry.type = *type_;
    entry.shape = std::move(*shape_);
    entry.begin = static_cast<std::uint64_t>(offsets_->at(0));
    entry.end = static_cast<std::uint64_t>(offsets_->at(1));
  }

  Place place_ = Place::kStart;
  SafetensorsHeader header_;
  std::set<std::string> names_;
  std::string name_;
  std::string member_;
  std::optional<TensorType> type_;
  std::optional<std::vector<std::int64_t>> shape_;
  std::optional<std::vector<std::int64_t>> offsets_;
};

}  // namespace

SafetensorsHeader parse_safetensors_header(std::string_view json) {
  HeaderHandler handler;
  nlohmann::json::sax_parse(json.begin(), json.end(), &handler);
  return handler.take();
}

}  // namespace reelface
