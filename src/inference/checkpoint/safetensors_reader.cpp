// SPDX-License-Identifier: Apache-2.0
#include "inference/checkpoint/safetensors_reader.h"

#include <algorithm>

#include "inference/checkpoint/safetensors_header.h"
#include "inference/checkpoint/tensor_layout.h"

namespace reelface {
namespace {

constexpr std::uint64_t kLengthBytes = 8;
constexpr std::uint64_t kLargestHeader = 100'000'000;

std::string_view header_of(ByteView file) {
  if (file.size() < kLengthBytes + 2) throw MalformedCheckpoint("is too short for a safetensors header");
  const std::uint64_t length = file.u64(0);
  if (length > kLargestHeader) throw MalformedCheckpoint("states a header larger than 100 MB");
  if (!file.holds(kLengthBytes, length)) throw MalformedCheckpoint("states a header longer than the file");
  const std::string_view header = file.part(kLengthBytes, length).text();
  if (header.empty() || header.front() != '{') throw MalformedCheckpoint("the header is not a JSON object");
  return header;
}

/// The entry's data must have the size that its shape asks for, and start where the one before ended.
void check_entry(const SafetensorsEntry& entry, std::uint64_t expected_begin) {
  const auto refuse = [&](const std::string& what) {
    throw MalformedCheckpoint("tensor " + name_text(entry.name) + " " + what);
  };
  if (entry.end < entry.begin) refuse("ends before it begins");
  if (entry.begin < expected_begin) refuse("overlaps another tensor");
  if (entry.begin > expected_begin) refuse("leaves a hole before it");
  std::uint64_t elements = 0;
  try {
    elements = element_count(entry.shape);
  } catch (const MalformedCheckpoint& problem) {
    refuse(problem.what());
  }
  const std::uint64_t size = entry.end - entry.begin;
  const std::size_t element_size = element_size_bytes(entry.type);
  if (size % element_size != 0 || size / element_size != elements) {
    refuse("of shape " + shape_text(entry.shape) + " " + tensor_type_name(entry.type) + " does not fit its " +
           std::to_string(size) + " bytes");
  }
}

}  // namespace

Checkpoint read_safetensors(ByteView file) {
  const std::string_view json = header_of(file);
  SafetensorsHeader header = parse_safetensors_header(json);
  const ByteView data = file.from(kLengthBytes + json.size());

  std::sort(header.entries.begin(), header.entries.end(), [](const SafetensorsEntry& a, const SafetensorsEntry& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
  });
  Checkpoint checkpoint;
  checkpoint.format = "safetensors";
  checkpoint.metadata = std::move(header.metadata);
  std::uint64_t expected_begin = 0;
  for (SafetensorsEntry& entry : header.entries) {
    check_entry(entry, expected_begin);
    if (entry.end > data.size())
      throw MalformedCheckpoint("tensor " + name_text(entry.name) + " ends after the file does");
    expected_begin = entry.end;
    CheckpointTensor tensor;
    tensor.type = entry.type;
    tensor.strides = contiguous_strides(entry.shape);
    tensor.shape = std::move(entry.shape);
    tensor.data = data.data() + entry.begin;
    checkpoint.tensors.emplace(std::move(entry.name), std::move(tensor));
  }
  if (expected_begin != data.size()) throw MalformedCheckpoint("has bytes after the last tensor");
  return checkpoint;
}

}  // namespace reelface
