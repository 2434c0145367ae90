// SPDX-License-Identifier: Apache-2.0
#include "inference/checkpoint/safetensors_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

#include "support/safetensors_builder.h"

namespace reelface {
namespace {

using testing::float_bytes;
using ::testing::HasSubstr;
using testing::safetensors_file;

std::string reason_of(const std::string& bytes) {
  try {
    read_safetensors(ByteView(bytes));
    return "accepted";
  } catch (const MalformedCheckpoint& problem) {
    return problem.what();
  }
}

const std::string kGoodHeader =
    R"({"__metadata__":{"format":"pt"},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]},)"
    R"("a":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"z":{"dtype":"I64","shape":[0,3],"data_offsets":[12,12]}}   )";

TEST(SafetensorsReader, ReadsTensorsWhateverTheirOrder) {
  const std::string bytes = safetensors_file(kGoodHeader, float_bytes({1, 2, 3}));
  const Checkpoint checkpoint = read_safetensors(ByteView(bytes));
  EXPECT_EQ(checkpoint.format, "safetensors");
  EXPECT_EQ(checkpoint.metadata.at("format"), "pt");
  ASSERT_EQ(checkpoint.tensors.size(), 3u);
  const CheckpointTensor& b = checkpoint.tensors.at("b");
  EXPECT_EQ(b.shape, std::vector<std::int64_t>{2});
  EXPECT_EQ(b.strides, std::vector<std::int64_t>{1});
  float values[2];
  std::memcpy(values, b.data, sizeof values);
  EXPECT_EQ(values[0], 2.0f);
  EXPECT_EQ(values[1], 3.0f);
  EXPECT_TRUE(checkpoint.tensors.at("a").shape.empty());
  EXPECT_EQ(checkpoint.tensors.at("z").type, TensorType::kInt64);
}

struct BadFile {
  const char* what;
  std::string bytes;
  const char* reason;
};

std::string one_tensor(const std::string& members, std::size_t data_bytes = 16) {
  return safetensors_file("{\"a\":{" + members + "}}", std::string(data_bytes, '\0'));
}

class SafetensorsRefusal : public ::testing::TestWithParam<BadFile> {};

TEST_P(SafetensorsRefusal, NamesTheReason) {
  EXPECT_THAT(reason_of(GetParam().bytes), HasSubstr(GetParam().reason));
}

const std::string kOffsets = R"("data_offsets":[0,16])";
const std::string kFloat = R"("dtype":"F32")";

INSTANTIATE_TEST_SUITE_P(
    All, SafetensorsRefusal,
    ::testing::Values(
        BadFile{"HeaderTooSmall", "abc", "too short"},
        BadFile{"HeaderTooLarge", safetensors_file(100'000'001, "{}", ""), "larger than 100 MB"},
        BadFile{"LengthWraps", safetensors_file(~0ull, "{}", ""), "larger than 100 MB"},
        BadFile{"LengthPastEnd", safetensors_file(999, "{}", ""), "longer than the file"},
        BadFile{"LengthZero", safetensors_file(0, "", "    "), "not a JSON object"},
        BadFile{"StartsWithSpace", safetensors_file("  {}", ""), "not a JSON object"},
        BadFile{"NotUtf8", safetensors_file("{\"\xff\":1}", ""), "not UTF-8"},
        BadFile{"NotJson", safetensors_file("{nonsense}", ""), "not JSON"},
        BadFile{"TwoObjects", safetensors_file("{}{}", ""), "not JSON"},
        BadFile{"Unfinished", safetensors_file("{\"a\":", ""), "not JSON"},
        BadFile{"ListInside", safetensors_file("{\"a\":[1]}", ""), "unexpected list"},
        BadFile{"NullInside", safetensors_file("{\"a\":null}", ""), "null"},
        BadFile{"NumberInside", safetensors_file("{\"a\":3}", ""), "unexpected number"},
        BadFile{"TooDeep", safetensors_file("{\"a\":{\"b\":{\"c\":{}}}}", ""), "too deeply"},
        BadFile{"MetadataNumber", safetensors_file("{\"__metadata__\":{\"a\":1}}", ""), "unexpected number"},
        BadFile{"MetadataObject", safetensors_file("{\"__metadata__\":{\"a\":{}}}", ""), "too deeply"},
        BadFile{"MetadataTwice", safetensors_file(R"({"__metadata__":{},"__metadata__":{}})", ""), "two entries"},
        BadFile{"NoDtype", one_tensor(R"("shape":[4],)" + kOffsets), "no dtype"},
        BadFile{"NoShape", one_tensor(kFloat + "," + kOffsets), "no shape"},
        BadFile{"NoOffsets", one_tensor(kFloat + R"(,"shape":[4])"), "no data_offsets"},
        BadFile{"ThreeOffsets", one_tensor(kFloat + R"(,"shape":[4],"data_offsets":[0,8,16])"), "no data_offsets"},
        BadFile{"DtypeTwice", one_tensor(kFloat + "," + kFloat + R"(,"shape":[4],)" + kOffsets), "dtype twice"},
        BadFile{"ShapeTwice", one_tensor(kFloat + R"(,"shape":[4],"shape":[4],)" + kOffsets), "shape twice"},
        BadFile{"UnknownMember", one_tensor(kFloat + R"(,"shape":[4],"colour":"red",)" + kOffsets), "unexpected text"},
        BadFile{"UnknownType", one_tensor(R"("dtype":"Q4","shape":[4],)" + kOffsets), "unknown type 'Q4'"},
        BadFile{"NegativeSize", one_tensor(kFloat + R"(,"shape":[-4],)" + kOffsets), "negative"},
        BadFile{"FractionalSize", one_tensor(kFloat + R"(,"shape":[4.0],)" + kOffsets), "not whole"},
        BadFile{"HugeSize", one_tensor(kFloat + R"(,"shape":[18446744073709551615],)" + kOffsets), "too large"},
        BadFile{"ProductOverflows", one_tensor(kFloat + R"(,"shape":[4611686018427387904,4],)" + kOffsets),
                "overflows"},
        BadFile{"ZeroHidesOverflow",
                one_tensor(kFloat + R"(,"shape":[0,4611686018427387904,4611686018427387904],"data_offsets":[0,0])", 0),
                "overflows"},
        BadFile{"TooManyDimensions", one_tensor(kFloat + R"(,"shape":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,4],)" + kOffsets),
                "16 dimensions"},
        BadFile{"ShapeMismatch", one_tensor(kFloat + R"(,"shape":[5],)" + kOffsets), "does not fit its 16 bytes"},
        BadFile{"OddBytes", one_tensor(kFloat + R"(,"shape":[4],"data_offsets":[0,17])", 17), "does not fit"},
        BadFile{"Reversed", one_tensor(kFloat + R"(,"shape":[4],"data_offsets":[16,0])"), "ends before it begins"},
        BadFile{"PastEnd", one_tensor(kFloat + R"(,"shape":[4],)" + kOffsets, 15), "ends after the file"},
        BadFile{"BytesAfter", one_tensor(kFloat + R"(,"shape":[4],)" + kOffsets, 17), "bytes after the last tensor"},
        BadFile{"HoleBefore", one_tensor(kFloat + R"(,"shape":[3],"data_offsets":[4,16])"), "hole"},
        BadFile{"Overlap",
                safetensors_file(R"({"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},)"
                                 R"("b":{"dtype":"U8","shape":[4],"data_offsets":[2,6]}})",
                                 "123456"),
                "overlaps"},
        BadFile{"SameNameTwice",
                safetensors_file(R"({"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},)"
                                 R"("a":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}})",
                                 "12345678"),
                "two entries named 'a'"}),
    [](const auto& test) { return test.param.what; });

TEST(SafetensorsReader, RefusesDeepNestingQuickly) {
  std::string json = "{\"a\":";
  for (int i = 0; i < 1'000'000; ++i) json += "[";
  EXPECT_THAT(reason_of(safetensors_file(json, "")), HasSubstr("unexpected list"));
}

TEST(SafetensorsReader, MessagesStayOnOneLine) {
  const std::string reason = reason_of(safetensors_file(R"({"a\nb\u001b[31m":null})", ""));
  EXPECT_EQ(reason.find_first_of("\n\x1b"), std::string::npos) << reason;
}

}  // namespace
}  // namespace reelface
