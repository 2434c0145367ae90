#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""One table of options: `reelface options`, --help, README and the completions of shells say the same.

    options_test.py PROGRAM SOURCE_FOLDER [unittest options]
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from checking.clips import make_clip

PROGRAM = ROOT = None
BELONGS = {"film", "run", "call"}
CHANGES = {"pixels", "output", "nothing"}


def run(*words, code=0, **process):
    done = subprocess.run([PROGRAM, *map(str, words)], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120,
                          **process)
    assert done.returncode == code, f"{words} ended with {done.returncode}: {done.stderr}"
    return done


def options():
    return json.loads(run("options", "--json").stdout)


def entry(option):
    """How README names an option."""
    return f"`{option['shown']}`" + (f" [{option['usual']}]" if option["usual"] else "")


def readme_table():
    groups = {}
    for option in options():
        groups.setdefault(option["group"], []).append(entry(option))
    return "\n".join(f"| {group} | {'; '.join(entries)} |" for group, entries in groups.items())


class Table(unittest.TestCase):
    def test_every_row_is_complete(self):
        rows = options()
        self.assertGreater(len(rows), 60)
        for row in rows:
            with self.subTest(row["name"]):
                self.assertIn(row["belongs_to"], BELONGS)
                self.assertIn(row["changes"], CHANGES)
                self.assertEqual(row["changes_pixels"], row["changes"] == "pixels")
                self.assertTrue(row["help"] and row["group"] and row["shown"])
                self.assertEqual(row["type"] == "word", bool(row["words"]))
                if row["words"] and row["default"] is not None:
                    self.assertIn(row["default"], row["words"])
                if row["type"] in ("integer", "number") and row["range"] and row["default"] is not None:
                    low, high = row["range"]["lowest"], row["range"]["highest"]
                    self.assertTrue(low <= row["default"] and (high is None or row["default"] <= high))

    def test_people_are_shown_the_same(self):
        lines = run("options").stdout.splitlines()
        for row in options():
            line = next((line for line in lines if line.startswith(f"  {row['shown']} ")), None)
            self.assertIsNotNone(line, row["shown"])
            self.assertIn(f" {row['belongs_to']} ", line)
            self.assertIn(f" {row['changes']}", line)
            if row["usual"]:
                self.assertTrue(line.endswith(f"[{row['usual']}]"), line)

    def test_it_is_what_restore_takes(self):
        text = run("restore", "--help").stdout + run("--help").stdout
        helped = set(re.findall(r"^  (?:-\w, )?(?:--[\w-]+, )*(-\w|--[\w-]+)(?= |$)", text, re.MULTILINE))
        helped |= set(re.findall(r"(?<=  )--[\w-]+(?=,)", text))
        listed = {("-" if len(row["name"]) == 1 else "--") + row["name"] for row in options()}
        self.assertEqual(listed - helped, set(), "not in --help")
        aliases = {alias for row in options() for alias in row["aliases"]}
        self.assertEqual(helped - listed - aliases - {"--help", "--version"}, set(), "not in the table")

    def test_readme_has_the_table(self):
        self.assertIn(readme_table(), (ROOT / "README.md").read_text(encoding="utf-8"),
                      f"README's table of options should be:\n{readme_table()}\n")

    def test_words_are_taken_in_any_case(self):
        with tempfile.TemporaryDirectory() as folder:
            clip = make_clip(Path(folder) / "clip.mkv", frames=3, size="64x48")
            run("restore", clip, Path(folder) / "out.mkv", "--model", "none", "-c:v", "ffv1", "--mask", "BOX", "--progress", "NONE")

    def test_one_thing_at_a_time(self):
        self.assertEqual(run("options", "--json", "--completions", "bash", code=2).stdout, "")
        self.assertEqual(run("options", "--man", "--completions", "bash", code=2).stdout, "")
        self.assertIn("tcsh", run("options", "--completions", "tcsh", code=2).stderr)


