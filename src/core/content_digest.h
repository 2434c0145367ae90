// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace reelface {

/// A 64-bit digest of bytes given piece by piece, several gigabytes a second: tells whether two pictures or packets are
/// the same. It finds accidents, not malice; where somebody might forge, use Sha256. The value depends on how the bytes
/// were divided into pieces, and on the machine's byte order.
class ContentDigest {
 public:
  void update(const void* data, std::size_t size);
  void update(std::uint64_t number) { update(&number, sizeof number); }
  std::uint64_t value() const;

 private:
  std::array<std::uint64_t, 4> lanes_{0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93};
  std::uint64_t bytes_ = 0;
};

}  // namespace reelface
