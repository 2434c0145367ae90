#include "inference/checkpoint/unpickler.h"

#include <algorithm>
#include <cstring>
#include <string>

#include "inference/checkpoint/pickle_stack.h"
#include "inference/checkpoint/tensor_layout.h"

namespace reelface {
namespace {

using Kind = PickledContainer::Kind;

constexpr std::size_t kLargestPickle = 64u << 20;
constexpr std::uint64_t kMostOpcodes = 10'000'000;
constexpr int kDeepest = 64;

class Unpickler {
 public:
  explicit Unpickler(ByteView bytes) : bytes_(bytes) {}

  Unpickled run() {
    if (bytes_.size() < 2 || next_u8() != 0x80)
      throw MalformedCheckpoint("the pickle does not start with its protocol");
    const int protocol = next_u8();
    if (protocol != 2) {
      throw MalformedCheckpoint("the pickle has protocol " + std::to_string(protocol) + "; torch.save writes 2");
    }
    for (std::uint64_t count = 0; count < kMostOpcodes; ++count) {
      if (at_ > kLargestPickle) throw MalformedCheckpoint("the pickle is larger than 64 MiB");
      const std::uint8_t opcode = next_u8();
      if (opcode == '.') return finish();
      if (!do_scalar(opcode) && !do_container(opcode) && !do_special(opcode)) refuse_opcode(opcode);
    }
    throw MalformedCheckpoint("the pickle has more than 10 million opcodes");
  }

 private:
  // Reading.

  ByteView take(std::uint64_t length) {
    if (!bytes_.holds(at_, length)) throw MalformedCheckpoint("the pickle ends in the middle of a value");
    const ByteView taken = bytes_.part(at_, length);
    at_ += static_cast<std::size_t>(length);
    return taken;
  }
  std::uint8_t next_u8() { return take(1).u8(0); }
  std::uint16_t next_u16() { return take(2).u16(0); }
  std::uint32_t next_u32() { return take(4).u32(0); }

  std::string_view next_line() {
    constexpr std::size_t kLongestLine = 1024;
    const std::string_view rest = bytes_.from(at_).text().substr(0, kLongestLine);
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos) throw MalformedCheckpoint("the pickle ends in the middle of a name");
    at_ += end + 1;
    return rest.substr(0, end);
  }

  std::int64_t next_long() {
    const std::size_t length = next_u8();
    const ByteView digits = take(length);
    if (length > 8) throw MalformedCheckpoint("the pickle holds an integer of more than 64 bits");
    std::uint64_t value = length > 0 && (digits.u8(length - 1) & 0x80) != 0 ? ~std::uint64_t{0} : 0;
    for (std::size_t i = length; i-- > 0;) value = (value << 8) | digits.u8(i);
    return static_cast<std::int64_t>(value);
  }

  double next_double() {
    const ByteView digits = take(8);
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < 8; ++i) bits = (bits << 8) | digits.u8(i);  // big endian, alone among the opcodes
    double value = 0;
    std::memcpy(&value, &bits, sizeof value);
    return value;
  }

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
        stack_.push(std::int64_t{static_cast<std::int32_t>(next_u32())});
        return true;
      case 'K':
        stack_.push(std::int64_t{next_u8()});
        return true;
      case 'M':
        stack_.push(std::int64_t{next_u16()});
        return true;
      case 0x8a:
        stack_.push(next_long());
        return true;
      case 'G':
        stack_.push(next_double());
        return true;
      case 'X':
      case 'T':
        stack_.push(take(next_u32()).text());
        return true;  // unicode; Python 2 text
      case 'U':
        stack_.push(take(next_u8()).text());
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
        stack_.remember(next_u8());
        return true;
      case 'r':
        stack_.remember(next_u32());
        return true;
      case 'h':
        stack_.recall(next_u8());
        return true;
      case 'j':
        stack_.recall(next_u32());
        return true;
      case 'c': {
        const std::string_view module = next_line();
        stack_.push(known_global(module, next_line()));
        return true;
      }
      case 'Q':
        stack_.push(make_storage(stack_.pop()));
        return true;
      case 'R': {
        const PickleValue arguments = stack_.pop();
        stack_.push(build(stack_.pop(), arguments));
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
      const std::string_view module = next_line();
      known_global(module, next_line());
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
    PickledContainer container;
    container.kind = kind;
    for (const PickleValue& item : items) deepen(container, item);
    container.items = std::move(items);
    stack_.push(ContainerId{object_.containers.size()});
    object_.containers.push_back(std::move(container));
  }

  void deepen(PickledContainer& container, const PickleValue& item) {
    const auto* inner = std::get_if<ContainerId>(&item);
    if (inner == nullptr) return;
    container.depth = std::max(container.depth, object_.containers[inner->index].depth + 1);
    if (container.depth > kDeepest) throw MalformedCheckpoint("the pickle is nested more than 64 levels deep");
  }

  void extend(Kind kind, const std::vector<PickleValue>& items) {
    const auto* id = std::get_if<ContainerId>(&stack_.top());
    if (id == nullptr || object_.containers[id->index].kind != kind) {
      throw MalformedCheckpoint("the pickle adds items to something that holds none");
    }
    if (kind == Kind::kDict && items.size() % 2 != 0) throw MalformedCheckpoint("the pickle has a key without a value");
    PickledContainer& container = object_.containers[id->index];
    for (const PickleValue& item : items) deepen(container, item);
    container.items.insert(container.items.end(), items.begin(), items.end());
  }

  /// Attributes of a dict, such as the state dict's `_metadata`, are of no use to us.
  void drop_attributes() {
    const PickleValue attributes = stack_.pop();
    if (object_.container(attributes, Kind::kDict) == nullptr ||
        object_.container(stack_.top(), Kind::kDict) == nullptr) {
      throw MalformedCheckpoint("the pickle sets the state of something other than a dict");
    }
  }

