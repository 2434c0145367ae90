// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "reelface/restore/option.h"

namespace reelface {

/// Values that an option takes, none of them what is usual. Spelled as the table spells them.
inline std::vector<OptionTexts> samples_of(const OptionFacts& option) {
  if (option.name == "upscale") return {{"1.5"}, {"2"}};
  if (option.name == "canvas") return {{"first"}, {"largest"}, {"1280x720"}};
  if (option.name == "size") return {{"1920x1080"}, {"-1x720"}};
  switch (option.type) {
    case OptionType::kFlag:
      return {{}};
    case OptionType::kWord: {
      std::vector<OptionTexts> words;
      for (const std::string& word : option.words) {
        if (word != option.usual) words.push_back({word});
      }
      return words;
    }
    case OptionType::kInteger:
      return option.repeats ? std::vector<OptionTexts>{{"3"}, {"3", "4"}} : std::vector<OptionTexts>{{"2"}, {"3"}};
    case OptionType::kNumber:
      return {{"0.75"}, {"1"}};
    case OptionType::kTime:
      return {{"90"}, {"0.25"}};
    case OptionType::kSize:
      return {{"4G"}, {"800M"}, {"123"}};
    case OptionType::kText:
    case OptionType::kFile:
    case OptionType::kModel:
      break;
  }
  if (option.value == "KEY=VALUE") return {{"g=7"}, {"g=7", "x264-params=a=1:b=2"}};
  if (option.value == "A:B") return {{"10:20"}, {"10:"}, {":20"}};
  if (option.name == "clean") return {{"auto"}, {"60"}};
  if (option.name == "fps") return {{"30000/1001"}};
  return {{"/no/such/thing"}};
}

}  // namespace reelface
