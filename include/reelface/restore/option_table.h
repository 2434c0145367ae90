// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "reelface/restore/option.h"
#include "reelface/restore/restore_options.h"

namespace reelface {

using Option = OptionOf<RestoreOptions>;

/// Every option of RestoreOptions, once: the command line, plans, reports and documents are made from these rows.
const std::vector<Option>& option_table();

/// Null: there is none of this name.
const Option* find_option(const std::string& name);

/// The same of a name that is known to be there.
const Option& option_named(const std::string& name);

/// Options by name and in words, for plans and logs.
using SpelledOptions = std::map<std::string, OptionTexts>;

/// All but those of the call, whether they were given or not. Files that are there are named from the root, so that the
/// words mean the same elsewhere.
SpelledOptions spelled_options(const RestoreOptions& options);

/// The options that these words spell; those left out are as they usually are. Throws Error(kUsage) for what is no
/// option, no value, or no plan's to say.
RestoreOptions options_from(const SpelledOptions& spelled);

/// Throws Error(kUsage) for the first number out of its range.
void check_ranges(const RestoreOptions& options);

}  // namespace reelface
