// SPDX-License-Identifier: Apache-2.0
#include "inference/checkpoint/checkpoint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstring>
#include <filesystem>
#include <fstream>

#include "reelface/core/error.h"
#include "support/pickle_builder.h"
#include "support/safetensors_builder.h"
#include "support/temporary_folder.h"
#include "support/zip_builder.h"

namespace reelface {
namespace {

using testing::float_bytes;
using ::testing::HasSubstr;
using testing::legacy_file;
using testing::PickleBuilder;
using testing::state_dict_pickle;
using testing::TemporaryFolder;
using testing::TensorSpec;
using testing::torch_zip;
using testing::zip_record;

const std::string kFour = float_bytes({1, 2, 3, 4});

class ReadCheckpoint : public ::testing::Test {
 protected:
  Checkpoint read(const std::string& bytes) {
    testing::write_bytes(folder_.file("model.pth"), bytes);
    return read_checkpoint(folder_.file("model.pth"));
  }

  std::string reason_of(const std::string& bytes) {
    try {
      read(bytes);
      return "accepted";
    } catch (const Error& error) {
      EXPECT_EQ(error.exit_code(), ExitCode::kModelRejected);
      EXPECT_THAT(error.what(), ::testing::StartsWith(folder_.file("model.pth") + ": "));
      return error.what();
    }
  }

  std::string reason_of_zip(const TensorSpec& spec) {
    return reason_of(torch_zip(state_dict_pickle(spec), {{"0", kFour}}));
  }

