# SPDX-License-Identifier: Apache-2.0
"""What tests of the command line share: a clip, a folder for each test, and how the program is called and judged."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

from checking.clips import make_clip

FRAMES = 60


class CommandLine(unittest.TestCase):
    program = None

    @classmethod
    def setUpClass(cls):
        cls.media_folder = tempfile.TemporaryDirectory(prefix="reelface_cli_")
        cls.clip = make_clip(Path(cls.media_folder.name) / "clip.mkv", frames=FRAMES, size="160x120")

    @classmethod
    def tearDownClass(cls):
        cls.media_folder.cleanup()

    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="reelface_cli_")
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        self.output = self.folder / "out.mkv"

    def run_program(self, *arguments, **process):
        process.setdefault("stdin", subprocess.DEVNULL)
        done = subprocess.run([self.program, *[os.fsencode(str(part)) for part in arguments]], capture_output=True,
                              timeout=120, **process)
        done.errors = done.stderr.decode(errors="replace")
        return done

    def restore(self, *options, source=None, output=None, **process):
        return self.run_program("restore", "--model", "none", "-c:v", "libx264", "--preset", "ultrafast", *options,
                                source or self.clip, output or self.output, **process)

    def assert_done(self, done):
        self.assertEqual(done.returncode, 0, done.errors)
        self.assertEqual(done.stdout, b"")

    def assert_refused(self, done, code=2, word=None):
        self.assertEqual(done.returncode, code, done.errors)
        self.assertEqual(done.stdout, b"", "a refusal belongs on stderr")
        lines = [line for line in done.errors.splitlines() if line.strip()]
        self.assertTrue(1 <= len(lines) <= 4, f"not a short message: {done.errors}")
        if word:
            self.assertIn(word.lower(), done.errors.lower())
        self.assertEqual(os.listdir(self.folder), [], "something was written")
