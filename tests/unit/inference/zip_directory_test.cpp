// SPDX-License-Identifier: Apache-2.0
#include "inference/checkpoint/zip_directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inference/checkpoint/crc32.h"
#include "support/zip_builder.h"

namespace reelface {
namespace {

using ::testing::HasSubstr;
using testing::zip_descriptor;
using testing::zip_file;
using testing::zip_record;
using testing::ZipOptions;
using testing::ZipRecord;

std::string reason_of(const std::string& bytes) {
  try {
    ZipDirectory zip{ByteView(bytes)};
    return "accepted";
  } catch (const MalformedCheckpoint& problem) {
    return problem.what();
  }
}

/// A zip file of two records, the first of which `change` may spoil.
template <class Change>
std::string changed(const Change& change, const ZipOptions& options = {}) {
  ZipRecord first = zip_record("a/one", "first data");
  change(first);
  return zip_file({first, zip_record("a/two", "second")}, options);
}

TEST(Crc32, MatchesKnownValues) {
  EXPECT_EQ(crc32(ByteView(std::string_view(""))), 0u);
  EXPECT_EQ(crc32(ByteView(std::string_view("123456789"))), 0xCBF43926u);
  EXPECT_EQ(crc32(ByteView(std::string_view("The quick brown fox jumps over the lazy dog"))), 0x414FA339u);
}

TEST(ZipDirectory, ReadsRecordsWithoutTheirFolder) {
  const std::string bytes = changed([](ZipRecord&) {});
  const ZipDirectory zip{ByteView(bytes)};
  ASSERT_EQ(zip.records().size(), 2u);
  EXPECT_EQ(zip.find("one")->text(), "first data");
  EXPECT_EQ(zip.find("two")->text(), "second");
  EXPECT_EQ(zip.find("a/one"), nullptr);
}

TEST(ZipDirectory, ReadsWhatTorchWrites) {
  ZipOptions options;
  options.with_end64 = true;
  const std::string bytes = changed(
      [](ZipRecord& first) {
        first.flags = 0x0808;
        first.local_crc = 0;
        first.extra = "FB\x02Z";
        first.extra += '\0';
        first.descriptor = zip_descriptor(first.data);
      },
      options);
  EXPECT_EQ(reason_of(bytes), "accepted");
}

TEST(ZipDirectory, RefusesHeadersThatDisagree) {
  EXPECT_THAT(reason_of(changed([](ZipRecord& r) { r.local_name = "a/two"; })), HasSubstr("another name"));
  EXPECT_THAT(reason_of(changed([](ZipRecord& r) { r.local_flags = 0x0800; })), HasSubstr("contradicts"));
  EXPECT_THAT(reason_of(changed([](ZipRecord& r) { r.local_crc = 1; })), HasSubstr("contradicts"));
  // A zero in the local header is only fine if a descriptor follows.
  EXPECT_THAT(reason_of(changed([](ZipRecord& r) { r.local_crc = 0; })), HasSubstr("contradicts"));
}

TEST(ZipDirectory, RefusesWrongDescriptors) {
  const auto described = [](const std::string& descriptor) {
    return changed([&](ZipRecord& r) {
      r.flags = 0x0008;
      r.descriptor = descriptor;
    });
  };
  EXPECT_EQ(reason_of(described(zip_descriptor("first data"))), "accepted");
  EXPECT_THAT(reason_of(described(zip_descriptor("other data"))), HasSubstr("descriptor"));
  EXPECT_THAT(reason_of(described("")), HasSubstr("descriptor"));
}

TEST(ZipDirectory, RefusesCompressionEncryptionAndDamage) {
  EXPECT_THAT(reason_of(changed([](ZipRecord& r) { r.method = 8; })), HasSubstr("compressed"));
  EXPECT_THAT(reason_of(changed([](ZipRecord& r) { r.flags = 1; })), HasSubstr("encrypted"));
  EXPECT_THAT(reason_of(changed([](ZipRecord& r) { r.flags = 0x2000; })), HasSubstr("encrypted"));
  EXPECT_THAT(reason_of(changed([](ZipRecord& r) { r.crc = 1; })), HasSubstr("checksum"));
  std::string bytes = changed([](ZipRecord&) {});
  bytes[bytes.find("first data")] = 'F';
  EXPECT_THAT(reason_of(bytes), HasSubstr("'a/one' is damaged"));
}

TEST(ZipDirectory, RefusesSizesThatLie) {
  EXPECT_THAT(reason_of(changed([](ZipRecord& r) { r.size = 9; })), HasSubstr("two different sizes"));
  const auto both = [](std::uint32_t size) {
    return changed([=](ZipRecord& r) {
      r.size = size;
      r.stored_size = size;
    });
  };
  EXPECT_THAT(reason_of(both(9)), HasSubstr("unaccounted bytes"));
  EXPECT_THAT(reason_of(both(11)), HasSubstr("overlaps"));
  EXPECT_THAT(reason_of(both(1'000'000)), HasSubstr("ends after the file"));
  EXPECT_THAT(reason_of(both(0xFFFFFFFF)), HasSubstr("4 GiB"));
}

TEST(ZipDirectory, RefusesOverlapsHolesAndDuplicates) {
  EXPECT_THAT(reason_of(changed([](ZipRecord& r) { r.bytes_before = "x"; })), HasSubstr("unaccounted bytes"));
  EXPECT_THAT(reason_of(changed([](ZipRecord& r) { r.descriptor = "x"; })), HasSubstr("unaccounted bytes"));
  EXPECT_THAT(reason_of(changed([](ZipRecord& r) { r.name = "a/two"; })), HasSubstr("exists twice"));
  EXPECT_THAT(reason_of(changed([](ZipRecord& r) { r.header_offset = 3; })), HasSubstr("unaccounted"));
  ZipRecord again = zip_record("a/one", "first data");
  again.header_offset = 0;
  EXPECT_THAT(reason_of(zip_file({zip_record("a/one", "first data"), again})), HasSubstr("overlaps"));
}

TEST(ZipDirectory, RefusesNamesThatLeadElsewhere) {
  for (const std::string name :
       {"/etc/passwd", "a/../b", "..", "a//b", "a/", "", "a/./b", "a\\b", "c:b", "a/b\n", "a/\x7f"}) {
    EXPECT_THAT(reason_of(zip_file({zip_record(name, "x")})), HasSubstr("name")) << name;
  }
  EXPECT_THAT(reason_of(zip_file({zip_record("a/one", "x"), zip_record("b/two", "y")})), HasSubstr("same folder"));
  EXPECT_THAT(reason_of(zip_file({zip_record("one", "x")})), HasSubstr("same folder"));
}

TEST(ZipDirectory, RefusesWrongEndRecords) {
  const auto with = [](const auto& set) {
    ZipOptions options;
    set(options);
    return reason_of(changed([](ZipRecord&) {}, options));
  };
  EXPECT_THAT(with([](ZipOptions& o) { o.entries = 3; }), HasSubstr("damaged at entry 2"));
  EXPECT_THAT(with([](ZipOptions& o) { o.entries = 1; }), HasSubstr("bytes after its last entry"));
  EXPECT_THAT(with([](ZipOptions& o) { o.directory_offset = 1; }), HasSubstr("does not end where"));
  EXPECT_THAT(with([](ZipOptions& o) { o.directory_offset = 0xFFFFFFF0; }), HasSubstr("does not end where"));
  EXPECT_THAT(with([](ZipOptions& o) { o.directory_size = 1; }), HasSubstr("does not end where"));
  EXPECT_THAT(with([](ZipOptions& o) { o.bytes_after_directory = "x"; }), HasSubstr("does not end where"));
  EXPECT_THAT(with([](ZipOptions& o) { o.comment = "hello"; }), HasSubstr("end record is missing"));
  EXPECT_THAT(with([](ZipOptions& o) { o.disk = 1; }), HasSubstr("several volumes"));
  const auto with64 = [&](const auto& set) {
    return with([&](ZipOptions& o) {
      o.with_end64 = true;
      set(o);
    });
  };
  EXPECT_THAT(with64([](ZipOptions& o) { o.entries64 = ~0ull; }), HasSubstr("differ"));
  EXPECT_THAT(with64([](ZipOptions& o) { o.end64_offset = 0; }), HasSubstr("zip64 end record"));
  EXPECT_THAT(with64([](ZipOptions& o) { o.end64_offset = ~0ull - 3; }), HasSubstr("zip64 end record"));
  EXPECT_THAT(with64([](ZipOptions& o) {
                o.entries = 0xFFFF;
                o.entries64 = ~0ull;
              }),
              HasSubstr("more than 20000"));
  EXPECT_THAT(reason_of(zip_file({})), HasSubstr("empty"));
}

TEST(ZipDirectory, RefusesEveryTruncation) {
  const std::string bytes = changed([](ZipRecord&) {});
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_NE(reason_of(bytes.substr(0, size)), "accepted") << size;
}

TEST(ZipDirectory, RefusesTooManyRecords) {
  std::vector<ZipRecord> records;
  for (int i = 0; i <= 20'000; ++i) records.push_back(zip_record("a/" + std::to_string(i), ""));
  EXPECT_THAT(reason_of(zip_file(records)), HasSubstr("more than 20000"));
  records.pop_back();
  EXPECT_EQ(reason_of(zip_file(records)), "accepted");
}

}  // namespace
}  // namespace reelface
