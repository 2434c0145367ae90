// SPDX-License-Identifier: Apache-2.0
#include "app/completions/command_tree.h"

namespace reelface {
namespace {

constexpr const char* kStart =
    R"(# Completes the words of reelface. In ~/.bashrc: source <(reelface options --completions bash)
_reelface() {
  COMPREPLY=()
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command= words= i
  if [[ $word == "=" ]]; then
    word=
  elif [[ $before == "=" ]]; then
    before=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$command/${COMP_WORDS[i]}" in
)";

constexpr const char* kBetween = R"(    esac
  done
  case "$command/$before" in
)";

constexpr const char* kBeforeNames = R"(  esac
  if [[ -z $words ]]; then
    case "$command/$word" in
)";

constexpr const char* kEnd = R"(    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _reelface reelface
)";

void add_commands(const CompletedCommand& command, std::string& text) {
  for (const CompletedCommand& inner : command.inner) {
    text += "      " + single_quoted(command.name + "/" + last_word(inner.name)) +
            ") command=" + single_quoted(inner.name) + " ;;\n";
    add_commands(inner, text);
  }
}

/// Behind an option with a value: its words. None leaves it to the shell, which offers files.
void add_values(const CompletedCommand& command, std::string& text) {
  for (const CompletedOption& option : command.options) {
    if (option.value.empty()) continue;
    std::vector<std::string> patterns;
    for (const std::string& name : option.names) patterns.push_back(single_quoted(command.name + "/" + name));
    const std::string words = option.words.empty() ? "return" : "words=" + single_quoted(joined(option.words));
    text += "    " + joined(patterns, " | ") + ") " + words + " ;;\n";
  }
  for (const CompletedCommand& inner : command.inner) add_values(inner, text);
}

void add_names(const CompletedCommand& command, std::string& text) {
  std::vector<std::string> names, commands;
  for (const CompletedOption& option : command.options)
    names.insert(names.end(), option.names.begin(), option.names.end());
  for (const CompletedCommand& inner : command.inner) commands.push_back(last_word(inner.name));
  text += "      " + single_quoted(command.name + "/-") + "*) words=" + single_quoted(joined(names)) + " ;;\n";
  if (!commands.empty())
    text += "      " + single_quoted(command.name + "/") + "*) words=" + single_quoted(joined(commands)) + " ;;\n";
  for (const CompletedCommand& inner : command.inner) add_names(inner, text);
}

}  // namespace

std::string bash_completions(const CompletedCommand& program) {
  std::string text = kStart;
  add_commands(program, text);
  text += kBetween;
  add_values(program, text);
  text += kBeforeNames;
  add_names(program, text);
  return text + kEnd;
}

}  // namespace reelface
