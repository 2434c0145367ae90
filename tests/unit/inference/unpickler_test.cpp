// SPDX-License-Identifier: Apache-2.0
#include "inference/checkpoint/unpickler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/pickle_builder.h"

namespace reelface {
namespace {

using ::testing::HasSubstr;
using Kind = PickledContainer::Kind;
using testing::PickleBuilder;
using testing::TensorSpec;

std::string reason_of(const std::string& bytes) {
  try {
    unpickle(ByteView(bytes));
    return "accepted";
  } catch (const MalformedCheckpoint& problem) {
    return problem.what();
  }
}

std::string reason_of(const PickleBuilder& builder) {
  return reason_of(builder.stop());
}

std::string repeated(const std::string& text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

TEST(Unpickler, ReadsPlainValues) {
  PickleBuilder builder;
  builder.mark().integer(7).integer(300).integer(-5).integer(1ll << 40).integer(-(1ll << 40)).none().boolean(true);
  builder.raw(std::string("G\x3f\xf8\0\0\0\0\0\0", 9)).text("text").raw("U\x03old").tuple();
  const std::string bytes = builder.stop() + "trailing";
  const Unpickled result = unpickle(ByteView(bytes));
  EXPECT_EQ(result.size_bytes, bytes.size() - 8);
  const PickledContainer* tuple = result.object.container(result.object.root, Kind::kTuple);
  ASSERT_NE(tuple, nullptr);
  ASSERT_EQ(tuple->items.size(), 10u);
  EXPECT_EQ(std::get<std::int64_t>(tuple->items[0]), 7);
  EXPECT_EQ(std::get<std::int64_t>(tuple->items[1]), 300);
  EXPECT_EQ(std::get<std::int64_t>(tuple->items[2]), -5);
  EXPECT_EQ(std::get<std::int64_t>(tuple->items[3]), 1ll << 40);
  EXPECT_EQ(std::get<std::int64_t>(tuple->items[4]), -(1ll << 40));
  EXPECT_TRUE(std::holds_alternative<PickleNone>(tuple->items[5]));
  EXPECT_TRUE(std::get<bool>(tuple->items[6]));
  EXPECT_EQ(std::get<double>(tuple->items[7]), 1.5);
  EXPECT_EQ(std::get<std::string_view>(tuple->items[8]), "text");
  EXPECT_EQ(std::get<std::string_view>(tuple->items[9]), "old");
}

TEST(Unpickler, ReadsATensorOfAnyDevice) {
  TensorSpec spec;
  spec.location = "cuda:0";
  spec.key = "17";
  spec.offset = 3;
  const std::string bytes = PickleBuilder().tensor(spec).stop();
  const PickledObject object = unpickle(ByteView(bytes)).object;
  ASSERT_EQ(object.tensors.size(), 1u);
  EXPECT_EQ(object.tensors[0].offset, 3);
  EXPECT_EQ(object.tensors[0].shape, (std::vector<std::int64_t>{2, 2}));
  EXPECT_EQ(object.tensors[0].strides, (std::vector<std::int64_t>{2, 1}));
  EXPECT_EQ(object.storages[0].key, "17");
  EXPECT_EQ(object.storages[0].type->name, "FloatStorage");
  EXPECT_EQ(object.storages[0].element_count, 4u);
}

TEST(Unpickler, AcceptsWhatTrainingCheckpointsHold) {
  EXPECT_EQ(reason_of(PickleBuilder().global("collections", "defaultdict").global("__builtin__", "dict").raw("\x85R")),
            "accepted");
  EXPECT_EQ(reason_of(PickleBuilder().global("collections", "Counter").empty_dict().raw("\x85R")), "accepted");
  EXPECT_EQ(reason_of(PickleBuilder().global("torch", "Size").numbers({1, 2}).raw("\x85R")), "accepted");
  EXPECT_EQ(reason_of(PickleBuilder().ordered_dict().empty_dict().build()), "accepted");
  PickleBuilder parameter;
  parameter.global("torch._utils", "_rebuild_parameter")
      .mark()
      .tensor({})
      .boolean(true)
      .ordered_dict()
      .tuple()
      .reduce();
  EXPECT_EQ(reason_of(parameter), "accepted");
}

TEST(Unpickler, RefusesEveryOtherNameByName) {
  const std::vector<std::pair<std::string, std::string>> names = {{"os", "system"},
                                                                  {"posix", "system"},
                                                                  {"nt", "system"},
                                                                  {"builtins", "eval"},
                                                                  {"builtins", "exec"},
                                                                  {"__builtin__", "exec"},
                                                                  {"builtins", "getattr"},
                                                                  {"subprocess", "Popen"},
                                                                  {"runpy", "run_path"},
                                                                  {"webbrowser", "open"},
                                                                  {"torch", "load"},
                                                                  {"torch.hub", "load"},
                                                                  {"torch.jit", "load"},
                                                                  {"torch", "EvilStorage"},
                                                                  {"torch._utils", "_rebuild_tensor"},
                                                                  {"collections", "namedtuple"},
                                                                  {"torch._utils", "_rebuild_tensor_v2 "},
                                                                  {"", "OrderedDict"},
                                                                  {"numpy.core.multiarray", "scalar"},
                                                                  {"torch.storage", "_load_from_bytes"},
                                                                  {"functools", "partial"},
                                                                  {"copyreg", "_reconstructor"}};
  for (const auto& [module, name] : names) {
    const std::string wanted = std::string(module).append(".").append(name);
    // Merely naming it is enough, whether it is called or not.
    EXPECT_THAT(reason_of(PickleBuilder().global(module, name)), HasSubstr("'" + wanted + "', which is not allowed"));
    const std::string instance = std::string("i").append(module).append("\n").append(name).append("\n");
    EXPECT_THAT(reason_of(PickleBuilder().mark().text("x").raw(instance)), HasSubstr(wanted));
    EXPECT_THAT(reason_of(PickleBuilder().text(module).text(name).raw("\x93")), HasSubstr(wanted));
  }
  EXPECT_THAT(reason_of(PickleBuilder().global("os\x1b[2J", "system")), Not(HasSubstr("\x1b")));
}

TEST(Unpickler, RefusesEveryOtherOpcode) {
  const std::string known = "NJKMGXTU()]}taesuqrhjcQRb.\x85\x86\x87\x88\x89\x8a";
  for (int opcode = 0; opcode < 256; ++opcode) {
    if (known.find(static_cast<char>(opcode)) != std::string::npos) continue;
    const std::string bytes = PickleBuilder().none().none().raw(std::string(1, static_cast<char>(opcode))).stop();
    const std::string reason = reason_of(bytes);
    EXPECT_TRUE(reason.find("opcode 0x") != std::string::npos || reason.find("middle of a name") != std::string::npos)
        << opcode << ": " << reason;
  }
}

TEST(Unpickler, RefusesOtherProtocols) {
  EXPECT_THAT(reason_of(std::string("\x80\x04N.")), HasSubstr("protocol 4"));
  EXPECT_THAT(reason_of(std::string("(dp0\n.")), HasSubstr("does not start with its protocol"));
  EXPECT_THAT(reason_of(std::string()), HasSubstr("does not start with its protocol"));
}

TEST(Unpickler, RefusesStackAndMemoTricks) {
  EXPECT_THAT(reason_of(PickleBuilder()), HasSubstr("more from its stack"));
  EXPECT_THAT(reason_of(PickleBuilder().reduce()), HasSubstr("more from its stack"));
  EXPECT_THAT(reason_of(PickleBuilder().none().mark().raw("\x85")), HasSubstr("more from its stack"));
  EXPECT_THAT(reason_of(PickleBuilder().none().tuple()), HasSubstr("mark that it has not set"));
  EXPECT_THAT(reason_of(PickleBuilder().none().none()), HasSubstr("leaves values"));
  EXPECT_THAT(reason_of(PickleBuilder().none().mark()), HasSubstr("more from its stack"));
  EXPECT_THAT(reason_of(PickleBuilder().get(9)), HasSubstr("memo 9"));
  EXPECT_THAT(reason_of(PickleBuilder().put(0)), HasSubstr("more from its stack"));
}

TEST(Unpickler, RefusesItemsInTheWrongPlace) {
  EXPECT_THAT(reason_of(PickleBuilder().none().none().append()), HasSubstr("holds none"));
  EXPECT_THAT(reason_of(PickleBuilder().empty_dict().none().append()), HasSubstr("holds none"));
  EXPECT_THAT(reason_of(PickleBuilder().empty_list().none().none().set_item()), HasSubstr("holds none"));
  EXPECT_THAT(reason_of(PickleBuilder().empty_dict().mark().none().set_items()), HasSubstr("key without a value"));
  EXPECT_THAT(reason_of(PickleBuilder().none().empty_dict().build()), HasSubstr("state of something"));
  EXPECT_THAT(reason_of(PickleBuilder().empty_dict().none().build()), HasSubstr("state of something"));
}

TEST(Unpickler, RefusesCallsOfAnythingElse) {
  EXPECT_THAT(reason_of(PickleBuilder().none().empty_tuple().reduce()), HasSubstr("calls something"));
  EXPECT_THAT(reason_of(PickleBuilder().global("torch", "FloatStorage").empty_tuple().reduce()),
              HasSubstr("storage is built"));
  EXPECT_THAT(reason_of(PickleBuilder().global("torch", "Size").none().reduce()), HasSubstr("argument list"));
  EXPECT_THAT(reason_of(PickleBuilder().global("torch", "Size").empty_tuple().reduce()), HasSubstr("1 part"));
  EXPECT_THAT(reason_of(PickleBuilder().global("collections", "OrderedDict").text("x").raw("\x85R")),
              HasSubstr("unusual"));
  EXPECT_THAT(reason_of(PickleBuilder().global("torch._utils", "_rebuild_tensor_v2").empty_tuple().reduce()),
              HasSubstr("6 or 7 parts"));
  EXPECT_THAT(reason_of(PickleBuilder().global("torch._utils", "_rebuild_parameter").numbers({1, 2, 3}).reduce()),
              HasSubstr("parameter's tensor"));
}

TEST(Unpickler, RefusesStoragesThatAreNone) {
  const auto identity = [](const auto& fill) {
    PickleBuilder builder;
    builder.mark();
    fill(builder);
    return reason_of(builder.tuple().persistent_id());
  };
  EXPECT_THAT(reason_of(PickleBuilder().text("x").persistent_id()), HasSubstr("not a tuple"));
  EXPECT_THAT(identity([](PickleBuilder&) {}), HasSubstr("5 or 6 parts"));
  EXPECT_THAT(identity([](PickleBuilder& b) {
                b.text("module").global("torch", "FloatStorage").text("0").text("cpu").integer(4);
              }),
              HasSubstr("not a storage"));
  EXPECT_THAT(
      identity([](PickleBuilder& b) { b.text("storage").global("torch", "Size").text("0").text("cpu").integer(4); }),
      HasSubstr("not a storage type"));
  EXPECT_THAT(identity([](PickleBuilder& b) { b.text("storage").text("x").text("0").text("cpu").integer(4); }),
              HasSubstr("wrong type"));
  EXPECT_THAT(identity([](PickleBuilder& b) {
                b.text("storage").global("torch", "FloatStorage").text("0").text("cpu").integer(-1);
              }),
              HasSubstr("negative element count"));
  EXPECT_THAT(identity([](PickleBuilder& b) {
                b.text("storage").global("torch", "FloatStorage").text("0").text("cpu").integer(4).numbers({0, 0});
              }),
              HasSubstr("view of another"));
}

TEST(Unpickler, RefusesNumbersThatAreNotWhole) {
  EXPECT_THAT(reason_of(PickleBuilder().raw(std::string("\x8a\x09", 2) + std::string(9, '\1'))), HasSubstr("64 bits"));
  TensorSpec spec;
  spec.shape = std::vector<std::int64_t>(17, 1);
  EXPECT_THAT(reason_of(PickleBuilder().tensor(spec)), HasSubstr("16 dimensions"));
}

TEST(Unpickler, RefusesLengthsThatLie) {
  EXPECT_THAT(reason_of(PickleBuilder().raw("X\xff\xff\xff\xff"
                                            "abc")),
              HasSubstr("ends in the middle"));
  EXPECT_THAT(reason_of(PickleBuilder().raw("U\xff"
                                            "abc")),
              HasSubstr("ends in the middle"));
  EXPECT_THAT(reason_of(std::string("\x80\x02N")), HasSubstr("ends in the middle"));
  EXPECT_THAT(reason_of(std::string("\x80\x02") + "cos\nsystem"), HasSubstr("middle of a name"));
  EXPECT_THAT(reason_of(PickleBuilder().raw("c" + std::string(5000, 'a') + "\nb\n")), HasSubstr("middle of a name"));
}

TEST(Unpickler, BoundsDepthHoweverItIsMade) {
  EXPECT_THAT(reason_of(PickleBuilder().raw(repeated("(", 100'000))), HasSubstr("64 levels"));
  EXPECT_THAT(reason_of(PickleBuilder().raw(repeated("]", 100'000) + repeated("a", 99'999))), HasSubstr("64 levels"));
  EXPECT_THAT(reason_of(PickleBuilder().none().raw(repeated("\x85", 100'000))), HasSubstr("64 levels"));
  EXPECT_THAT(reason_of(PickleBuilder().raw(repeated("}K\1", 100'000) + "N" + repeated("s", 100'000))),
              HasSubstr("64 levels"));
  // A list that holds itself has no depth, and no recursion meets it.
  EXPECT_EQ(reason_of(PickleBuilder().empty_list().put(0).get(0).append()), "accepted");
}

TEST(Unpickler, BoundsValuesMemoAndCopies) {
  EXPECT_THAT(reason_of(PickleBuilder().raw(repeated("N", 2'000'001))), HasSubstr("2 million values"));
  std::string puts;
  for (std::uint32_t slot = 0; slot <= 1'000'000; ++slot) {
    puts += 'r';
    for (int i = 0; i < 4; ++i) puts += static_cast<char>(slot >> (8 * i) & 0xff);
  }
  EXPECT_THAT(reason_of(PickleBuilder().none().raw(puts)), HasSubstr("memo is too large"));
  EXPECT_THAT(reason_of(PickleBuilder().none().raw(repeated(std::string("q\0", 2), 10'000'001))),
              HasSubstr("10 million"));
  EXPECT_THAT(reason_of(PickleBuilder().text(std::string(65u << 20, 'a')).none()), HasSubstr("64 MiB"));
  // A dict copied into a dict that is copied again: every round would double it.
  PickleBuilder doubling;
  doubling.empty_dict().integer(1).integer(2).set_item().put(0);
  for (int i = 0; i < 40; ++i) {
    doubling.global("collections", "Counter").mark().get(0).get(0).tuple().reduce().put(0);
  }
  EXPECT_THAT(reason_of(doubling), HasSubstr("copies dicts too often"));
}

}  // namespace
}  // namespace reelface
