// SPDX-License-Identifier: Apache-2.0
#include "inference/checkpoint/checkpoint_writer.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/whole_file.h"
#include "inference/checkpoint/half_float.h"
#include "inference/checkpoint/malformed_checkpoint.h"
#include "inference/checkpoint/tensor_layout.h"
#include "inference/checkpoint/tensor_values.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

constexpr std::size_t kBufferBytes = 1u << 20;
constexpr std::size_t kAlignment = 8;

bool becomes_half(TensorType type) {
  return type == TensorType::kFloat64 || type == TensorType::kFloat32 || type == TensorType::kBFloat16;
}

TensorType written_type(TensorType type, WrittenPrecision precision) {
  return precision == WrittenPrecision::kHalf && becomes_half(type) ? TensorType::kFloat16 : type;
}

/// Length and JSON, padded with spaces so that the data starts aligned.
std::string make_header(const Checkpoint& checkpoint, WrittenPrecision precision) {
  nlohmann::ordered_json header;
  if (!checkpoint.metadata.empty()) header["__metadata__"] = checkpoint.metadata;
  std::uint64_t begin = 0;
  for (const auto& [name, tensor] : checkpoint.tensors) {
    const TensorType type = written_type(tensor.type, precision);
    const std::uint64_t end = begin + element_count(tensor.shape) * element_size_bytes(type);
    header[name] = {{"dtype", tensor_type_name(type)}, {"shape", tensor.shape}, {"data_offsets", {begin, end}}};
    begin = end;
  }
  // PyTorch allows any bytes in a name, JSON only UTF-8.
  std::string json = header.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  json.resize((json.size() + kAlignment - 1) / kAlignment * kAlignment, ' ');
  std::string bytes;
  for (int i = 0; i < 8; ++i) bytes += static_cast<char>(json.size() >> (8 * i) & 0xff);
  return bytes + json;
}

std::uint16_t rounded_to_half(const std::string& name, double value) {
  const std::uint16_t bits = half_from_double(value);
  if (std::isinf(float_from_half(bits)) && std::isfinite(value)) {
    throw Error(ExitCode::kModelRejected,
                "tensor " + name_text(name) + " holds " + std::to_string(value) + ", too large for half precision",
                "convert without --half");
  }
  return bits;
}

void write_tensor(const std::string& name, const CheckpointTensor& tensor, WrittenPrecision precision,
                  WholeFile& file) {
  const bool to_half = written_type(tensor.type, precision) != tensor.type;
  const std::size_t size = element_size_bytes(tensor.type);
  std::string buffer;
  buffer.reserve(kBufferBytes + sizeof(double));
  for_each_element(tensor, [&](const std::byte* element) {
    if (to_half) {
      const std::uint16_t bits = rounded_to_half(name, element_value(tensor.type, element));
      buffer += static_cast<char>(bits & 0xff);
      buffer += static_cast<char>(bits >> 8);
    } else {
      buffer.append(reinterpret_cast<const char*>(element), size);
    }
    if (buffer.size() < kBufferBytes) return;
    file.write(buffer);
    buffer.clear();
  });
  file.write(buffer);
}

}  // namespace

void write_safetensors(const Checkpoint& checkpoint, const std::string& path, WrittenPrecision precision,
                       bool overwrite) {
  WholeFile file(path, replacing(overwrite));
  file.write(make_header(checkpoint, precision));
  for (const auto& [name, tensor] : checkpoint.tensors) write_tensor(name, tensor, precision, file);
  file.commit();
}

}  // namespace reelface
