#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A film is worked on in one way, whichever command asks: limits, faults and interruptions are the same everywhere.

    composition_test.py REELFACE [unittest options]
"""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from checking.clips import make_clip

PROGRAM = None
USAGE, UNREADABLE, TOO_LITTLE_MEMORY = 2, 3, 8


class Composition(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.media = tempfile.TemporaryDirectory(prefix="reelface_composition_")
        cls.clip = str(make_clip(Path(cls.media.name) / "film.mkv", frames=20, size="320x240"))
        cls.long_clip = str(make_clip(Path(cls.media.name) / "long.mkv", frames=3000, size="640x360"))

    @classmethod
    def tearDownClass(cls):
        cls.media.cleanup()

    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="reelface_composition_")
        self.addCleanup(temporary.cleanup)
        self.folder = temporary.name

    def call(self, *words):
        return subprocess.run([PROGRAM, *words], cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, timeout=120)

    def every_way(self, *options):
        """The same film restored in one run, in parts of one process, and planned for many."""
        yield ["restore", self.clip, "out.mkv", "--progress", "none", *options]
        yield ["restore", self.clip, "out.mkv", "--resume", "--progress", "none", *options]
        yield ["plan", self.clip, "out.mkv", "--folder", "work", *options]

    def test_memory_is_limited_in_every_way(self):
        for words in self.every_way("--max-memory", "1M"):
            with self.subTest(words[0:4]):
                done = self.call(*words)
                self.assertEqual(done.returncode, TOO_LITTLE_MEMORY, done.stderr)
                self.assertIn("--max-memory", done.stderr)
                self.assertFalse(os.path.exists(os.path.join(self.folder, "out.mkv")))

    def test_a_transcode_stays_within_the_estimate(self):
        film = str(make_clip(Path(self.media.name) / "wide.mkv", frames=120, size="1280x720"))
        words = ["restore", film, "out.mkv", "--model", "none", "-c:v", "libx264", "--threads", "2", "--progress", "none"]
        estimate = int(re.search(r"about (\d+) MiB", self.call(*words, "--max-memory", "1M").stderr)[1])
        process = subprocess.Popen([PROGRAM, *words], cwd=self.folder, stdin=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(process.returncode, 0)
        self.assertLess(used.ru_maxrss / 1024, 1.15 * estimate)
        self.assertGreater(used.ru_maxrss / 1024, 0.5 * estimate)

    def test_a_plan_keeps_the_limit_for_its_parts(self):
        done = self.call("plan", self.clip, "out.mkv", "--folder", "work", "--max-memory", "4G", "--parts", "1")
        self.assertEqual(done.returncode, 0, done.stderr)
        plan = Path(self.folder, "work", "plan.json")
        self.assertEqual(json.loads(plan.read_text())["options"]["max-memory"], ["4G"])

    def test_tracks_that_cannot_be_read_are_no_model(self):
        for words in self.every_way("--tracks", "none.json"):
            with self.subTest(words[0:4]):
                done = self.call(*words)
                self.assertEqual(done.returncode, UNREADABLE, done.stderr)
                self.assertIn("none.json", done.stderr)

    def interrupted(self, number, *words):
        """The exit code of a command that gets the signal while it works."""
        process = subprocess.Popen([PROGRAM, *words], cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
        process.stderr.readline()  # it says how far it is: the work has begun
        process.send_signal(number)
        _, errors = process.communicate(timeout=120)
        return process.returncode, errors

    def test_every_command_ends_with_the_signals_code(self):
        self.call("plan", "-m", "none", self.long_clip, "parts.mkv", "--folder", "work", "--parts", "1")
        commands = [
            ["restore", "-m", "none", self.long_clip, "a.mkv", "--progress", "json"],
            ["restore", "-m", "none", self.long_clip, "b.mkv", "--resume", "--progress", "json"],
            ["part", "work", "0", "--progress", "json"],
            ["plan", "-m", "none", self.long_clip, "c.mkv", "--folder", "other", "--progress", "json"],
        ]
        for words in commands:
            for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
                with self.subTest(words=words[0:5], signal=number):
                    ended, errors = self.interrupted(number, *words)
                    self.assertEqual(ended, code, errors)


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=1)
