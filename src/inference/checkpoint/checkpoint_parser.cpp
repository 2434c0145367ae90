// SPDX-License-Identifier: Apache-2.0
#include "inference/checkpoint/checkpoint_parser.h"

#include <cctype>

#include "inference/checkpoint/pytorch_legacy_reader.h"
#include "inference/checkpoint/pytorch_zip_reader.h"
#include "inference/checkpoint/safetensors_reader.h"

namespace reelface {
namespace {

bool is_web_page(ByteView file) {
  std::string start;
  for (const char letter : file.text().substr(0, 64)) {
    if (!start.empty() || !std::isspace(static_cast<unsigned char>(letter))) {
      start += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    }
  }
  return start.rfind("<!doctype", 0) == 0 || start.rfind("<html", 0) == 0;
}

bool ends_with(const std::string& text, std::string_view ending) {
  return text.size() >= ending.size() && text.compare(text.size() - ending.size(), ending.size(), ending) == 0;
}

/// Safetensors start with the length of their header, whose first byte may be that of any other form.
bool is_safetensors(ByteView file) {
  return file.size() > 8 && file.u8(8) == '{' && file.holds(8, file.u64(0));
}

Checkpoint read_by_content(ByteView file, const std::string& file_name) {
  if (is_safetensors(file)) return read_safetensors(file);
  if (file.starts_with("version https://git-lfs")) {
    throw MalformedCheckpoint("is a Git LFS pointer, not the model itself (run `git lfs pull`)");
  }
  if (is_web_page(file)) throw MalformedCheckpoint("is a web page, not a model (the download failed)");
  if (file.starts_with("PK\x03\x04") || file.starts_with("PK\x05\x06")) return read_pytorch_zip(file);
  if (is_pytorch_legacy(file)) return read_pytorch_legacy(file);
  if (file.starts_with("\x80")) throw MalformedCheckpoint("is a pickle, but not one that torch.save wrote");
  if ((file.size() > 8 && file.u8(8) == '{') || ends_with(file_name, ".safetensors")) return read_safetensors(file);
  throw MalformedCheckpoint("is neither a safetensors file nor a PyTorch checkpoint");
}

void strip_module_prefix(Checkpoint& checkpoint) {
  constexpr std::string_view kPrefix = "module.";
  std::map<std::string, CheckpointTensor> stripped;
  for (auto& [name, tensor] : checkpoint.tensors) {
    const bool prefixed = name.rfind(kPrefix, 0) == 0;
    const std::string bare = prefixed ? name.substr(kPrefix.size()) : name;
    if (!stripped.emplace(bare, std::move(tensor)).second) {
      throw MalformedCheckpoint("has two tensors named " + name_text(bare));
    }
  }
  checkpoint.tensors = std::move(stripped);
}

}  // namespace

Checkpoint parse_checkpoint(ByteView file, const std::string& file_name) {
  Checkpoint checkpoint = read_by_content(file, file_name);
  if (checkpoint.tensors.empty()) throw MalformedCheckpoint("holds no tensors");
  strip_module_prefix(checkpoint);
  return checkpoint;
}

}  // namespace reelface
