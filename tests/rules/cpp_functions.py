# SPDX-License-Identifier: Apache-2.0
"""The functions of a C++ source and how many lines of logic each has, found by braces alone.

A line of logic is one inside a function's outermost braces that holds more than blanks and comments. Lambdas and local
classes belong to the function they stand in.
"""

import re
from collections import namedtuple

NO_FUNCTION = re.compile(r"(?:inline )?namespace\b|(?:class|struct|union|enum|extern|else|do|try)\b")
CONTROL = re.compile(r"(?:else )?(?:if|for|while|switch|catch)\b")
NAME = re.compile(r"([~\w:]*operator ?[^\w\s(]+|operator\(\)|[~\w:]+) ?\(")
INITIALISER = re.compile(r"\) ?(?:noexcept ?)?:(?!:).*[\w>]$")  # Constructor(…) : member_
Brace = namedtuple("Brace", "name at head")
RAW_STRING = re.compile(r'R"([^()\\\s]*)\(')


def blanked(text):
    """The text with comments, strings and preprocessor lines blanked out; line breaks stay."""
    out, at, end = [], 0, len(text)
    while at < end:
        if text.startswith("//", at):
            stop = text.find("\n", at)
            stop = end if stop < 0 else stop
        elif text.startswith("/*", at):
            stop = text.find("*/", at + 2) + 2 or end
        elif raw := RAW_STRING.match(text, at):
            closing = f'){raw.group(1)}"'
            stop = text.find(closing, raw.end()) + len(closing)
        elif text[at] == '"' or text[at] == "'" and not (at and text[at - 1].isalnum()):
            stop = at + 1
            while stop < end and text[stop] != text[at]:
                stop += 2 if text[stop] == "\\" else 1
            stop += 1
        else:
            out.append(text[at])
            at += 1
            continue
        kept = "" if text.startswith(("//", "/*"), at) else '"'  # a string is logic, a comment is not
        out.append(kept + re.sub(r"[^\n]", " ", text[at + len(kept):stop]))
        at = stop
    return re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", lambda line: re.sub(r"[^\n]", " ", line.group()), "".join(out), flags=re.MULTILINE)


def functions(text):
    """(name, first line, lines of logic) of each function, in order."""
    text = blanked(text)
    found, open_braces = [], []
    head = parentheses = 0
    for at, letter in enumerate(text):
        if letter in "()":
            parentheses += 1 if letter == "(" else -1
        elif letter == "{":
            before = without_template(re.sub(r"\s+", " ", text[head:at]).strip())
            within = [brace for brace in open_braces if brace.name]
            name = None if within or parentheses else function_name(before)
            open_braces.append(Brace(name, at, head if INITIALISER.search(before) else at + 1))
            head = at + 1
        elif letter == "}" and open_braces:
            brace = open_braces.pop()
            if brace.name:
                lines = sum(1 for line in text[brace.at + 1:at].split("\n") if line.strip())
                found.append((brace.name, text.count("\n", 0, brace.at) + 1, lines))
            head = brace.head if brace.head < brace.at else at + 1
        elif letter == ";" and parentheses == 0:
            head = at + 1
    return sorted(found, key=lambda function: function[1])


def without_template(before):
    """What follows `template <…>`, `public:` and the like."""
    before = re.sub(r"^(?:public|protected|private) ?: ", "", before)
    while before.startswith("template"):
        depth = parentheses = 0
        for at, letter in enumerate(before):
            parentheses += (letter == "(") - (letter == ")")
            depth += ((letter == "<") - (letter == ">")) * (parentheses == 0)
            if letter == ">" and depth == 0 and parentheses == 0:
                break
        before = before[at + 1:].strip()
    return before


def function_name(before):
    """The name in what stands before a brace, or None where it opens no function."""
    if "(" not in before or NO_FUNCTION.match(before) or CONTROL.match(before) or INITIALISER.search(before):
        return None
    name = NAME.search(before)
    if not name or "=" in before[:name.start()] and "[" not in before:
        return None
    return name.group(1)