  // The listed names.

  const std::vector<PickleValue>& tuple_items(const PickleValue& value, const char* what) const {
    const PickledContainer* tuple = object_.container(value, Kind::kTuple);
    if (tuple == nullptr) throw MalformedCheckpoint(std::string(what) + " is not a tuple");
    return tuple->items;
  }

  template <class Type>
  static const Type& as(const PickleValue& value, const char* what) {
    const Type* typed = std::get_if<Type>(&value);
    if (typed == nullptr) throw MalformedCheckpoint(std::string(what) + " has the wrong type");
    return *typed;
  }

  std::vector<std::int64_t> whole_numbers(const PickleValue& value, const char* what) const {
    const std::vector<PickleValue>& items = tuple_items(value, what);
    if (items.size() > kMostDimensions) throw MalformedCheckpoint("a tensor has more than 16 dimensions");
    std::vector<std::int64_t> numbers;
    for (const PickleValue& item : items) numbers.push_back(as<std::int64_t>(item, what));
    return numbers;
  }

  /// ('storage', torch.FloatStorage, key, location, element count[, view]).
  PickleValue make_storage(const PickleValue& id) {
    const std::vector<PickleValue>& parts = tuple_items(id, "a storage's identity");
    if (parts.size() != 5 && parts.size() != 6) throw MalformedCheckpoint("a storage's identity has not 5 or 6 parts");
    if (as<std::string_view>(parts[0], "a storage's identity") != "storage") {
      throw MalformedCheckpoint("a persistent identity is not a storage");
    }
    const auto& global = as<KnownGlobal>(parts[1], "a storage's type");
    if (global.kind != PickleGlobal::kStorage) throw MalformedCheckpoint("a storage's type is not a storage type");
    as<std::string_view>(parts[3], "a storage's location");  // any device: we read from the file
    if (parts.size() == 6 && !std::holds_alternative<PickleNone>(parts[5])) {
      throw MalformedCheckpoint("a storage is a view of another one, which is not supported");
    }
    const auto count = as<std::int64_t>(parts[4], "a storage's element count");
    if (count < 0) throw MalformedCheckpoint("a storage has a negative element count");
    object_.storages.push_back(
        {global.storage, as<std::string_view>(parts[2], "a storage's key"), static_cast<std::uint64_t>(count)});
    return StorageId{object_.storages.size() - 1};
  }

  PickleValue build(const PickleValue& callee, const PickleValue& arguments) {
    const auto* global = std::get_if<KnownGlobal>(&callee);
    if (global == nullptr) throw MalformedCheckpoint("the pickle calls something that is no name");
    const std::vector<PickleValue>& parts = tuple_items(arguments, "an argument list");
    switch (global->kind) {
      case PickleGlobal::kRebuildTensor:
        return build_tensor(parts);
      case PickleGlobal::kRebuildParameter:
        if (parts.size() != 3) throw MalformedCheckpoint("a parameter has not 3 parts");
        return as<TensorId>(parts[0], "a parameter's tensor");
      case PickleGlobal::kSize:
        if (parts.size() != 1) throw MalformedCheckpoint("a size has not 1 part");
        tuple_items(parts[0], "a size");
        return parts[0];
      case PickleGlobal::kStorage:
        throw MalformedCheckpoint("a storage is built inside the pickle");
      default:
        return build_dict(parts);
    }
  }

  PickleValue build_tensor(const std::vector<PickleValue>& parts) {
    if (parts.size() != 6 && parts.size() != 7) throw MalformedCheckpoint("a tensor has not 6 or 7 parts");
    PickledTensor tensor;
    tensor.storage = as<StorageId>(parts[0], "a tensor's storage").index;
    tensor.offset = as<std::int64_t>(parts[1], "a tensor's offset");
    tensor.shape = whole_numbers(parts[2], "a tensor's shape");
    tensor.strides = whole_numbers(parts[3], "a tensor's stride");
    object_.tensors.push_back(std::move(tensor));
    return TensorId{object_.tensors.size() - 1};
  }

  /// OrderedDict(), defaultdict(dict), Counter({..}): a fresh dict with the items of the dict given, if any.
  PickleValue build_dict(const std::vector<PickleValue>& parts) {
    PickledContainer dict;
    dict.kind = Kind::kDict;
    for (const PickleValue& part : parts) {
      const PickledContainer* given = object_.container(part, Kind::kDict);
      const bool factory = std::holds_alternative<KnownGlobal>(part) || std::holds_alternative<PickleNone>(part);
      if (given == nullptr && !factory) throw MalformedCheckpoint("a dict is built from something unusual");
      if (given == nullptr) continue;
      copied_ += given->items.size();
      if (copied_ > kMostCopied) throw MalformedCheckpoint("the pickle copies dicts too often");
      for (const PickleValue& item : given->items) deepen(dict, item);
      dict.items.insert(dict.items.end(), given->items.begin(), given->items.end());
    }
    object_.containers.push_back(std::move(dict));
    return ContainerId{object_.containers.size() - 1};
  }

  Unpickled finish() {
    object_.root = stack_.pop();
    if (!stack_.is_empty()) throw MalformedCheckpoint("the pickle leaves values on its stack");
    return {std::move(object_), at_};
  }

  static constexpr std::size_t kMostCopied = 100'000;

  ByteView bytes_;
  std::size_t at_ = 0;
  PickleStack stack_;
  PickledObject object_;
  std::size_t copied_ = 0;
};

}  // namespace

Unpickled unpickle(ByteView bytes) {
  return Unpickler(bytes).run();
}

}  // namespace reelface
