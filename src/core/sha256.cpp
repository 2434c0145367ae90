// SPDX-License-Identifier: Apache-2.0
#include "core/sha256.h"

#include <algorithm>
#include <cstring>

namespace reelface {
namespace {

using RoundConstants = std::array<std::uint32_t, 64>;

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes: computed with exact integers,
/// not typed in.
RoundConstants make_round_constants() {
  RoundConstants constants{};
  std::size_t count = 0;
  for (std::uint32_t candidate = 2; count < constants.size(); ++candidate) {
    bool prime = true;
    for (std::uint32_t divisor = 2; divisor * divisor <= candidate; ++divisor)
      prime = prime && candidate % divisor != 0;
    if (!prime) continue;
    // The largest r with r^3 <= candidate * 2^96, so that r = floor(cube root * 2^32). r has at most 35 bits.
    __extension__ using Wide = unsigned __int128;
    std::uint64_t root = 0;
    for (std::uint64_t bit = std::uint64_t{1} << 35; bit != 0; bit >>= 1) {
      const Wide next = root | bit;
      if (next * next * next <= Wide{candidate} << 96) root |= bit;
    }
    constants[count++] = static_cast<std::uint32_t>(root);
  }
  return constants;
}

std::uint32_t rotated(std::uint32_t value, int bits) {
  return (value >> bits) | (value << (32 - bits));
}

}  // namespace

void Sha256::add_block(const unsigned char* block) {
  static const RoundConstants constants = make_round_constants();
  std::array<std::uint32_t, 64> words;
  for (std::size_t i = 0; i < 16; ++i) {
    words[i] = std::uint32_t{block[4 * i]} << 24 | std::uint32_t{block[4 * i + 1]} << 16 |
               std::uint32_t{block[4 * i + 2]} << 8 | std::uint32_t{block[4 * i + 3]};
  }
  for (std::size_t i = 16; i < 64; ++i) {
    const std::uint32_t a = words[i - 15];
    const std::uint32_t b = words[i - 2];
    words[i] = words[i - 16] + (rotated(a, 7) ^ rotated(a, 18) ^ (a >> 3)) + words[i - 7] +
               (rotated(b, 17) ^ rotated(b, 19) ^ (b >> 10));
  }
  auto [a, b, c, d, e, f, g, h] = state_;
  for (std::size_t i = 0; i < 64; ++i) {
    const std::uint32_t first =
        h + (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) + ((e & f) ^ (~e & g)) + constants[i] + words[i];
    const std::uint32_t second = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = d + first;
    d = c;
    c = b;
    b = a;
    a = first + second;
  }
  const std::array<std::uint32_t, 8> added{a, b, c, d, e, f, g, h};
  for (std::size_t i = 0; i < state_.size(); ++i) state_[i] += added[i];
}

void Sha256::update(const void* data, std::size_t size) {
  const auto* bytes = static_cast<const unsigned char*>(data);
  total_bytes_ += size;
  while (size > 0) {
    if (pending_size_ == 0 && size >= kBlockBytes) {
      add_block(bytes);
      bytes += kBlockBytes;
      size -= kBlockBytes;
      continue;
    }
    const std::size_t taken = std::min(size, kBlockBytes - pending_size_);
    std::memcpy(pending_.data() + pending_size_, bytes, taken);
    pending_size_ += taken;
    bytes += taken;
    size -= taken;
    if (pending_size_ < kBlockBytes) continue;
    add_block(pending_.data());
    pending_size_ = 0;
  }
}

std::string Sha256::finish() {
  const std::uint64_t total_bits = total_bytes_ * 8;
  const unsigned char one = 0x80;
  const unsigned char zero = 0;
  update(&one, 1);
  while (pending_size_ != kBlockBytes - 8) update(&zero, 1);
  std::array<unsigned char, 8> length;
  for (std::size_t i = 0; i < 8; ++i) length[i] = static_cast<unsigned char>(total_bits >> (56 - 8 * i));
  update(length.data(), length.size());

  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const std::uint32_t word : state_) {
    for (int shift = 28; shift >= 0; shift -= 4) text += kDigits[word >> shift & 15];
  }
  return text;
}

std::string sha256_of(std::string_view bytes) {
  Sha256 hash;
  hash.update(bytes.data(), bytes.size());
  return hash.finish();
}

}  // namespace reelface
