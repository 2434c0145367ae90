// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace reelface::testing {

/// One record of a zip file. What is not given is right; what is given may lie.
struct ZipRecord {
  std::string name;
  std::string data;
  std::optional<std::string> local_name;
  std::uint16_t flags = 0;
  std::optional<std::uint16_t> local_flags;
  std::uint16_t method = 0;
  std::optional<std::uint32_t> crc;
  std::optional<std::uint32_t> local_crc;
  std::optional<std::uint32_t> stored_size;  ///< in both headers: the compressed size
  std::optional<std::uint32_t> size;         ///< in both headers: the size
  std::optional<std::uint32_t> header_offset;
  std::string extra;         ///< in the local header
  std::string descriptor;    ///< between the data and the next record
  std::string bytes_before;  ///< unaccounted for
};

/// A record with nothing wrong.
ZipRecord zip_record(const std::string& name, const std::string& data);

struct ZipOptions {
  bool with_end64 = false;
  std::optional<std::uint16_t> entries;
  std::optional<std::uint32_t> directory_offset;
  std::optional<std::uint32_t> directory_size;
  std::optional<std::uint64_t> entries64;
  std::optional<std::uint64_t> end64_offset;
  std::uint16_t disk = 0;
  std::string comment;
  std::string bytes_after_directory;
};

std::string zip_file(const std::vector<ZipRecord>& records, const ZipOptions& options = {});

/// A checkpoint as torch.save writes it: "archive/data.pkl", "archive/version" and the storages given by key.
std::string torch_zip(const std::string& pickle, const std::vector<std::pair<std::string, std::string>>& storages);

/// A data descriptor that fits `data`.
std::string zip_descriptor(const std::string& data);

}  // namespace reelface::testing
