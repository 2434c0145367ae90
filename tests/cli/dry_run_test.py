#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`--dry-run` shows the line: each step, what it needs and what it is there for.

    dry_run_test.py REELFACE [unittest options]
"""

import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from checking.clips import make_clip

PROGRAM = None
TOO_LITTLE_MEMORY = 8
COLUMNS = ("step", "looks back", "looks ahead", "at a cut", "memory", "what for")
FACES = ["detect", "track", "align", "gather", "restore", "match", "recall", "blend", "paste", "repeat"]


class DryRun(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.media = tempfile.TemporaryDirectory(prefix="reelface_dry_run_")
        cls.clip = str(make_clip(Path(cls.media.name) / "film.mkv", frames=20, size="320x240"))

    @classmethod
    def tearDownClass(cls):
        cls.media.cleanup()

    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="reelface_dry_run_")
        self.addCleanup(temporary.cleanup)
        self.folder = temporary.name

    def call(self, *words):
        return subprocess.run([PROGRAM, *words], cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, timeout=120)

    def dry_run(self, *options):
        done = self.call("restore", self.clip, "out.mkv", "--dry-run", *options)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(os.listdir(self.folder), [])
        return done.stdout

    def steps_in(self, text):
        """The table's rows by step; every cell begins where its column does."""
        lines = text.splitlines()
        header = next(line for line in lines if line.startswith("step "))
        starts = [header.index(name) for name in COLUMNS]
        rows = {}
        for line in lines[lines.index(header) + 1:]:
            for start in starts[1:]:
                self.assertEqual(line[start - 2:start], "  ", f"not in columns: {line}")
                self.assertNotEqual(line[start], " ", f"not in columns: {line}")
            ends = [*starts[1:], len(line)]
            cells = [line[start:end].strip() for start, end in zip(starts, ends)]
            rows[cells[0]] = dict(zip(COLUMNS, cells))
        return rows

    def steps(self, *options):
        return self.steps_in(self.dry_run(*options))

    def test_every_step_says_what_it_is_there_for(self):
        steps = self.steps()
        self.assertEqual(list(steps), FACES)
        for row in steps.values():
            self.assertGreater(len(row["what for"]), 10, row)
        self.assertIn("faithful", steps["restore"]["what for"])

    def test_reach_and_memory(self):
        steps = self.steps("--identity-guard", "off")
        self.assertEqual(steps["track"]["looks ahead"], "0.75 s, 8 frames")
        self.assertEqual(steps["track"]["at a cut"], "stops")
        self.assertEqual(steps["recall"]["looks back"], "0.75 s, 3 frames")
        self.assertEqual(steps["paste"]["looks back"], "-")
        self.assertIn("MiB", steps["restore"]["memory"])
        self.assertIn("MiB/frame", steps["align"]["memory"])

    def test_options_change_what_the_steps_say(self):
        self.assertEqual(self.steps("--window", "1")["track"]["looks ahead"], "1.5 s, 8 frames")
        self.assertNotIn("cuts", self.steps("--shot-cuts", "off")["track"]["what for"])
        self.assertIn("one frame of 4", self.steps("--detect-every", "4")["detect"]["what for"])
        self.assertEqual(self.steps("--identity-guard", "on")["recall"]["looks back"], "4 s, 3 frames")

    def test_steps_that_options_add(self):
        self.assertEqual(list(self.steps("--overlay", "time")), [*FACES, "time"])
        steps = self.steps("--upscale", "2", "--compare", "side")
        self.assertIn("then 1280x480", steps["paste"]["what for"])
        self.assertIn("original", steps["paste"]["what for"])

    def test_what_touches_nothing_has_no_steps(self):
        self.assertIn("steps: none", self.dry_run("--model", "none"))
        self.assertEqual(list(self.steps("--model", "none", "--upscale", "2", "--upscaler", "lanczos")), ["paste", "repeat"])

    def test_enlarging_is_a_step(self):
        steps = self.steps("--model", "none", "--upscale", "2")
        self.assertEqual(list(steps), ["cuts", "upscale", "pictures around", "settle", "paste", "repeat"])
        self.assertIn("MiB/frame", steps["upscale"]["memory"])
        self.assertIn("then 640x480", steps["paste"]["what for"])
        steps = self.steps("--model", "none", "--size", "-1x360", "--upscaler", "reel")
        self.assertEqual(list(steps), ["cuts", "frames around", "enlarge", "paste", "repeat"])
        self.assertIn("then 480x360", steps["paste"]["what for"])
        self.assertEqual(list(self.steps("--model", "none", "--size", "320x240")), ["paste", "repeat"])

    def test_memory_is_what_max_memory_is_held_against(self):
        told = re.search(r"^memory: about (\d+) MiB", self.dry_run(), re.MULTILINE)
        self.assertTrue(told)
        refused = self.call("restore", self.clip, "out.mkv", "--device", "cpu", "--max-memory", f"{told[1]}K")
        self.assertEqual(refused.returncode, TOO_LITTLE_MEMORY, refused.stderr)
        self.assertIn(f"about {told[1]} MiB", refused.stderr)

    def test_a_plan_shows_its_steps_too(self):
        done = self.call("plan", self.clip, "out.mkv", "--folder", "work", "--parts", "2", "--progress", "none")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(list(self.steps_in(done.stdout)), FACES)


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=1)
