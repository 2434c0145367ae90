// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/App.hpp>
#include <functional>
#include <initializer_list>
#include <string>
#include <vector>

#include "app/call_options.h"
#include "reelface/restore/option_table.h"

namespace reelface {

/// Declares an option on the command line. `write` gets what was given, and is false for what is no value of it.
CLI::Option* declare(CLI::App& command, const OptionFacts& facts, std::function<bool(const OptionTexts&)> write);

/// The same; what is given goes into `owner`.
template <class Owner>
CLI::Option* declare(CLI::App& command, const OptionOf<Owner>& row, Owner& owner) {
  return declare(command, row, [write = row.write, &owner](const OptionTexts& texts) { return write(owner, texts); });
}

/// An option of `restore` that another command has as well.
CLI::Option* declare(CLI::App& command, const std::string& name, RestoreOptions& options);

/// Where --help lists the options of this group. It is made if it is not there.
CLI::App& group_of(CLI::App& command, const std::string& group);

/// All options of how to restore, and those of `groups` that say what the call is about.
void declare_all(CLI::App& command, RestoreOptions& options, CallOptions& call,
                 std::initializer_list<std::string> groups);

}  // namespace reelface
