// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "app/completions/command_tree.h"

namespace reelface {
namespace {

/// Brackets, colons and backslashes mean something in _arguments.
std::string escaped_for_zsh(const std::string& text) {
  std::string result;
  for (const char letter : text) {
    if (letter == '[' || letter == ']' || letter == ':' || letter == '\\') result += '\\';
    result += letter;
  }
  return result;
}

/// "restore" is completed by _reelface_restore, "models pull" by _reelface_models_pull.
std::string function_of(const CompletedCommand& command) {
  std::string name = command.name.empty() ? "_reelface" : "_reelface_" + command.name;
  std::replace(name.begin(), name.end(), ' ', '_');
  return name;
}

/// '(-s --upscale)-s[Enlarge the picture]:N:_files', one for each name: any of them excludes the others.
void add_option(const CompletedOption& option, std::string& text) {
  const std::string start = option.repeats ? "*" : "(" + joined(option.names) + ")";
  std::string value;
  if (!option.value.empty()) {
    value = ":" + escaped_for_zsh(option.value) + ":";
    value += option.words.empty() ? "_files" : "(" + joined(option.words) + ")";
  }
  const std::string help = "[" + escaped_for_zsh(option.help) + "]" + value;
  for (const std::string& name : option.names) {
    std::string spelled = start;
    spelled.append(name).append(help);
    text.append("    ").append(single_quoted(spelled)).append(" \\\n");
  }
}

void add_function(const CompletedCommand& command, std::string& text) {
  for (const CompletedCommand& inner : command.inner) add_function(inner, text);
  text += function_of(command) + "() {\n";
  if (!command.inner.empty()) text += "  local state line context\n";
  text += command.inner.empty() ? "  _arguments -s \\\n" : "  _arguments -C \\\n";
  for (const CompletedOption& option : command.options) add_option(option, text);
  if (command.inner.empty()) {
    text += "    '*:file:_files'\n}\n\n";
    return;
  }
  text += "    '1: :->command' '*:: :->rest'\n  case $state in\n    command)\n      local -a commands=(\n";
  for (const CompletedCommand& inner : command.inner)
    text += "        " + single_quoted(last_word(inner.name) + ":" + escaped_for_zsh(inner.help)) + "\n";
  text += "      )\n      _describe 'command' commands ;;\n    rest)\n      case $line[1] in\n";
  for (const CompletedCommand& inner : command.inner)
    text += "        " + last_word(inner.name) + ") " + function_of(inner) + " ;;\n";
  text += "      esac ;;\n  esac\n}\n\n";
}

}  // namespace

std::string zsh_completions(const CompletedCommand& program) {
  std::string text = "#compdef reelface\n# Completes the words of reelface. Its place is a folder of $fpath.\n\n";
  add_function(program, text);
  return text + "_reelface \"$@\"\n";
}

}  // namespace reelface