  TemporaryFolder folder_;
};

float first_value(const CheckpointTensor& tensor) {
  float value = 0;
  std::memcpy(&value, tensor.data, sizeof value);
  return value;
}

TEST_F(ReadCheckpoint, TakesOffEveryWrapping) {
  for (const std::string wrapper : {"params_ema", "params", "state_dict", ""}) {
    const Checkpoint checkpoint = read(torch_zip(state_dict_pickle({}, wrapper, "module.weight"), {{"0", kFour}}));
    EXPECT_EQ(checkpoint.format, "pytorch zip");
    ASSERT_EQ(checkpoint.tensors.size(), 1u) << wrapper;
    EXPECT_EQ(first_value(checkpoint.tensors.at("weight")), 1.0f);
  }
}

TEST_F(ReadCheckpoint, PrefersTheAveragedWeights) {
  PickleBuilder pickle;
  TensorSpec second;
  second.key = "1";
  pickle.empty_dict().mark().text("state_dict").ordered_dict();
  pickle.text("params").empty_dict().text("w").tensor({}).set_item();
  pickle.text("params_ema").empty_dict().text("w").tensor(second).set_item().set_items();
  const Checkpoint checkpoint = read(torch_zip(pickle.stop(), {{"0", kFour}, {"1", float_bytes({9, 9, 9, 9})}}));
  EXPECT_EQ(first_value(checkpoint.tensors.at("w")), 9.0f);
}

TEST_F(ReadCheckpoint, ReadsTheOlderForm) {
  const Checkpoint checkpoint = read(legacy_file(state_dict_pickle({}), {{"0", 4, kFour}}));
  EXPECT_EQ(checkpoint.format, "pytorch legacy");
  EXPECT_EQ(first_value(checkpoint.tensors.at("weight")), 1.0f);
}

TEST_F(ReadCheckpoint, ASafetensorsHeaderMayBeAsLongAsAPickleBegins) {
  std::string header = R"({"weight":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}})";
  for (const std::size_t length : {0x80U, 0x280U}) {  // "\x80", "\x80\x02"
    header.resize(length, ' ');
    EXPECT_EQ(read(testing::safetensors_file(header, kFour)).format, "safetensors") << length;
  }
}

TEST_F(ReadCheckpoint, KeepsTheMappingAfterTheFileIsGone) {
  const Checkpoint checkpoint = read(torch_zip(state_dict_pickle({}), {{"0", kFour}}));
  std::filesystem::remove(folder_.file("model.pth"));
  EXPECT_EQ(first_value(checkpoint.tensors.at("weight")), 1.0f);
}

TEST_F(ReadCheckpoint, RefusesViewsOutsideTheirStorage) {
  const auto with = [this](const auto& set) {
    TensorSpec spec;
    set(spec);
    return reason_of_zip(spec);
  };
  EXPECT_EQ(with([](TensorSpec&) {}), "accepted");
  EXPECT_THAT(with([](TensorSpec& s) { s.shape = {-2, -2}; }), HasSubstr("negative size"));
  EXPECT_THAT(with([](TensorSpec& s) { s.strides = {-2, 1}; }), HasSubstr("negative stride"));
  EXPECT_THAT(with([](TensorSpec& s) { s.strides = {1}; }), HasSubstr("different number"));
  EXPECT_THAT(with([](TensorSpec& s) { s.offset = -1; }), HasSubstr("negative offset"));
  EXPECT_THAT(with([](TensorSpec& s) { s.offset = 1; }), HasSubstr("reaches past"));
  EXPECT_THAT(with([](TensorSpec& s) { s.offset = 5; }), HasSubstr("starts past"));
  EXPECT_THAT(with([](TensorSpec& s) { s.offset = INT64_MAX; }), HasSubstr("starts past"));
  EXPECT_THAT(with([](TensorSpec& s) { s.strides = {3, 1}; }), HasSubstr("reaches past"));
  EXPECT_THAT(with([](TensorSpec& s) { s.strides = {INT64_MAX, INT64_MAX}; }), HasSubstr("reaches past"));
  EXPECT_THAT(with([](TensorSpec& s) { s.shape = {1ll << 32, 1ll << 32}; }), HasSubstr("overflows"));
  EXPECT_THAT(with([](TensorSpec& s) { s.shape = {3, 2}; }), HasSubstr("more elements than its storage"));
  EXPECT_THAT(with([](TensorSpec& s) {
                s.shape = {1'000'000'000};
                s.strides = {0};
              }),
              HasSubstr("more elements than its storage"));
}

TEST_F(ReadCheckpoint, RefusesStoragesOfAnotherSize) {
  const auto with = [this](const auto& set) {
    TensorSpec spec;
    set(spec);
    return reason_of_zip(spec);
  };
  EXPECT_THAT(with([](TensorSpec& s) { s.storage_elements = 5; }), HasSubstr("states 5 elements but has 16 bytes"));
  EXPECT_THAT(with([](TensorSpec& s) { s.storage_elements = 1ll << 62; }), HasSubstr("but has 16 bytes"));
  EXPECT_THAT(with([](TensorSpec& s) { s.storage_type = "DoubleStorage"; }), HasSubstr("but has 16 bytes"));
  EXPECT_THAT(with([](TensorSpec& s) { s.key = "1"; }), HasSubstr("storage '1' is missing"));
  EXPECT_THAT(with([](TensorSpec& s) { s.key = "../version"; }), HasSubstr("is missing"));
  EXPECT_THAT(with([](TensorSpec& s) {
                s.storage_type = "ShortStorage";
                s.storage_elements = 8;
              }),
              HasSubstr("unusual for weights"));
}

TEST_F(ReadCheckpoint, RefusesStateDictsThatAreNone) {
  const auto zip = [this](const PickleBuilder& pickle) { return reason_of(torch_zip(pickle.stop(), {{"0", kFour}})); };
  EXPECT_THAT(zip(PickleBuilder().integer(42)), HasSubstr("holds no dict"));
  EXPECT_THAT(zip(PickleBuilder().empty_dict()), HasSubstr("holds no tensors"));
  EXPECT_THAT(zip(PickleBuilder().empty_dict().text("params").integer(1).set_item()),
              HasSubstr("'params' is not a dict"));
  EXPECT_THAT(zip(PickleBuilder().empty_dict().text("epoch").integer(1).set_item()),
              HasSubstr("'epoch', which is not a tensor"));
  EXPECT_THAT(zip(PickleBuilder().empty_dict().integer(1).tensor({}).set_item()), HasSubstr("name is not text"));
  PickleBuilder twice;
  twice.empty_dict().text("w").tensor({}).set_item().text("w").tensor({}).set_item();
  EXPECT_THAT(zip(twice), HasSubstr("two tensors named 'w'"));
  PickleBuilder stripped;
  stripped.empty_dict().text("w").tensor({}).set_item().text("module.w").tensor({}).set_item();
  EXPECT_THAT(zip(stripped), HasSubstr("two tensors named 'w'"));
  PickleBuilder wrapped_twice;
  wrapped_twice.empty_dict().text("params").empty_dict().set_item().text("params").empty_dict().set_item();
  EXPECT_THAT(zip(wrapped_twice), HasSubstr("'params' twice"));
}

TEST_F(ReadCheckpoint, RefusesTensorsThatTogetherExceedTheFile) {
  PickleBuilder pickle;
  TensorSpec spec;
  spec.shape = spec.strides = {};
  spec.shape = {1000};
  spec.strides = {1};
  spec.storage_elements = 1000;
  pickle.empty_dict();
  for (int i = 0; i < 200; ++i) pickle.text(std::to_string(i)).tensor(spec).set_item();
  EXPECT_THAT(reason_of(torch_zip(pickle.stop(), {{"0", std::string(4000, '\0')}})), HasSubstr("share bytes"));
}

TEST_F(ReadCheckpoint, RefusesZipFilesThatAreNoCheckpoints) {
  EXPECT_THAT(reason_of(testing::zip_file({zip_record("archive/readme", "hello")})), HasSubstr("without data.pkl"));
  EXPECT_THAT(reason_of(testing::zip_file({zip_record("a/constants.pkl", "x"), zip_record("a/data.pkl", "x")})),
              HasSubstr("TorchScript"));
  EXPECT_THAT(reason_of(torch_zip(state_dict_pickle({}) + "x", {{"0", kFour}})), HasSubstr("bytes after its pickle"));
  EXPECT_THAT(reason_of(testing::zip_file({zip_record("a/data.pkl", "x"), zip_record("a/byteorder", "big")})),
              HasSubstr("byte order 'big'"));
}

TEST_F(ReadCheckpoint, RefusesOlderFilesThatAreBroken) {
  const std::string pickle = state_dict_pickle({});
  EXPECT_THAT(reason_of(legacy_file(pickle, {})), HasSubstr("storage is missing"));
  EXPECT_THAT(reason_of(legacy_file(pickle, {{"0", 5, kFour}})), HasSubstr("5 elements instead of 4"));
  EXPECT_THAT(reason_of(legacy_file(pickle, {{"0", 4, kFour + "x"}})), HasSubstr("bytes after the last storage"));
  EXPECT_THAT(reason_of(legacy_file(pickle, {{"0", 4, "short"}})), HasSubstr("cut off in storage '0'"));
  EXPECT_THAT(reason_of(legacy_file(pickle, {{"1", 4, kFour}})), HasSubstr("used by no tensor"));
  EXPECT_THAT(reason_of(legacy_file(pickle, {{"0", 4, kFour}, {"0", 4, kFour}})), HasSubstr("there twice"));
  TensorSpec huge;
  huge.storage_elements = 1ll << 62;
  EXPECT_THAT(reason_of(legacy_file(state_dict_pickle(huge), {{"0", 1ll << 62, kFour}})),
              HasSubstr("cut off in storage"));
  TensorSpec other;
  other.storage_type = "IntStorage";
  PickleBuilder two_types;
  two_types.empty_dict().text("a").tensor({}).set_item().text("b").tensor(other).set_item();
  EXPECT_THAT(reason_of(legacy_file(two_types.stop(), {{"0", 4, kFour}})), HasSubstr("described in two ways"));
  std::string big_endian = legacy_file(pickle, {{"0", 4, kFour}});
  big_endian.replace(big_endian.find('\x88'), 1, "\x89");
  EXPECT_THAT(reason_of(big_endian), HasSubstr("big-endian"));
  const std::string whole = legacy_file(pickle, {{"0", 4, kFour}});
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_NE(reason_of(whole.substr(0, size)), "accepted") << size;
}

TEST_F(ReadCheckpoint, OnlyTheLiteralMagicNumberCounts) {
  // The same number behind a memo opcode: other readers might take it.
  std::string file = legacy_file(state_dict_pickle({}), {{"0", 4, kFour}});
  file.insert(14, std::string("q\0", 2));
  EXPECT_THAT(reason_of(file), HasSubstr("not one that torch.save wrote"));
}

TEST_F(ReadCheckpoint, SaysWhatOtherFilesAre) {
  EXPECT_THAT(reason_of(""), HasSubstr("is empty"));
  EXPECT_THAT(reason_of("\n <HTML><body>404"), HasSubstr("web page"));
  EXPECT_THAT(reason_of("version https://git-lfs.github.com/spec/v1\n"), HasSubstr("Git LFS"));
  EXPECT_THAT(reason_of("\x08\x07\x12\x0cnot a model at all"), HasSubstr("neither"));
  EXPECT_THAT(reason_of("x"), HasSubstr("neither"));
}

TEST_F(ReadCheckpoint, RefusesWhatIsNoFile) {
  const auto reason = [](const std::string& path) {
    try {
      read_checkpoint(path);
      return std::string("accepted");
    } catch (const Error& error) {
      return std::string(error.what());
    }
  };
  EXPECT_THAT(reason(folder_.path().string()), HasSubstr("not a regular file"));
  EXPECT_THAT(reason(folder_.file("missing\n.pth")), HasSubstr("No such file"));
  EXPECT_EQ(reason(folder_.file("missing\n.pth")).find('\n'), std::string::npos);
  ASSERT_EQ(mkfifo(folder_.file("pipe").c_str(), 0600), 0);
  EXPECT_THAT(reason(folder_.file("pipe")), HasSubstr("not a regular file"));
}

std::uint64_t heap_kilobytes() {
  std::ifstream status("/proc/self/status");
  std::string word;
  std::uint64_t kilobytes = 0;
  while (status >> word) {
    if (word == "RssAnon:") status >> kilobytes;
  }
  return kilobytes;
}

TEST_F(ReadCheckpoint, LeavesLargeFilesOutOfTheHeap) {
  // As large as the published GFPGAN; sparse, so that it costs no disk.
  constexpr std::int64_t kElements = 87'143'276;
  TensorSpec spec;
  spec.storage_elements = kElements;
  spec.shape = {kElements};
  spec.strides = {1};
  testing::write_bytes(folder_.file("large.pth"), legacy_file(state_dict_pickle(spec), {{"0", kElements, ""}}));
  const std::uint64_t header = std::filesystem::file_size(folder_.file("large.pth"));
  std::filesystem::resize_file(folder_.file("large.pth"), header + kElements * sizeof(float));
  const std::uint64_t before = heap_kilobytes();
  ASSERT_GT(before, 0u);
  const Checkpoint checkpoint = read_checkpoint(folder_.file("large.pth"));
  EXPECT_EQ(checkpoint.tensors.at("weight").shape, std::vector<std::int64_t>{kElements});
  EXPECT_LT(heap_kilobytes(), before + 4096);
}

}  // namespace
}  // namespace reelface