class Kept(unittest.TestCase):
    """What plans and reports say about options."""

    @classmethod
    def setUpClass(cls):
        cls.kept_folder = tempfile.TemporaryDirectory(prefix="reelface_options_")
        cls.folder = Path(cls.kept_folder.name)
        cls.clip = make_clip(cls.folder / "clip.mkv", frames=10, size="64x48")

    @classmethod
    def tearDownClass(cls):
        cls.kept_folder.cleanup()

    def test_a_plan_keeps_all_but_those_of_the_call(self):
        run("plan", self.clip, self.folder / "out.mkv", "--folder", self.folder / "plan", "--model", "none", "--min-face", "12",
            "--no-audio", "-e", "g=7", "-e", "bf=0", "--ss", "0:00:00.1", "--progress", "none")
        kept = json.loads((self.folder / "plan" / "plan.json").read_text(encoding="utf-8"))["options"]
        rows = options()
        self.assertEqual(set(kept) - {row["name"] for row in rows if row["belongs_to"] != "call"}, set())
        missing = {row["name"] for row in rows if row["belongs_to"] != "call"} - set(kept)
        self.assertEqual({row["name"] for row in rows if row["name"] in missing and row["default"] not in (None, False, [])},
                         set(), "these have a value and are not kept")
        self.assertEqual((kept["min-face"], kept["no-audio"], kept["e"], kept["ss"]), (["12"], [], ["g=7", "bf=0"], ["0.1"]))

    def test_a_report_tells_the_settings(self):
        report = self.folder / "report.json"
        run("restore", self.clip, self.folder / "out.mkv", "--model", "none", "-c:v", "ffv1", "--report", report, "--strength", "50",
            "--no-subtitles", "--progress", "none")
        settings = json.loads(report.read_text(encoding="utf-8"))["settings"]
        self.assertEqual(set(settings), {row["name"] for row in options() if row["belongs_to"] != "call"})
        expected = {row["name"]: row["default"] for row in options() if row["belongs_to"] != "call"}
        expected |= {"model": "none", "video-codec": "ffv1", "strength": 50, "no-subtitles": True}
        self.assertEqual(settings, expected)


class Bash(unittest.TestCase):
    def complete(self, line):
        """The words that bash offers for this line, which is split where bash splits it."""
        words = re.findall(r"=|[^\s=]+", line) + ([""] if line.endswith(" ") else [])
        script = run("options", "--completions", "bash").stdout + (
            f"COMP_WORDS=({' '.join(map(shlex.quote, words))}); COMP_CWORD={len(words) - 1}; _reelface; "
            'printf "%s\\n" "${COMPREPLY[@]}"')
        done = subprocess.run(["bash", "--norc", "-uc", script], capture_output=True, text=True, timeout=60,
                              env={**os.environ, "LC_ALL": "C"})
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout.split()

    def test_names(self):
        self.assertEqual(self.complete("reelface restore --ups"), ["--upscale", "--upscaler", "--upscaler-twin"])
        self.assertEqual(self.complete("reelface restore in.mkv out.mkv --mask box --no-"),
                         ["--no-provenance", "--no-audio", "--no-subtitles"])
        offered = self.complete("reelface restore -")
        for row in options():
            self.assertIn(("-" if len(row["name"]) == 1 else "--") + row["name"], offered)
        self.assertEqual(self.complete("reelface analyze --peo"), ["--people"])

    def test_commands(self):
        self.assertEqual(self.complete("reelface res"), ["restore"])
        self.assertIn("models", self.complete("reelface "))
        self.assertEqual(self.complete("reelface models p"), ["pull"])
        self.assertEqual(self.complete("reelface --log-level debug res"), ["restore"])

    def test_values(self):
        for row in options():
            if row["words"]:
                with self.subTest(row["name"]):
                    self.assertEqual(self.complete(f"reelface restore --{row['name']} "), row["words"])
                    self.assertEqual(self.complete(f"reelface restore --{row['name']}="), row["words"])
        self.assertEqual(self.complete("reelface restore --mask=s"), ["soft"])
        self.assertEqual(self.complete("reelface compare --measures b"), ["basic"])

    def test_files_are_left_to_the_shell(self):
        for line in ("restore ", "restore --tracks ", "restore fil", "restore --model ./m", "degrade --preset "):
            self.assertEqual(self.complete("reelface " + line), [], line)


