// SPDX-License-Identifier: Apache-2.0
#include "core/utf8.h"

namespace reelface {
namespace {

struct Lead {
  std::size_t bytes;
  std::uint32_t bits;
  std::uint32_t least;  ///< code points below have a shorter form, which is the only valid one
};

Lead lead_of(unsigned char byte) {
  if (byte < 0x80) return {1, byte, 0};
  if (byte >= 0xc2 && byte <= 0xdf) return {2, byte & 0x1fU, 0x80};
  if (byte >= 0xe0 && byte <= 0xef) return {3, byte & 0x0fU, 0x800};
  if (byte >= 0xf0 && byte <= 0xf4) return {4, byte & 0x07U, 0x10000};
  return {0, 0, 0};
}

bool is_letter(std::uint32_t code_point) {
  const bool is_surrogate = code_point >= 0xd800 && code_point <= 0xdfff;
  return code_point <= 0x10ffff && !is_surrogate;
}

}  // namespace

Utf8Letter first_letter(std::string_view text) {
  const auto byte_at = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
  const Lead lead = lead_of(byte_at(0));
  if (lead.bytes == 0 || lead.bytes > text.size()) return {};
  std::uint32_t code_point = lead.bits;
  for (std::size_t index = 1; index < lead.bytes; ++index) {
    if ((byte_at(index) & 0xc0U) != 0x80) return {};
    code_point = code_point << 6 | (byte_at(index) & 0x3fU);
  }
  if (code_point < lead.least || !is_letter(code_point)) return {};
  return {lead.bytes, code_point, true};
}

bool is_control(std::uint32_t code_point) {
  struct Span {
    std::uint32_t first, last;
  };
  constexpr Span kControls[] = {
      {0x00, 0x1f},      // C0
      {0x7f, 0x9f},      // delete and C1: 0x9b alone begins a command as ESC [ does
      {0x61c, 0x61c},    // the Arabic letter mark
      {0x200e, 0x200f},  // left-to-right and right-to-left marks
      {0x2028, 0x202e},  // separators of lines and paragraphs; embeddings and overrides of direction
      {0x2066, 0x206f},  // isolates of direction, and deprecated controls of formatting
  };
  for (const Span& span : kControls) {
    if (code_point >= span.first && code_point <= span.last) return true;
  }
  return false;
}

}  // namespace reelface
