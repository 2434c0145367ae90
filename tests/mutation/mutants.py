# SPDX-License-Identifier: Apache-2.0
"""Small mistakes in C++ sources: where each can be made, and which of them a seed chooses.

A mutant is one change in one file. Comments, strings, preprocessor lines and what no test can see (how much memory is set aside) are
left alone. So is whatever deletes files or ends processes: a mistake there would not stay in the copy.
"""
import random
import re
import sys
from collections import namedtuple
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "rules"))
from cpp_functions import blanked  # pylint: disable=wrong-import-position

# `nth` counts equal places of the same kind in equal lines: with it a mutant is found again when lines have moved.
Mutant = namedtuple("Mutant", "file line kind before after nth")

LEFT_ALONE = re.compile(r"\b(remove|remove_all|unlink|kill|rename|reserve)\(|shrink_to_fit|static_assert|template|operator|noexcept|using |#|\bcase\b")
SWAPPED = {"comparison": {" < ": " <= ", " <= ": " < ", " > ": " >= ", " >= ": " > ", " == ": " != ", " != ": " == "},
           "direction": {" < ": " > ", " > ": " < ", " <= ": " >= ", " >= ": " <= "},
           "logic": {" && ": " || ", " || ": " && "},
           "arithmetic": {" + ": " - ", " - ": " + ", " * ": " / ", " / ": " * ", " += ": " -= ", " -= ": " += "},
           "bound": {"std::min(": "std::max(", "std::max(": "std::min(", "std::min<": "std::max<", "std::max<": "std::min<"},
           "truth": {"return true;": "return false;", "return false;": "return true;"}}
NUMBER = re.compile(r"(?<![\w.'])(\d+)(?![\w.'])")
FRACTION = re.compile(r"(?<![\w.'])(\d+\.\d+)(?=F?(?![\w.']))")
CONDITION = re.compile(r"\bif \((?!const |auto )([^;]+?)\)(?= [{\w].*$| \{$)")
# A call or an assignment that is a statement of its own; `Type name = …` has a word too many.
STATEMENT = re.compile(r"^ +(?!return|throw|break|continue|delete|else|if|for|while|do\b|co_)[\w:.>\[\]*+\-()]+?(\(.*\)| [-+*/|&]?= .*);$")


def off_by_one(number):
    return str(int(number) + 1)


def changes_of(code):
    """(kind, start, end, text in its place) of a line without comments and strings."""
    for kind, pairs in SWAPPED.items():
        for text, other in pairs.items():
            for found in re.finditer(re.escape(text), code):
                if kind == "arithmetic" and '"' in code:
                    continue  # texts that are joined
                yield kind, found.start(), found.end(), other
    for found in NUMBER.finditer(code):
        yield "off by one", *found.span(1), off_by_one(found[1])
    for found in FRACTION.finditer(code):
        if float(found[1]) != 0:
            yield "constant", *found.span(1), repr(2 * float(found[1]))
    if found := CONDITION.search(code):
        if found[1].count("(") == found[1].count(")"):
            yield "condition", *found.span(1), f"!({found[1]})"
    if STATEMENT.match(code) and code.count("(") == code.count(")"):
        yield "statement", len(code) - len(code.lstrip()), len(code), ";"


def mutants_of(name, text):
    """All of one file, in its order."""
    mutants, seen = [], {}
    for number, (line, code) in enumerate(zip(text.split("\n"), blanked(text).split("\n")), 1):
        if not code.startswith(" ") and "constexpr" not in code or LEFT_ALONE.search(code):
            continue
        for kind, start, end, put in changes_of(code):
            original = line[start:end] if kind in ("condition", "statement") else code[start:end]
            put = f"!({original})" if kind == "condition" else put
            after = line[:start] + put + line[end:]
            key = (kind, line, after)
            seen[key] = seen.get(key, -1) + 1
            mutants.append(Mutant(name, number, kind, line, after, seen[key]))
    return mutants


def applied(mutant, text):
    """The text with the mistake in it; None where its line is gone."""
    lines = text.split("\n")
    places = [at for at, line in enumerate(lines) if line == mutant.before]
    if mutant.nth >= len(places):
        return None
    lines[places[mutant.nth]] = mutant.after
    return "\n".join(lines)


def drawn(mutants, seed):
    """All of them, in an order in which every kind and every file has its turn early."""
    random_source = random.Random(seed)
    by_kind = {}
    for mutant in mutants:
        by_kind.setdefault(mutant.kind, {}).setdefault(mutant.file, []).append(mutant)
    kinds = sorted(by_kind)
    while kinds:
        kind = random_source.choice(kinds)
        files = by_kind[kind]
        name = random_source.choice(sorted(files))
        yield files[name].pop(random_source.randrange(len(files[name])))
        if not files[name]:
            del files[name]
        if not files:
            kinds.remove(kind)
