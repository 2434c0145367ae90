// SPDX-License-Identifier: Apache-2.0
#include "support/safetensors_builder.h"

#include <cstring>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <stdexcept>

namespace reelface::testing {

std::string safetensors_file(const std::string& header_json, const std::string& data) {
  return safetensors_file(header_json.size(), header_json, data);
}

std::string safetensors_file(std::uint64_t stated_length, const std::string& header_json, const std::string& data) {
  std::string file;
  for (int i = 0; i < 8; ++i) file += static_cast<char>(stated_length >> (8 * i) & 0xff);
  return file + header_json + data;
}

std::string float_bytes(std::initializer_list<float> values) {
  std::string bytes;
  for (const float value : values) {
    char raw[sizeof value];
    std::memcpy(raw, &value, sizeof value);
    bytes.append(raw, sizeof value);
  }
  return bytes;
}

void write_bytes(const std::string& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!file) throw std::runtime_error("cannot write " + path);
}

std::string read_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace reelface::testing
