#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the program prints: all of it arrives or the run has failed, none of it commands a terminal, and commands that it
tells can be pasted into a shell.

    printing_test.py PRODUCT [unittest options]
"""

import json
import os
import subprocess
import sys
import unittest

from checking.media import Media
from command_line_case import FRAMES, CommandLine

PRODUCT = None


class Streams(CommandLine):
    def test_encoders_are_quiet(self):
        done = self.run_program("restore", "--model", "none", "-c:v", "libsvtav1", "--progress", "none", self.clip, self.output)
        self.assert_done(done)
        self.assertNotIn("svt", done.errors.lower(), "it talks past libav")

    def plan_folder(self):
        folder = self.folder / "plan"
        done = self.run_program("plan", self.clip, self.output, "--folder", folder, "--model", "none", "--progress", "none")
        self.assertEqual(done.returncode, 0, done.errors)
        return folder

    def commands_that_print(self):
        plan = ["plan", self.clip, self.output, "--model", "none", "--folder"]
        return (["--help"], ["--version"], ["restore", "--help"], ["devices"], ["devices", "--json"], ["models", "list"],
                ["models", "verify", "spotter"], ["models", "inspect", "spotter"], ["models", "inspect", "spotter", "--json"],
                ["analyze", self.clip], ["compare", self.clip, self.clip, "--measures", "basic"],
                ["restore", self.clip, self.output, "--model", "none", "--dry-run"], ["status", self.plan_folder()],
                [*plan, self.folder / "another"])

    def test_output_that_is_lost_is_a_failure(self):
        commands = self.commands_that_print()
        for words in commands:
            with self.subTest(words), open("/dev/full", "wb") as full:
                done = subprocess.run([PRODUCT, *map(str, words)], stdin=subprocess.DEVNULL, stdout=full, stderr=subprocess.PIPE,
                                      text=True, timeout=120)
                self.assertEqual(done.returncode, 4, done.stderr)
                self.assertIn("stdout", done.stderr)
        for words in commands[:-1]:  # a plan is made but once
            with self.subTest(words):
                line = " ".join(f"'{word}'" for word in (PRODUCT, *words)) + " >&-"
                done = subprocess.run(line, shell=True, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)
                self.assertEqual(done.returncode, 4, done.stderr)
                self.assertIn("stdout", done.stderr)

    def test_notes_of_the_wrong_kind_do_not_end_status(self):
        plan = self.plan_folder()
        for text in ('{"worker": 7, "reason": {}, "frames_done": "many", "updated": []}', '{"frames_done": 1e300}', "[]", "{"):
            for name in ("part-00000.failed", "part-00000.somebody.running"):
                (plan / name).write_text(text, encoding="utf-8")
            for words in ([], ["--json"]):
                with self.subTest(text):
                    done = self.run_program("status", plan, *words)
                    self.assertEqual(done.returncode, 0, done.errors)
                    self.assertIn(b"failed", done.stdout)

    def test_a_failure_keeps_its_own_code(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([PRODUCT, "models", "verify", "niqe"], stdin=subprocess.DEVNULL, stdout=full,
                                  stderr=subprocess.PIPE, text=True, timeout=60,
                                  env={**os.environ, "REELFACE_MODELS": str(self.folder), "HOME": str(self.folder)})
        self.assertEqual(done.returncode, 5, done.stderr)

    def test_what_is_printed_never_ends_in_a_file(self):
        """With stdout closed, the first file that is opened would be called 1."""
        tracks, page = self.folder / "tracks.json", self.folder / "people.html"
        line = f"'{PRODUCT}' analyze '{self.clip}' --tracks '{tracks}' --people '{page}' <&- >&-"
        before = self.clip.read_bytes()
        done = subprocess.run(line, shell=True, stderr=subprocess.PIPE, text=True, timeout=120)
        self.assertEqual(done.returncode, 4, done.stderr)
        self.assertEqual(self.clip.read_bytes(), before)
        json.loads(tracks.read_text(encoding="utf-8"))
        line = f"'{PRODUCT}' restore '{self.clip}' '{self.output}' --model none -c:v ffv1 <&- >&- 2>&-"
        self.assertEqual(subprocess.run(line, shell=True, timeout=120).returncode, 0)
        self.assertEqual(len(Media(str(self.output)).frames), FRAMES)


class Names(CommandLine):
    """Names of files that are no plain words."""

    def shell(self, line):
        return subprocess.run(["bash", "-c", line], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)

    def test_a_file_may_be_named_like_a_value(self):
        for name in ("0.5", "50", "0.65", "cpu"):
            (self.folder / name).write_bytes(b"")
        words = ["plan", self.clip, "out.mkv", "--folder", "plan", "--model", "none", "--window", "0.5", "--strength", "50",
                 "--face-detector-score", "0.65", "--device", "cpu"]
        done = self.run_program(*words, cwd=self.folder)
        self.assertEqual(done.returncode, 0, done.errors)
        options = json.loads((self.folder / "plan" / "plan.json").read_text(encoding="utf-8"))["options"]
        self.assertEqual((options["window"], options["strength"], options["face-detector-score"], options["device"]),
                         (["0.5"], ["50"], ["0.65"], ["cpu"]))
        self.assertEqual(self.run_program("part", "plan", "0", "--progress", "none", cwd=self.folder).returncode, 0)

    def test_tracks_are_found_from_elsewhere(self):
        done = self.run_program("analyze", self.clip, "--tracks", "tracks", cwd=self.folder)
        self.assertEqual(done.returncode, 0, done.errors)
        done = self.run_program("plan", self.clip, "out.mkv", "--folder", "plan", "--tracks", "tracks", "-c:v", "ffv1",
                                cwd=self.folder)
        self.assertEqual(done.returncode, 0, done.errors)
        done = self.run_program("part", self.folder / "plan", "0", "--progress", "none", cwd="/")
        self.assertEqual(done.returncode, 0, done.errors)

    def test_commands_that_are_told_can_be_pasted(self):
        names = ("two words", "it's", "$(touch gone)", "-dash", "back\\slash", "line\nbreak", "\x1b[2J", "\u009b2J", "\u202e")
        for number, name in enumerate(names):
            folder = self.folder / "plans" / name
            folder.parent.mkdir(exist_ok=True)
            with self.subTest(name):
                done = self.run_program("plan", self.clip, self.folder / f"{number}.mkv", f"--folder={name}", "--model", "none",
                                        "-c:v", "ffv1", cwd=folder.parent)
                self.assertEqual(done.returncode, 0, done.errors)
                told = done.stdout.decode()
                self.assertTrue(told.replace("\n", "").isprintable(), repr(told))
                part = next(line for line in told.splitlines() if line.startswith("make each:")).split(":", 1)[1]
                join = next(line for line in told.splitlines() if line.startswith("then:")).split(":", 1)[1]
                for command in (part.replace("NUMBER", "0"), join):
                    run = self.shell(f"cd '{folder.parent}' && " + command.replace("reelface", f"'{PRODUCT}'", 1))
                    self.assertEqual(run.returncode, 0, (command, run.stderr))
        self.assertFalse((self.folder / "plans" / "gone").exists())

    def test_advice_can_be_pasted(self):
        done = self.run_program("status", self.folder / "no plan's")
        self.assertEqual(done.returncode, 2)
        wanted = str(self.folder / "no plan's").replace("'", "'\\''")
        self.assertIn(f"--folder '{wanted}'", done.errors)

    def test_no_name_commands_the_terminal(self):
        for raw in (b"a\x9b2Jb", b"a\xc2\x9b2Jb", b"a\xe2\x80\xaeb", b"a\xff\x1b[2Jb"):
            with self.subTest(raw):
                name = os.path.join(os.fsencode(self.folder), raw + b".mkv")
                done = subprocess.run([PRODUCT, "restore", name, "out.mkv"], stdin=subprocess.DEVNULL, capture_output=True,
                                      timeout=60, cwd=self.folder)
                self.assertEqual(done.returncode, 3, done.stderr)
                self.assertTrue(done.stderr.decode().replace("\n", "").isprintable(), done.stderr)
                self.assertIn(b"a\\x", done.stderr)


if __name__ == "__main__":
    PRODUCT = CommandLine.program = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=1)
