// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "reelface/restore/option_table.h"

namespace reelface {

// One option and its value as a file of settings says them. Throw Error(kUsage).

/// The option of this name. `file` is for the message: there is none, with the name that comes next to it, or it is one
/// that settings do not hold.
const Option& setting_named(const std::string& name, const std::string& file);

/// The value in the table's words. A flag that is off is {"false"}. `place` is where messages say the value is.
OptionTexts setting_texts(const Option& option, const nlohmann::ordered_json& json, const std::string& place);

/// The value as JSON, from the words of the table.
nlohmann::ordered_json setting_json(const Option& option, const OptionTexts& texts);

}  // namespace reelface
