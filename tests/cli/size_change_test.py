#!/usr/bin/env python3
"""Films whose pictures change their size on the way: scaled where the shape stays, between black bars where it does not,
never squashed, and the user is told.

    size_change_test.py PRODUCT [unittest options]
"""

import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PRODUCT = None
FRAMES = 10  # of each piece


def make_film(path, pieces):
    """White pictures of each size and pixel aspect in turn, in one transport stream."""
    whole = b""
    for number, (size, aspect) in enumerate(pieces):
        part = path.with_name(f"{path.stem}_{number}.ts")
        subprocess.run(["ffmpeg", "-nostdin", "-y", "-v", "error", "-f", "lavfi", "-i", f"color=white:s={size}:r=25",
                        "-vf", f"setsar={aspect}", "-frames:v", str(FRAMES), "-c:v", "libx264", "-preset", "ultrafast",
                        "-pix_fmt", "yuv420p", str(part)], check=True)
        whole += part.read_bytes()
        part.unlink()
    path.write_bytes(whole)
    return path


def lit_boxes(path, width, height):
    """For each frame, where it is not black: left, top, width, height."""
    raw = subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-i", str(path), "-f", "rawvideo", "-pix_fmt", "gray",
                          "-fps_mode", "passthrough", "-"], check=True, capture_output=True).stdout
    size = width * height
    boxes = []
    for start in range(0, len(raw), size):
        frame = raw[start:start + size]
        rows = [row for row in range(height) if max(frame[row * width:(row + 1) * width]) > 128]
        columns = [column for column in range(width) if max(frame[column::width]) > 128]
        boxes.append((columns[0], rows[0], columns[-1] - columns[0] + 1, rows[-1] - rows[0] + 1))
    return boxes


class SizeChange(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="reelface_sizes_")
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)

    def run_program(self, *words):
        done = subprocess.run([PRODUCT, *map(str, words)], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=300)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def restored(self, pieces, first_size):
        """The boxes of the last piece, what was said, and the report."""
        film = make_film(self.folder / "film.ts", pieces)
        output, report = self.folder / "out.mkv", self.folder / "report.json"
        done = self.run_program("restore", "-m", "none", "-c:v", "ffv1", film, output, "--report", report, "-y",
                                "--progress", "none")
        boxes = lit_boxes(output, *first_size)
        self.assertEqual(len(boxes), FRAMES * len(pieces))
        self.assertEqual(set(boxes[:FRAMES]), {(0, 0, *first_size)}, "the first piece is as it was")
        found = json.loads(report.read_text())
        self.assertEqual(found["damage"]["size_changes"], FRAMES)
        return set(boxes[FRAMES:]), done.stderr, found

    def test_the_same_shape_fills_the_picture(self):
        boxes, said, report = self.restored([("320x240", "1"), ("640x480", "1")], (320, 240))
        self.assertEqual(boxes, {(0, 0, 320, 240)})
        self.assertIn(f"{FRAMES} frames were scaled to the film's size", said)
        self.assertNotIn("black bars", said)
        self.assertEqual(report["damage"]["boxed_frames"], 0)
        self.assertTrue(any("change their size" in warning for warning in report["warnings"]), report["warnings"])

    def test_an_upright_picture_stands_between_bars(self):
        boxes, said, report = self.restored([("320x240", "1"), ("240x320", "1")], (320, 240))
        self.assertEqual(boxes, {(70, 0, 180, 240)})
        self.assertIn(f"{FRAMES} frames of another shape were put between black bars", said)
        self.assertEqual(report["damage"]["boxed_frames"], FRAMES)

    def test_a_wide_picture_lies_between_bars(self):
        boxes, said, _ = self.restored([("320x240", "1"), ("640x360", "1")], (320, 240))
        self.assertEqual(boxes, {(0, 30, 320, 180)})
        self.assertIn("black bars", said)

    def test_television_goes_wide_with_the_same_samples(self):
        boxes, said, _ = self.restored([("360x288", "16/15"), ("360x288", "64/45")], (360, 288))
        self.assertEqual(boxes, {(0, 36, 360, 216)})
        self.assertIn("black bars", said)

    def test_every_command_says_so(self):
        film = make_film(self.folder / "film.ts", [("320x240", "1"), ("240x320", "1")])
        good = self.folder / "good.mkv"
        self.run_program("restore", "-m", "none", "-c:v", "ffv1", film, good, "--progress", "none")
        for words in (["analyze", film], ["degrade", film, self.folder / "bad.mkv", "--set", "noise=4"],
                      ["compare", film, "--reference", good, "--measures", "basic", "--faces", "off"],
                      ["plan", film, self.folder / "new.mkv", "--folder", self.folder / "parts", "-m", "none",
                       "-c:v", "ffv1", "--parts", "2"]):
            with self.subTest(words[0]):
                self.assertIn("black bars", self.run_program(*words).stderr)
        self.run_program("part", self.folder / "parts", "0", "1")
        self.run_program("join", self.folder / "parts")
        self.assertEqual(lit_boxes(self.folder / "new.mkv", 320, 240), lit_boxes(good, 320, 240),
                         "a film made in parts is that of one run")


if __name__ == "__main__":
    PRODUCT = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
