#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Which containers and codecs are read: what people restore, the rest with --any-format, lists of other files never.

    formats_test.py PRODUCT [unittest options]
"""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from face_clips import say_turned

PRODUCT = None
FRAMES = 12
UNREADABLE = 3


def ffmpeg(*words):
    subprocess.run(["ffmpeg", "-nostdin", "-y", "-v", "error", *map(str, words)], check=True)


def make_turned(film, turned):
    upright = turned.with_suffix(".upright.mp4")
    ffmpeg("-i", film, "-c:v", "libx264", "-pix_fmt", "yuv420p", upright)
    say_turned(upright, turned, 90)


def rotation(film):
    done = subprocess.run(["ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries", "stream_side_data=rotation",
                           "-of", "csv=p=0", str(film)], capture_output=True, text=True, check=True)
    return int(done.stdout.strip().strip(",") or 0)


class Formats(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory(prefix="reelface_formats_")
        cls.folder = Path(cls.temporary.name)
        source = ["-f", "lavfi", "-i", "testsrc2=s=64x48:r=30", "-frames:v", FRAMES]
        cls.game = cls.folder / "cutscene.roq"
        ffmpeg(*source, "-c:v", "roqvideo", cls.game)
        cls.clean = cls.folder / "clean.mkv"
        ffmpeg(*source, "-c:v", "ffv1", cls.clean)
        cls.tagged = cls.folder / "tagged.avi"
        ffmpeg(*source, "-c:v", "mpeg4", "-tag:v", "FMP4", cls.tagged)
        cls.tagged.write_bytes(cls.tagged.read_bytes().replace(b"FMP4", b"KMVC"))
        cls.playlist = cls.folder / "list.ffconcat"
        cls.playlist.write_text("ffconcat version 1.0\nfile 'clean.mkv'\n")

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def run_program(self, *words, code=0):
        done = subprocess.run([PRODUCT, *map(str, words)], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=300)
        self.assertEqual(done.returncode, code, f"{words}: {done.stderr}")
        return done.stderr

    def commands(self, film, folder):
        """Every command that reads a film."""
        output = folder / "out.mkv"
        return [["restore", "-m", "none", "-c:v", "ffv1", film, output, "-y"],
                ["restore", "-m", "none", "-c:v", "ffv1", film, folder / "resumed.mkv", "--resume"],
                ["plan", film, folder / "parts.mkv", "--folder", folder / "parts", "-m", "none", "-c:v", "ffv1"],
                ["analyze", film],
                ["degrade", film, output, "--set", "noise=4", "-y"],
                ["compare", film, "--reference", self.clean, "--measures", "basic", "--faces", "off"]]

    def test_a_turned_film_stays_turned_in_matroska_where_ffmpeg_keeps_it(self):
        """Newer versions of libav can say it in Matroska. Older ones cannot, and then it is refused, not lost."""
        turned, copied, restored = (self.folder / name for name in ("turned.mp4", "copied.mkv", "turned_restored.mkv"))
        make_turned(self.clean, turned)
        self.assertNotEqual(rotation(turned), 0)
        ffmpeg("-i", turned, "-c", "copy", copied)
        words = ["restore", "-m", "none", "-c:v", "ffv1", turned, restored, "-y"]
        if rotation(copied) == rotation(turned):
            self.run_program(*words)
            self.assertEqual(rotation(restored), rotation(turned))
        else:
            self.assertIn("turned for display", self.run_program(*words, code=2))
            self.assertFalse(restored.exists())

    def test_a_games_film_waits_to_be_asked_for(self):
        with tempfile.TemporaryDirectory(prefix="reelface_formats_") as name:
            for words in self.commands(self.game, Path(name)):
                with self.subTest(words[0]):
                    said = self.run_program(*words, code=UNREADABLE)
                    self.assertIn("'roq'", said)
                    self.assertIn("--any-format", said)
            for words in self.commands(self.game, Path(name)):
                with self.subTest(words[0], asked=True):
                    self.run_program(*words, "--any-format")
            # The plan carries the option to whoever makes the parts.
            self.run_program("part", Path(name) / "parts", "0")
            self.run_program("join", Path(name) / "parts")
            self.assertTrue((Path(name) / "parts.mkv").exists())

    def test_a_tag_does_not_bring_in_a_games_decoder(self):
        with tempfile.TemporaryDirectory(prefix="reelface_formats_") as name:
            for words in self.commands(self.tagged, Path(name)):
                with self.subTest(words[0]):
                    said = self.run_program(*words, code=UNREADABLE)
                    self.assertIn("'kmvc'", said)
                    self.assertIn("--any-format", said)

    def test_playlists_are_refused_even_then(self):
        with tempfile.TemporaryDirectory(prefix="reelface_formats_") as name:
            for words in self.commands(self.playlist, Path(name)):
                with self.subTest(words[0]):
                    self.assertIn("playlist", self.run_program(*words, "--any-format", code=UNREADABLE))


if __name__ == "__main__":
    PRODUCT = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
