// SPDX-License-Identifier: Apache-2.0
#include "inference/checkpoint/zip_directory.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "inference/checkpoint/crc32.h"

namespace reelface {
namespace {

constexpr std::uint32_t kLocalSignature = 0x04034b50;
constexpr std::uint32_t kCentralSignature = 0x02014b50;
constexpr std::uint32_t kEndSignature = 0x06054b50;
constexpr std::uint32_t kEnd64Signature = 0x06064b50;
constexpr std::uint32_t kLocator64Signature = 0x07064b50;
constexpr std::uint32_t kDescriptorSignature = 0x08074b50;
constexpr std::uint64_t kLocalSize = 30;
constexpr std::uint64_t kCentralSize = 46;
constexpr std::uint64_t kEndSize = 22;
constexpr std::uint64_t kEnd64Size = 56;
constexpr std::uint64_t kLocator64Size = 20;
constexpr std::uint64_t kMostEntries = 20'000;
constexpr std::uint16_t kDescriptorFollows = 0x0008;
constexpr std::uint16_t kUtf8Name = 0x0800;
constexpr std::uint32_t kIn64 = 0xFFFFFFFFu;  ///< the true value stands in a 64-bit field
constexpr std::uint16_t kIn64Short = 0xFFFFu;

/// Where the central directory lies and how many entries it has.
struct DirectoryPlace {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  std::uint64_t entries = 0;
};

struct CentralEntry {
  std::string_view name;
  std::uint16_t flags = 0;
  std::uint32_t crc = 0;
  std::uint32_t size = 0;
  std::uint64_t header_offset = 0;
};

[[noreturn]] void refuse_entry(std::string_view name, const std::string& what) {
  throw MalformedCheckpoint("zip record " + name_text(name) + " " + what);
}

/// Reads the 64-bit end record, which lies directly between the directory and `end_offset`, if there is one.
std::optional<DirectoryPlace> read_end64(ByteView file, std::uint64_t end_offset) {
  if (end_offset < kLocator64Size + kEnd64Size) return std::nullopt;
  const std::uint64_t locator = end_offset - kLocator64Size;
  if (file.u32(locator) != kLocator64Signature) return std::nullopt;
  const std::uint64_t end64 = locator - kEnd64Size;
  if (file.u32(locator + 4) != 0 || file.u64(locator + 8) != end64 || file.u32(locator + 16) > 1 ||
      file.u32(end64) != kEnd64Signature || file.u64(end64 + 4) != kEnd64Size - 12) {
    throw MalformedCheckpoint("the zip64 end record is not where its locator says");
  }
  if (file.u32(end64 + 16) != 0 || file.u32(end64 + 20) != 0 || file.u64(end64 + 24) != file.u64(end64 + 32)) {
    throw MalformedCheckpoint("the zip file has several volumes");
  }
  return DirectoryPlace{file.u64(end64 + 48), file.u64(end64 + 40), file.u64(end64 + 32)};
}

DirectoryPlace find_directory(ByteView file) {
  if (file.size() < kEndSize) throw MalformedCheckpoint("is too short for a zip file");
  const std::uint64_t end = file.size() - kEndSize;
  if (file.u32(end) != kEndSignature || file.u16(end + 20) != 0) {
    throw MalformedCheckpoint("the zip file is cut off: its end record is missing");
  }
  if (file.u16(end + 4) != 0 || file.u16(end + 6) != 0 || file.u16(end + 8) != file.u16(end + 10)) {
    throw MalformedCheckpoint("the zip file has several volumes");
  }
  const DirectoryPlace place32{file.u32(end + 16), file.u32(end + 12), file.u16(end + 10)};
  const std::optional<DirectoryPlace> place64 = read_end64(file, end);
  const DirectoryPlace place = place64.value_or(place32);
  if ((place32.entries != place.entries && place32.entries != kIn64Short) ||
      (place32.size != place.size && place32.size != kIn64) ||
      (place32.offset != place.offset && place32.offset != kIn64)) {
    throw MalformedCheckpoint("the two end records of the zip file differ");
  }
  const std::uint64_t directory_end = place64 ? end - kLocator64Size - kEnd64Size : end;
  if (place.offset > directory_end || place.size != directory_end - place.offset) {
    throw MalformedCheckpoint("the zip directory does not end where the end record begins");
  }
  if (place.entries > kMostEntries) throw MalformedCheckpoint("the zip file has more than 20000 records");
  return place;
}

void check_name(std::string_view name) {
  const auto bad_letter = [](char letter) {
    const auto code = static_cast<unsigned char>(letter);
    return code < 0x20 || code == 0x7f || letter == '\\' || letter == ':';
  };
  if (name.empty()) refuse_entry(name, "has no name");
  if (std::any_of(name.begin(), name.end(), bad_letter)) refuse_entry(name, "has a forbidden letter in its name");
  std::size_t start = 0;
  while (start <= name.size()) {
    const std::size_t slash = std::min(name.find('/', start), name.size());
    const std::string_view part = name.substr(start, slash - start);
    if (part.empty() || part == "." || part == "..") refuse_entry(name, "has a name that leads elsewhere");
    start = slash + 1;
  }
}

std::vector<CentralEntry> read_central_entries(ByteView file, const DirectoryPlace& place) {
  const ByteView directory = file.part(place.offset, place.size);
  std::vector<CentralEntry> entries;
  std::uint64_t at = 0;
  for (std::uint64_t i = 0; i < place.entries; ++i) {
    if (!directory.holds(at, kCentralSize) || directory.u32(at) != kCentralSignature) {
      throw MalformedCheckpoint("the zip directory is damaged at entry " + std::to_string(i));
    }
    const std::uint16_t name_size = directory.u16(at + 28);
    const std::uint64_t variable = std::uint64_t{name_size} + directory.u16(at + 30) + directory.u16(at + 32);
    if (!directory.holds(at + kCentralSize, variable)) {
      throw MalformedCheckpoint("the zip directory is damaged at entry " + std::to_string(i));
    }
    CentralEntry entry;
    entry.name = directory.part(at + kCentralSize, name_size).text();
    entry.flags = directory.u16(at + 8);
    entry.crc = directory.u32(at + 16);
    entry.size = directory.u32(at + 24);
    entry.header_offset = directory.u32(at + 42);
    check_name(entry.name);
    if ((entry.flags & ~(kDescriptorFollows | kUtf8Name)) != 0) refuse_entry(entry.name, "is encrypted or patched");
    if (directory.u16(at + 10) != 0) refuse_entry(entry.name, "is compressed; checkpoints are stored");
    if (entry.size != directory.u32(at + 20)) refuse_entry(entry.name, "is stored with two different sizes");
    if (entry.size == kIn64 || entry.header_offset == kIn64) refuse_entry(entry.name, "claims 4 GiB or more");
    if (directory.u16(at + 34) != 0) refuse_entry(entry.name, "lies on another volume");
    entries.push_back(entry);
    at += kCentralSize + variable;
  }
  if (at != place.size) throw MalformedCheckpoint("the zip directory has bytes after its last entry");
  return entries;
}

/// Length of the data descriptor at `offset`: 16 bytes, or 24 with 64-bit sizes.
std::uint64_t descriptor_size(ByteView file, std::uint64_t offset, const CentralEntry& entry) {
  if (file.holds(offset, 16) && file.u32(offset) == kDescriptorSignature && file.u32(offset + 4) == entry.crc) {
    if (file.u32(offset + 8) == entry.size && file.u32(offset + 12) == entry.size) return 16;
    if (file.holds(offset, 24) && file.u64(offset + 8) == entry.size && file.u64(offset + 16) == entry.size) return 24;
  }
  refuse_entry(entry.name, "is followed by a descriptor that contradicts the directory");
}

/// Checks the local header against the directory's entry. Returns the data; `end` becomes the offset behind the record.
ByteView read_record(ByteView file, const CentralEntry& entry, std::uint64_t& end) {
  const std::uint64_t at = entry.header_offset;
  if (!file.holds(at, kLocalSize) || file.u32(at) != kLocalSignature) refuse_entry(entry.name, "has no local header");
  const std::uint16_t name_size = file.u16(at + 26);
  const std::uint64_t data_offset = at + kLocalSize + name_size + file.u16(at + 28);
  if (!file.holds(at + kLocalSize, name_size) || file.part(at + kLocalSize, name_size).text() != entry.name) {
    refuse_entry(entry.name, "has another name in its local header");
  }
  const bool described = (entry.flags & kDescriptorFollows) != 0;
  const auto agrees = [&](std::uint64_t offset, std::uint32_t value) {
    const std::uint32_t stated = file.u32(at + offset);
    return stated == value || (described && stated == 0);
  };
  if (file.u16(at + 6) != entry.flags || file.u16(at + 8) != 0 || !agrees(14, entry.crc) || !agrees(18, entry.size) ||
      !agrees(22, entry.size)) {
    refuse_entry(entry.name, "has a local header that contradicts the directory");
  }
  if (!file.holds(data_offset, entry.size)) refuse_entry(entry.name, "ends after the file does");
  end = data_offset + entry.size;
  if (described) end += descriptor_size(file, end, entry);
  return file.part(data_offset, entry.size);
}

}  // namespace

ZipDirectory::ZipDirectory(ByteView file) {
  const DirectoryPlace place = find_directory(file);
  std::vector<CentralEntry> entries = read_central_entries(file, place);
  if (entries.empty()) throw MalformedCheckpoint("the zip file is empty");
  std::sort(entries.begin(), entries.end(),
            [](const CentralEntry& a, const CentralEntry& b) { return a.header_offset < b.header_offset; });
  const std::string_view folder = entries.front().name.substr(0, entries.front().name.find('/') + 1);
  std::uint64_t expected_offset = 0;
  for (const CentralEntry& entry : entries) {
    if (entry.header_offset < expected_offset) refuse_entry(entry.name, "overlaps another one");
    if (entry.header_offset > expected_offset) refuse_entry(entry.name, "has unaccounted bytes before it");
    if (folder.empty() || entry.name.substr(0, folder.size()) != folder) {
      refuse_entry(entry.name, "is not in the same folder as the others");
    }
    const ByteView data = read_record(file, entry, expected_offset);
    if (!records_.emplace(std::string(entry.name.substr(folder.size())), data).second) {
      refuse_entry(entry.name, "exists twice");
    }
  }
  if (expected_offset > place.offset) throw MalformedCheckpoint("the last zip record overlaps the directory");
  if (expected_offset < place.offset) throw MalformedCheckpoint("unaccounted bytes before the zip directory");
  // Last, because it reads the whole file.
  for (const CentralEntry& entry : entries) {
    if (crc32(records_.at(std::string(entry.name.substr(folder.size())))) != entry.crc) {
      refuse_entry(entry.name, "is damaged: its checksum is wrong");
    }
  }
}

const ByteView* ZipDirectory::find(const std::string& name) const {
  const auto found = records_.find(name);
  return found == records_.end() ? nullptr : &found->second;
}

}  // namespace reelface
