// SPDX-License-Identifier: Apache-2.0
#include "reelface/restore/option_table.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "pipeline/values/options/option_files.h"
#include "pipeline/values/options/option_rows.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

enum class Varies { kNever, kByStretch };

void add_group(std::vector<Option>& table, const std::string& group, std::vector<Option> rows,
               Varies varies = Varies::kNever) {
  for (Option& row : rows) {
    row.group = group;
    if (varies == Varies::kNever) row.all_along();
    table.push_back(std::move(row));
  }
}

std::vector<Option> make_table() {
  std::vector<Option> table;
  add_group(table, "Files", file_rows());
  add_group(table, "Model", model_rows(), Varies::kByStretch);
  add_group(table, "Faces", face_rows(), Varies::kByStretch);
  add_group(table, "Film", film_rows(), Varies::kByStretch);
  add_group(table, "Enlarge", enlarge_rows());
  add_group(table, "Time", time_rows(), Varies::kByStretch);
  add_group(table, "Range", range_rows());
  add_group(table, "Picture", picture_rows(), Varies::kByStretch);
  add_group(table, "Encode", encode_rows());
  add_group(table, "Run", run_rows());
  return table;
}

/// A plan may come from somebody else: it says how to restore, never where to write or what to replace.
const Option& option_of_plan(const std::string& name) {
  const Option* option = find_option(name);
  if (!option || option->belongs == Belongs::kCall)
    throw Error(ExitCode::kUsage, "the plan says --" + printable(name) + ", which no plan may say",
                "plan the film anew");
  return *option;
}

}  // namespace

bool OptionRange::holds(double value) const {
  return (includes_lowest ? value >= lowest : value > lowest) &&
         (includes_highest ? value <= highest : value < highest);
}

std::string OptionFacts::dashed() const {
  return (name.size() == 1 ? "-" : "--") + name;
}

const std::vector<Option>& option_table() {
  static const std::vector<Option> kTable = make_table();
  return kTable;
}

const Option* find_option(const std::string& name) {
  const std::vector<Option>& table = option_table();
  const auto found = std::find_if(table.begin(), table.end(), [&name](const Option& row) { return row.name == name; });
  return found == table.end() ? nullptr : &*found;
}

const Option& option_named(const std::string& name) {
  const Option* option = find_option(name);
  if (!option) throw std::logic_error("there is no option " + name);
  return *option;
}

SpelledOptions spelled_options(const RestoreOptions& options) {
  SpelledOptions spelled;
  for (const Option& option : option_table()) {
    if (option.belongs == Belongs::kCall) continue;
    std::optional<OptionTexts> texts = option.read(options);
    if (!texts) continue;
    for (std::string& text : *texts) {
      if (is_file_there(option, text)) text = from_folder(text, std::filesystem::current_path());
    }
    spelled[option.name] = std::move(*texts);
  }
  return spelled;
}

RestoreOptions options_from(const SpelledOptions& spelled) {
  RestoreOptions options;
  for (const auto& [name, texts] : spelled) {
    const Option& option = option_of_plan(name);
    if (option.write(options, texts)) continue;
    std::string words = option.dashed();
    for (const std::string& text : texts) words += " " + printable(text);
    throw Error(ExitCode::kUsage, "the plan's options cannot be understood: " + words, "plan the film anew");
  }
  return options;
}

void check_ranges(const RestoreOptions& options) {
  for (const Option& option : option_table()) {
    if (!option.range) continue;
    for (const std::string& text : option.read(options).value_or(OptionTexts())) {
      double value = 0;
      if (plain_notation<double>().read(text, value) && option.range->holds(value)) continue;
      throw Error(ExitCode::kUsage, option.dashed() + " " + option.range->rule, option.range->advice);
    }
  }
}

}  // namespace reelface
