// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "reelface/restore/option_table.h"

namespace reelface {

/// "-s, --upscale 1..4", for people.
std::string shown(const OptionFacts& facts);

const char* name_of(Belongs belongs);
const char* name_of(Changes changes);

/// Everything there is to know about an option. `usual` are the values of one that is left out.
nlohmann::ordered_json to_json(const OptionFacts& facts, const std::optional<OptionTexts>& usual);

/// Name and value of all options but those of the call.
nlohmann::ordered_json settings_json(const RestoreOptions& options);

}  // namespace reelface
