// SPDX-License-Identifier: Apache-2.0
#include "app/call_options.h"

#include <stdexcept>

namespace reelface {
namespace {

void add_group(std::vector<CallOption>& table, const std::string& group, std::vector<CallOption> rows) {
  for (CallOption& row : rows) {
    row.group = group;
    row.belongs = Belongs::kCall;
    row.changes = Changes::kNothing;
    table.push_back(std::move(row));
  }
}

std::vector<CallOption> make_table() {
  std::vector<CallOption> table;
  add_group(table, "Files",
            {option("settings", field(&CallOptions::settings),
                    "Take options from this file, or from a set of this name; those given here win")
                 .of_type(OptionType::kFile)
                 .shown_as("NAME or FILE"),
             flag("n", field(&CallOptions::never_overwrite), "Never overwrite, never ask"),
             flag("dry-run", field(&CallOptions::dry_run), "Print the plan and stop"),
             list("report", field(&CallOptions::reports),
                  "Write what was done: JSON, or a page with pictures if it ends in .html; may be repeated")
                 .of_type(OptionType::kFile)
                 .shown_as("FILE"),
             flag("checksums", field(&CallOptions::checksums),
                  "Keep SHA-256 of output and input, and a digest of each frame, beside the output; see verify"),
             option("provenance", field(&CallOptions::provenance),
                    "Write what was done to which frames and where, by which models, as JSON")
                 .of_type(OptionType::kFile)
                 .shown_as("FILE"),
             option("c2pa-manifest", field(&CallOptions::c2pa_manifest),
                    "Write the same in short as a manifest definition, for c2patool to sign")
                 .of_type(OptionType::kFile)
                 .shown_as("FILE"),
             option("repair-list", field(&CallOptions::repair_list),
                    "Write each repair of --repair as a line of JSON: frame, time, box; see --keep-repairs")
                 .of_type(OptionType::kFile)
                 .shown_as("FILE")});
  add_group(table, "Show",
            {choice("progress", field(&CallOptions::progress), "How progress is shown on stderr",
                    {{"auto", ProgressStyle::kAuto},
                     {"plain", ProgressStyle::kPlain},
                     {"json", ProgressStyle::kJson},
                     {"none", ProgressStyle::kNone}})});
  add_group(table, "Resume",
            {flag("resume", field(&CallOptions::resume), "Work in parts, and go on where an earlier run was stopped"),
             option("part-length", field(&CallOptions::part_seconds),
                    "With --resume: how much may have to be done again", time_notation())
                 .usually("60")});
  add_group(table, "Many films",
            {option("list", field(&CallOptions::list), "A file with one film on each line, or a folder of films")
                 .of_type(OptionType::kFile)
                 .shown_as("FILE"),
             option("output-folder", field(&CallOptions::output_folder),
                    "Where the results of --list go; --resume skips those done")
                 .of_type(OptionType::kFile)
                 .shown_as("DIR")});
  add_group(table, kProgramGroup,
            {words("log-level", field(&CallOptions::log_level), "What is told on stderr",
                   {"debug", "info", "warning", "error"})});
  return table;
}

}  // namespace

const std::vector<CallOption>& call_option_table() {
  static const std::vector<CallOption> kTable = make_table();
  return kTable;
}

const CallOption& call_option_named(const std::string& name) {
  for (const CallOption& row : call_option_table()) {
    if (row.name == name) return row;
  }
  throw std::logic_error("there is no option " + name);
}

}  // namespace reelface
