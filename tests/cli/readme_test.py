#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What README says is there: its options, its commands, its files.

    readme_test.py PROGRAM SOURCE_FOLDER
"""

import re
import subprocess
import sys
import unittest
from pathlib import Path

PROGRAM = ROOT = None
OPTION = re.compile(r"(?<![\w-])(--[a-z][a-z0-9-]*|-[a-z](?::[a-z])?)(?![\w-])")
PATH = re.compile(r"`((?:tests|examples|docs|models|cmake)/[\w./]*)`|\]\(((?:tests|examples|docs|models|cmake|LICENSE)[\w./]*)\)")
FFMPEG_SPELLINGS = {"-ss", "-to", "-an", "-sn", "-crf", "-preset"}  # one dash: README names them in a sentence of their own


def help_of(*command):
    return subprocess.run([PROGRAM, *command, "--help"], capture_output=True, text=True, check=True).stdout


def spellings_of(text):
    """The options of a help text, each with all its spellings; "also -c:v" stands in what is said about it."""
    lines = [line.strip() for line in text.splitlines() if line.startswith("  -")]
    return [set(OPTION.findall(line.split("  ")[0] + " " + line.partition("also ")[2])) for line in lines]


def options_of(text):
    return set().union(*spellings_of(text))


def commands_in(readme):
    """The words of every line of README that calls the program."""
    return [line.split("#")[0].split() for line in readme.splitlines()
            if re.match(r"(build/release/src/app/)?reelface ", line)]


class Readme(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.readme = (ROOT / "README.md").read_text(encoding="utf-8")

    def test_every_command_and_its_options_are_there(self):
        commands = commands_in(self.readme)
        self.assertGreater(len(commands), 20)
        for words in commands:
            command = words[1:3] if words[1] == "models" else words[1:2]
            known = options_of(help_of(*command))
            for option in OPTION.findall(" ".join(words[len(command) + 1:])):
                self.assertTrue(option in known or option in FFMPEG_SPELLINGS, f"{' '.join(words)}: {option}")

    def test_the_table_of_options_is_what_restore_takes(self):
        table = self.readme.split("## Options of `restore`")[1].split("## Seeing and measuring")[0]
        named = {option for option in OPTION.findall(table)} - FFMPEG_SPELLINGS
        taken = options_of(help_of("restore")) | options_of(help_of())
        self.assertEqual(sorted(named - taken - {"--long-name", "--help"}), [], "README names what restore does not take")
        missing = [sorted(spellings) for spellings in spellings_of(help_of("restore"))
                   if not spellings & (named | {"--help"})]
        self.assertEqual(missing, [], "restore takes what README does not name")

    def test_every_file_it_points_to_is_there(self):
        found = [first or second for first, second in PATH.findall(self.readme)]
        self.assertGreater(len(found), 15)
        self.assertEqual([path for path in found if not (ROOT / path).exists()], [])

    def test_what_dev_is_asked_for_it_can_do(self):
        asked = set(re.findall(r"\./dev ([a-z]+(?: --[a-z]+)?)", self.readme))
        self.assertGreater(len(asked), 5)
        known = subprocess.run([ROOT / "dev", "help"], capture_output=True, text=True, check=True).stdout
        for words in asked:
            self.assertRegex(known, rf"(?m)^\./dev {words}\b", f"./dev help does not know ./dev {words}")

    def test_models_it_names_are_known(self):
        listed = subprocess.run([PROGRAM, "models", "list"], capture_output=True, text=True, check=True).stdout
        table = self.readme.split("## The models, plainly")[1].split("##")[0]
        for name in re.findall(r"^\| `([\w.-]+)`", table, re.MULTILINE):
            self.assertRegex(listed, rf"(?m)^{re.escape(name)}\s")


if __name__ == "__main__":
    PROGRAM, ROOT = sys.argv[1], Path(sys.argv[2]).resolve()
    unittest.main(argv=sys.argv[:1])
