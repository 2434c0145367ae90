// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

namespace reelface {

/// What can be asked of graphics cards. Fakes stand in for it in tests.
struct CardCalls {
  std::function<int()> count;                   ///< of the cards that LibTorch sees
  std::function<std::string(int)> description;  ///< of a card
  std::function<void(int)> convolve;            ///< one small convolution on a card; throws what goes wrong
  int driver_version = 0;                       ///< of CUDA, as it writes them: 12040 is 12.4; 0 = there is no driver
  int runtime_version = 0;                      ///< that LibTorch is made for; 0 = for none
};

/// Why this card cannot be used, on one line; empty if it can. Works on it: takes a second the first time.
std::string why_card_is_unusable(const CardCalls& calls, int index);

/// Why "auto" means the processor; empty if it means a card.
std::string why_no_card_is_usable(const CardCalls& calls);

/// The device that `wanted` stands for: "auto" is the first card that can be used, else the CPU. Throws Error(kUsage)
/// for a name that is none, for a card that is not there, and for one that cannot be used.
std::string resolve_device_among(const CardCalls& calls, const std::string& wanted);

}  // namespace reelface
