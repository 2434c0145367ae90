// SPDX-License-Identifier: Apache-2.0
#include "support/zip_builder.h"

namespace reelface::testing {
namespace {

std::string u16(std::uint64_t value) {
  return {static_cast<char>(value & 0xff), static_cast<char>(value >> 8 & 0xff)};
}
std::string u32(std::uint64_t value) {
  return u16(value & 0xffff) + u16(value >> 16 & 0xffff);
}
std::string u64(std::uint64_t value) {
  return u32(value & 0xffffffff) + u32(value >> 32);
}

/// Bit by bit, so that it shares nothing with the code under test.
std::uint32_t checksum(const std::string& data) {
  std::uint32_t value = 0xffffffff;
  for (const char letter : data) {
    value ^= static_cast<unsigned char>(letter);
    for (int bit = 0; bit < 8; ++bit) value = (value >> 1) ^ ((value & 1) != 0 ? 0xedb88320 : 0);
  }
  return ~value;
}

}  // namespace

ZipRecord zip_record(const std::string& name, const std::string& data) {
  ZipRecord record;
  record.name = name;
  record.data = data;
  return record;
}

std::string zip_descriptor(const std::string& data) {
  return "PK\x07\x08" + u32(checksum(data)) + u32(data.size()) + u32(data.size());
}

std::string zip_file(const std::vector<ZipRecord>& records, const ZipOptions& options) {
  std::string file;
  std::string directory;
  for (const ZipRecord& record : records) {
    file += record.bytes_before;
    const std::uint64_t offset = record.header_offset.value_or(static_cast<std::uint32_t>(file.size()));
    const std::uint32_t crc = record.crc.value_or(checksum(record.data));
    const std::uint64_t stored = record.stored_size.value_or(static_cast<std::uint32_t>(record.data.size()));
    const std::uint64_t size = record.size.value_or(static_cast<std::uint32_t>(record.data.size()));
    const std::string local_name = record.local_name.value_or(record.name);
    file += "PK\x03\x04" + u16(20) + u16(record.local_flags.value_or(record.flags)) + u16(record.method) + u32(0);
    file += u32(record.local_crc.value_or(crc)) + u32(stored) + u32(size) + u16(local_name.size());
    file += u16(record.extra.size()) + local_name + record.extra + record.data + record.descriptor;
    directory += "PK\x01\x02" + u16(20) + u16(20) + u16(record.flags) + u16(record.method) + u32(0) + u32(crc);
    directory += u32(stored) + u32(size) + u16(record.name.size()) + u16(0) + u16(0) + u16(0) + u16(0) + u32(0);
    directory += u32(offset) + record.name;
  }
  const std::uint64_t directory_offset = options.directory_offset.value_or(static_cast<std::uint32_t>(file.size()));
  const std::uint64_t directory_size = options.directory_size.value_or(static_cast<std::uint32_t>(directory.size()));
  const std::uint64_t entries = options.entries.value_or(static_cast<std::uint16_t>(records.size()));
  file += directory + options.bytes_after_directory;
  if (options.with_end64) {
    const std::uint64_t end64_offset = options.end64_offset.value_or(file.size());
    const std::uint64_t entries64 = options.entries64.value_or(records.size());
    file += "PK\x06\x06" + u64(44) + u16(45) + u16(45) + u32(0) + u32(0) + u64(entries64) + u64(entries64);
    file += u64(directory_size) + u64(directory_offset);
    file += "PK\x06\x07" + u32(0) + u64(end64_offset) + u32(1);
  }
  file += "PK\x05\x06" + u16(options.disk) + u16(0) + u16(entries) + u16(entries) + u32(directory_size);
  return file + u32(directory_offset) + u16(options.comment.size()) + options.comment;
}

std::string torch_zip(const std::string& pickle, const std::vector<std::pair<std::string, std::string>>& storages) {
  std::vector<ZipRecord> records{zip_record("archive/data.pkl", pickle)};
  for (const auto& [key, data] : storages) records.push_back(zip_record("archive/data/" + key, data));
  records.push_back(zip_record("archive/version", "3\n"));
  return zip_file(records);
}

}  // namespace reelface::testing
