// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>

namespace reelface::testing {

/// A safetensors file from its header's JSON and its data, the stated length being right unless given.
std::string safetensors_file(const std::string& header_json, const std::string& data);
std::string safetensors_file(std::uint64_t stated_length, const std::string& header_json, const std::string& data);

/// `values` as little-endian float32.
std::string float_bytes(std::initializer_list<float> values);

void write_bytes(const std::string& path, const std::string& bytes);
std::string read_bytes(const std::string& path);

}  // namespace reelface::testing
