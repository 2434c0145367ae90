// SPDX-License-Identifier: Apache-2.0
#include "app/man_page.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <vector>

#include "app/help_text.h"
#include "reelface/version.h"

namespace reelface {
namespace {

constexpr const char* kDescription = R"(.SH DESCRIPTION
Reelface restores old films and the faces in a video, and keeps everything else exactly as it was: sound, subtitles, fonts, chapters,
tags, time stamps and colour are copied.
The output is complete or not there, and no file is replaced unless \fB\-y\fR says so.
Both \fB\-\-long\-name\fR and \fB\-\-long_name\fR are understood.
)";

constexpr const char* kRest = R"(.SH EXIT STATUS
.TP
.B 0
Done.
.TP
.B 1
Some files of a \fB\-\-list\fR failed.
.TP
.B 2
Wrong options, or streams that the container cannot hold.
.TP
.B 3
The input cannot be read.
.TP
.B 4
The output cannot be written.
.TP
.B 5
The model was refused.
.TP
.B 6
The input is damaged beyond what \fB\-\-on\-damage\fR accepts.
.TP
.B 7
A fault of the program.
.TP
.B 8
Not enough memory, or more would be needed than \fB\-\-max\-memory\fR allows.
.TP
.B 75
Try again later.
.TP
.BR 130 ", " 143
Interrupted. What was made so far is a valid file that ends in .part.
.SH ENVIRONMENT
.TP
.B REELFACE_MODELS
Folders, divided by colons, in which models are looked for first.
.TP
.B REELFACE_NETWORKS
Another place for the library that runs networks with LibTorch.
.SH FILES
.TP
.I $XDG_CONFIG_HOME/reelface/NAME.json
Settings that go by a name. XDG_CONFIG_HOME is usually ~/.config.
.TP
.I $XDG_DATA_HOME/reelface/models
Models that were pulled. XDG_DATA_HOME is usually ~/.local/share.
.SH SEE ALSO
.BR ffmpeg (1),
.BR ffprobe (1)
)";

/// Text that roff takes as it is. A line that begins with a dot would be a command.
std::string escaped_for_troff(const std::string& text) {
  std::string result;
  bool begins_line = true;
  for (const char letter : text) {
    if (begins_line && (letter == '.' || letter == '\'')) result += "\\&";
    if (letter == '\\')
      result += "\\e";
    else if (letter == '-')
      result += "\\-";
    else
      result += letter;
    begins_line = letter == '\n';
  }
  return result;
}

std::string bold(const std::string& text) {
  return "\\fB" + escaped_for_troff(text) + "\\fR";
}

/// "-s, --upscale N", or the place: "INPUT".
std::string heading_of(const CLI::Option& option) {
  std::string names;
  for (const std::string& name : option.get_snames()) names += (names.empty() ? "" : ", ") + bold("-" + name);
  for (const std::string& name : option.get_lnames()) names += (names.empty() ? "" : ", ") + bold("--" + name);
  if (names.empty()) return "\\fI" + escaped_for_troff(option.get_name(true)) + "\\fR";
  const std::string value = value_name(option);
  return value.empty() ? names : names + " \\fI" + escaped_for_troff(value) + "\\fR";
}

std::string entry_of(const CLI::Option& option) {
  const std::string usual = option.get_default_str();
  return ".TP\n" + heading_of(option) + "\n" + escaped_for_troff(option.get_description()) +
         (usual.empty() ? "" : " [" + escaped_for_troff(usual) + "]") + "\n";
}

/// Of the command itself; --help is said once, for the program.
std::string options_of(const CLI::App& app, const std::string& title) {
  const bool is_command = app.get_parent() != nullptr;
  std::string text;
  for (const CLI::Option* option : app.get_options()) {
    if (is_command && option == app.get_help_ptr()) continue;
    text += entry_of(*option);
  }
  return text.empty() || title.empty() ? text : ".PP\n" + bold(title + ":") + "\n" + text;
}

/// What stands below the options of --help: examples, line by line.
std::string examples_of(const CLI::App& app) {
  const std::string& footer = app.get_footer();
  return footer.empty() ? "" : ".PP\n.nf\n" + escaped_for_troff(footer) + "\n.fi\n";
}

std::string section_of(const CLI::App& command) {
  std::string text =
      ".SS " + escaped_for_troff(usage_of(command)) + "\n" + escaped_for_troff(command.get_description()) + ".\n";
  const std::vector<const CLI::App*> groups = inner(command, true);
  for (const CLI::App* group : groups) text += options_of(*group, group->get_group());
  text += options_of(command, groups.empty() ? "" : "Others");
  text += examples_of(command);
  for (const CLI::App* below : inner(command, false)) text += section_of(*below);
  return text;
}

}  // namespace

std::string man_page(const CLI::App& program) {
  std::string text = std::string(".TH REELFACE 1 \"\" \"reelface ") + kVersion +
                     "\" \"User Commands\"\n.SH NAME\nreelface \\- restore the faces in a video\n.SH SYNOPSIS\n";
  for (const CLI::App* command : inner(program, false)) text += ".br\n" + escaped_for_troff(usage_of(*command)) + "\n";
  text += kDescription;
  text += ".SH OPTIONS OF EVERY COMMAND\n" + options_of(program, "");
  text += ".SH COMMANDS\n";
  for (const CLI::App* command : inner(program, false)) text += section_of(*command);
  return text + kRest;
}

}  // namespace reelface