class OtherShells(unittest.TestCase):
    """zsh and fish are rarely installed where this runs: their scripts are judged by their form, and by fish where it is there."""

    def test_zsh(self):
        script = run("options", "--completions", "zsh").stdout
        self.assertTrue(script.startswith("#compdef reelface\n"))
        done = subprocess.run(["bash", "-n"], input=script, capture_output=True, text=True, timeout=60)
        self.assertEqual((done.returncode, done.stderr), (0, ""), "what bash cannot read, zsh cannot")
        functions = re.findall(r"^(_\w+)\(\) \{$", script, re.MULTILINE)
        self.assertEqual(set(re.findall(r"\) (_reelface_\w+) ;;", script)) | {"_reelface"}, set(functions))
        form = re.compile(r"^(\*|\([^()]*\))?--?[\w-]+\[(?:[^\[\]:\\]|\\.)+\](?::(?:[^:\\]|\\.)*:(?:_files|\([^()]*\)))?$")
        specifications = [word for line in script.splitlines() if re.match(r"^    '[(*]-", line) or line.startswith("    '*-")
                          for word in shlex.split(line.removesuffix(" \\"))]
        self.assertGreater(len(specifications), 150)
        for word in specifications:
            self.assertRegex(word, form)
        self.assertIn("'(--mask)--mask[Shape of the mask\\: soft, box]:WORD:(soft box)'", script)

    def test_fish(self):
        lines = run("options", "--completions", "fish").stdout.splitlines()[1:]
        self.assertGreater(len(lines), 150)
        for line in lines:
            words = shlex.split(line)
            self.assertEqual(words[:3], ["complete", "-c", "reelface"])
            taken = {"-n": 1, "-l": 1, "-s": 1, "-a": 1, "-d": 1, "-f": 0, "-x": 0, "-r": 0}
            place = 3
            while place < len(words):
                self.assertIn(words[place], taken, line)
                place += 1 + taken[words[place]]
            self.assertEqual(place, len(words), line)
        self.assertTrue(any("-l upscale" in line and "__fish_seen_subcommand_from restore" in line for line in lines))


    def test_fish_itself(self):
        if not shutil.which("fish"):
            self.skipTest("no fish here")
        script = run("options", "--completions", "fish").stdout
        with tempfile.TemporaryDirectory() as home:
            def complete(line):
                done = subprocess.run(["fish", "-c", f"{script}\ncomplete -C {shlex.quote(line)}"], capture_output=True, text=True,
                                      timeout=60, cwd=home, env={**os.environ, "HOME": home})
                self.assertEqual((done.returncode, done.stderr), (0, ""))
                return [line.split("\t")[0] for line in done.stdout.splitlines()]
            self.assertEqual(complete("reelface res"), ["restore"])
            self.assertEqual(complete("reelface restore --ups"), ["--upscale", "--upscaler", "--upscaler-twin"])
            self.assertEqual(sorted(complete("reelface restore --mask ")), ["box", "soft"])
            self.assertEqual(sorted(complete("reelface settings ")), ["list", "show"])


class Manual(unittest.TestCase):
    """`options --man`: all commands and options, in a form that man reads."""

    @classmethod
    def setUpClass(cls):
        cls.page = run("options", "--man").stdout
        cls.shown = re.sub(r"\\f[BRI]|\\&", "", cls.page).replace("\\-", "-").replace("\\e", "\\")

    def test_everything_is_in_it(self):
        entries = {name for line in re.findall(r"^\.TP\n(.*)$", self.page, re.MULTILINE)
                   for name in re.findall(r"\\fB([\w\\-]+)\\fR", line)}
        entries = {name.replace("\\-", "-") for name in entries}
        for row in options():
            self.assertIn(("-" if len(row["name"]) == 1 else "--") + row["name"], entries)
            self.assertIn(row["help"], self.shown)
        commands = run("--help").stdout.split("Commands:\n")[1].split("\n\n")[0]
        for command in re.findall(r"^  (\w+) ", commands, re.MULTILINE):
            self.assertIn(f".SS reelface {command}", self.page)
        self.assertIn(".SS reelface models pull", self.page)

    def test_its_form(self):
        macros = set(re.findall(r"^(\.\w*)", self.page, re.MULTILINE))
        self.assertEqual(macros - {".TH", ".SH", ".SS", ".TP", ".PP", ".B", ".I", ".BR", ".br", ".nf", ".fi"}, set())
        self.assertEqual(self.page.count("\n.nf\n"), self.page.count("\n.fi\n"))
        self.assertEqual(re.findall(r"^'.*", self.page, re.MULTILINE), [])

    def test_exit_codes_are_those_of_readme(self):
        told = (ROOT / "README.md").read_text(encoding="utf-8").split("## Exit codes\n")[1].split("\n\n")[0]
        codes = re.findall(r"(?:^|· *)(\d+)(?:/(\d+))? ", told.replace("\n", " "))
        section = self.page.split(".SH EXIT STATUS")[1].split(".SH")[0]
        self.assertEqual(re.findall(r"\b\d+\b", section), [code for pair in codes for code in pair if code])

    def test_man_reads_it(self):
        if not shutil.which("groff"):
            self.skipTest("no groff here")
        done = subprocess.run(["groff", "-man", "-Kutf8", "-Tutf8", "-ww", "-z"], input=self.page, capture_output=True, text=True, timeout=60)
        self.assertEqual((done.returncode, done.stderr), (0, ""))


if __name__ == "__main__":
    PROGRAM, ROOT = os.path.abspath(sys.argv.pop(1)), Path(sys.argv.pop(1))
    unittest.main(verbosity=1)
