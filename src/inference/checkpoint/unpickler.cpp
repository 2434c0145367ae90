// SPDX-License-Identifier: Apache-2.0
#include "inference/checkpoint/unpickler.h"

#include <string>
#include <utility>

#include "inference/checkpoint/pickle_reader.h"
#include "inference/checkpoint/pickle_stack.h"
#include "inference/checkpoint/pickled_object_builder.h"

namespace reelface {
namespace {

using Kind = PickledContainer::Kind;

constexpr std::size_t kLargestPickle = 64u << 20;
constexpr std::uint64_t kMostOpcodes = 10'000'000;

class Unpickler {
 public:
  explicit Unpickler(ByteView bytes) : bytes_(bytes), reader_(bytes) {}

  Unpickled run() {
    if (bytes_.size() < 2 || reader_.next_u8() != 0x80)
      throw MalformedCheckpoint("the pickle does not start with its protocol");
    const int protocol = reader_.next_u8();
    if (protocol != 2) {
      throw MalformedCheckpoint("the pickle has protocol " + std::to_string(protocol) + "; torch.save writes 2");
    }
    for (std::uint64_t count = 0; count < kMostOpcodes; ++count) {
      if (reader_.place() > kLargestPickle) throw MalformedCheckpoint("the pickle is larger than 64 MiB");
      const std::uint8_t opcode = reader_.next_u8();
      if (opcode == '.') return finish();
      if (!do_scalar(opcode) && !do_container(opcode) && !do_special(opcode)) refuse_opcode(opcode);
    }
    throw MalformedCheckpoint("the pickle has more than 10 million opcodes");
  }

 private:
  // Opcodes, by their letters in Python's pickle module.

  bool do_scalar(std::uint8_t opcode) {
    switch (opcode) {
      case 'N':
        stack_.push(PickleNone{});
        return true;
      case 0x88:
        stack_.push(true);
        return true;
      case 0x89:
        stack_.push(false);
        return true;
      case 'J':
        stack_.push(std::int64_t{static_cast<std::int32_t>(reader_.next_u32())});
        return true;
      case 'K':
        stack_.push(std::int64_t{reader_.next_u8()});
        return true;
      case 'M':
        stack_.push(std::int64_t{reader_.next_u16()});
        return true;
      case 0x8a:
        stack_.push(reader_.next_long());
        return true;
      case 'G':
        stack_.push(reader_.next_double());
        return true;
      case 'X':
      case 'T':
        stack_.push(reader_.take(reader_.next_u32()).text());
        return true;  // unicode; Python 2 text
      case 'U':
        stack_.push(reader_.take(reader_.next_u8()).text());
        return true;
      default:
        return false;
    }
  }

  bool do_container(std::uint8_t opcode) {
    switch (opcode) {
      case '(':
        stack_.mark();
        return true;
      case ')':
        push_container(Kind::kTuple, {});
        return true;
      case ']':
        push_container(Kind::kList, {});
        return true;
      case '}':
        push_container(Kind::kDict, {});
        return true;
      case 't':
        push_container(Kind::kTuple, stack_.pop_to_mark());
        return true;
      case 0x85:
        push_container(Kind::kTuple, pop_values(1));
        return true;
      case 0x86:
        push_container(Kind::kTuple, pop_values(2));
        return true;
      case 0x87:
        push_container(Kind::kTuple, pop_values(3));
        return true;
      case 'a':
        extend(Kind::kList, pop_values(1));
        return true;
      case 'e':
        extend(Kind::kList, stack_.pop_to_mark());
        return true;
      case 's':
        extend(Kind::kDict, pop_values(2));
        return true;
      case 'u':
        extend(Kind::kDict, stack_.pop_to_mark());
        return true;
      default:
        return false;
    }
  }

  bool do_special(std::uint8_t opcode) {
    switch (opcode) {
      case 'q':
        stack_.remember(reader_.next_u8());
        return true;
      case 'r':
        stack_.remember(reader_.next_u32());
        return true;
      case 'h':
        stack_.recall(reader_.next_u8());
        return true;
      case 'j':
        stack_.recall(reader_.next_u32());
        return true;
      case 'c': {
        const std::string_view module = reader_.next_line();
        stack_.push(known_global(module, reader_.next_line()));
        return true;
      }
      case 'Q':
        stack_.push(builder_.make_storage(stack_.pop()));
        return true;
      case 'R': {
        const PickleValue arguments = stack_.pop();
        stack_.push(builder_.build(stack_.pop(), arguments));
        return true;
      }
      case 'b':
        drop_attributes();
        return true;
      default:
        return false;
    }
  }

  [[noreturn]] void refuse_opcode(std::uint8_t opcode) {
    // Other ways to name a global: say which one it was.
    if (opcode == 'i') {
      const std::string_view module = reader_.next_line();
      known_global(module, reader_.next_line());
    }
    if (opcode == 0x93) {
      const PickleValue name = stack_.pop();
      const PickleValue module = stack_.pop();
      const auto* known_name = std::get_if<std::string_view>(&name);
      const auto* known_module = std::get_if<std::string_view>(&module);
      if (known_name != nullptr && known_module != nullptr) known_global(*known_module, *known_name);
    }
    constexpr char kDigits[] = "0123456789abcdef";
    throw MalformedCheckpoint(std::string("the pickle uses opcode 0x") + kDigits[opcode >> 4] + kDigits[opcode & 15] +
                              ", which torch.save does not write");
  }

  // Containers.

  std::vector<PickleValue> pop_values(std::size_t count) {
    std::vector<PickleValue> values(count);
    for (std::size_t i = count; i-- > 0;) values[i] = stack_.pop();
    return values;
  }

  void push_container(Kind kind, std::vector<PickleValue> items) {
    stack_.push(builder_.make_container(kind, std::move(items)));
  }

  void extend(Kind kind, const std::vector<PickleValue>& items) { builder_.extend(stack_.top(), kind, items); }

  /// Attributes of a dict, such as the state dict's `_metadata`, are of no use to us.
  void drop_attributes() {
    const PickleValue attributes = stack_.pop();
    if (!builder_.is_dict(attributes) || !builder_.is_dict(stack_.top())) {
      throw MalformedCheckpoint("the pickle sets the state of something other than a dict");
    }
  }

  Unpickled finish() {
    const PickleValue root = stack_.pop();
    if (!stack_.is_empty()) throw MalformedCheckpoint("the pickle leaves values on its stack");
    return {builder_.finish(root), reader_.place()};
  }

  ByteView bytes_;
  PickleReader reader_;
  PickleStack stack_;
  PickledObjectBuilder builder_;
};

}  // namespace

Unpickled unpickle(ByteView bytes) {
  return Unpickler(bytes).run();
}

}  // namespace reelface
