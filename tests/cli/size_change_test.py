#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
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


def frame_sums(path):
    """One for each decoded frame."""
    text = subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-i", str(path), "-fps_mode", "passthrough", "-f",
                           "framemd5", "-"], check=True, capture_output=True, text=True).stdout
    return [line.split(",")[-1].strip() for line in text.splitlines() if not line.startswith("#")]


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

    def restored(self, pieces, size, *words):
        """The boxes of each piece, what was said, and the report."""
        film = make_film(self.folder / "film.ts", pieces)
        output, report = self.folder / "out.mkv", self.folder / "report.json"
        done = self.run_program("restore", "-m", "none", "-c:v", "ffv1", film, output, "--report", report, "-y",
                                "--progress", "none", *words)
        boxes = lit_boxes(output, *size)
        self.assertEqual(len(boxes), FRAMES * len(pieces))
        of_pieces = [set(boxes[start:start + FRAMES]) for start in range(0, len(boxes), FRAMES)]
        return of_pieces, done.stderr, json.loads(report.read_text())

    def test_the_same_shape_fills_the_picture_of_the_largest(self):
        boxes, said, report = self.restored([("320x240", "1"), ("640x480", "1")], (640, 480))
        self.assertEqual(boxes, [{(0, 0, 640, 480)}] * 2)
        self.assertIn(f"{FRAMES} frames were scaled to the film's size", said)
        self.assertNotIn("black bars", said)
        self.assertEqual(report["damage"]["size_changes"], FRAMES)
        self.assertEqual(report["damage"]["boxed_frames"], 0)
        self.assertTrue(any("change their size" in warning for warning in report["warnings"]), report["warnings"])

    def test_a_turned_phone_stands_between_bars(self):
        boxes, said, report = self.restored([("320x240", "1"), ("240x320", "1"), ("640x480", "1")], (640, 480))
        self.assertEqual(boxes, [{(0, 0, 640, 480)}, {(140, 0, 360, 480)}, {(0, 0, 640, 480)}])
        self.assertIn("of another shape, between black bars", said)
        self.assertEqual(report["damage"]["boxed_frames"], FRAMES)
        pictures = report["input"]["pictures"]
        self.assertEqual([(picture["width"], picture["area"]) for picture in pictures],
                         [(320, [0, 0, 640, 480]), (240, [140, 0, 360, 480]), (640, [0, 0, 640, 480])])
        self.assertEqual([round(picture["from"], 2) for picture in pictures], [0, 0.4, 0.8])

    def test_a_wide_picture_lies_between_bars(self):
        boxes, said, _ = self.restored([("320x240", "1"), ("640x360", "1"), ("320x240", "1")], (320, 240))
        self.assertEqual(boxes[1], {(0, 30, 320, 180)})
        self.assertIn("black bars", said)

    def test_the_shape_of_most_of_the_film_is_the_films(self):
        boxes, _, _ = self.restored([("320x240", "1"), ("640x360", "1"), ("320x180", "1")], (640, 360))
        self.assertEqual(boxes, [{(80, 0, 480, 360)}, {(0, 0, 640, 360)}, {(0, 0, 640, 360)}])

    def test_the_size_may_be_chosen(self):
        pieces = [("320x240", "1"), ("240x320", "1"), ("320x240", "1")]
        for canvas, size, boxes in (("first", (320, 240), [(0, 0, 320, 240), (70, 0, 180, 240)]),
                                    ("largest", (320, 240), [(0, 0, 320, 240), (70, 0, 180, 240)]),
                                    ("640x360", (640, 360), [(80, 0, 480, 360), (184, 0, 270, 360)])):
            with self.subTest(canvas):
                found, _, report = self.restored(pieces, size, "--canvas", canvas)
                self.assertEqual(found[:2], [{box} for box in boxes])
                self.assertEqual(report["input"]["width"], size[0])

    def test_a_film_of_one_size_may_get_another(self):
        boxes, _, _ = self.restored([("320x240", "1")], (400, 240), "--canvas", "400x240")
        self.assertEqual(boxes, [{(40, 0, 320, 240)}])

    def test_what_is_no_size_is_refused(self):
        film = make_film(self.folder / "film.ts", [("320x240", "1")])
        for word in ("wide", "640x-1", "0x10", "90000x5", "60000x60000", ""):
            with self.subTest(word):
                done = subprocess.run([PRODUCT, "restore", film, self.folder / "out.mkv", "--canvas", word],
                                      stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertFalse((self.folder / "out.mkv").exists())

    def test_television_goes_wide_with_the_same_samples(self):
        boxes, said, _ = self.restored([("360x288", "16/15"), ("360x288", "64/45"), ("360x288", "16/15")], (360, 288))
        self.assertEqual(boxes[1], {(0, 36, 360, 216)})
        self.assertIn("black bars", said)

    def test_the_plan_says_it_before(self):
        film = make_film(self.folder / "film.ts", [("320x240", "1"), ("240x320", "1"), ("640x480", "1")])
        said = self.run_program("restore", "-m", "none", film, self.folder / "out.mkv", "--dry-run").stdout
        self.assertIn("fitted into 640x480", said)
        self.assertRegex(said, r"0:00:00 320x240, scaled\n.*0:00:00.4 240x320, in 360x480 between black bars\n"
                               r".*0:00:00.8 640x480, as it is\n")
        plain = make_film(self.folder / "plain.ts", [("320x240", "1")])
        said = self.run_program("restore", "-m", "none", plain, self.folder / "out.mkv", "--dry-run").stdout
        self.assertNotIn("fitted", said)

    def test_a_pipe_has_the_size_that_is_asked_for(self):
        film = make_film(self.folder / "film.ts", [("320x240", "1"), ("640x480", "1")])
        for words, size in (([], (320, 240)), (["--canvas", "640x480"], (640, 480))):
            with self.subTest(size):
                output = self.folder / f"out_{size[0]}.mkv"
                done = subprocess.run([PRODUCT, "restore", "-m", "none", "-c:v", "ffv1", "-", str(output), *words],
                                      input=film.read_bytes(), capture_output=True, timeout=120)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(set(lit_boxes(output, *size)), {(0, 0, *size)})

    def test_parts_are_the_film_of_one_run(self):
        film = self.folder / "film.mkv"
        whole = make_film(self.folder / "film.ts", [("320x240", "1"), ("240x320", "1"), ("640x480", "1")])
        subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-i", str(whole), "-c", "copy", str(film)], check=True)
        for name, words in (("none", ["-m", "none"]), ("faces", [])):
            with self.subTest(name):
                good, made = self.folder / f"{name}_good.mkv", self.folder / f"{name}_made.mkv"
                parts = self.folder / f"{name}_parts"
                report = self.folder / f"{name}.json"
                self.run_program("restore", *words, "-c:v", "ffv1", film, good, "--progress", "none")
                self.run_program("plan", film, made, "--folder", parts, *words, "-c:v", "ffv1", "--parts", "4")
                plan = json.loads((parts / "plan.json").read_text())
                self.assertEqual(plan["canvas"]["size"], [640, 480])
                self.assertTrue(plan["may_seek"], "every part knows the film's size")
                for part in range(4):
                    self.assertNotIn("beginning at the start", self.run_program("part", parts, str(part)).stderr)
                self.run_program("join", parts)
                self.assertEqual(frame_sums(made), frame_sums(good))
                resumed = self.folder / f"{name}_resumed.mkv"
                self.run_program("restore", *words, "-c:v", "ffv1", film, resumed, "--resume", "--part-length", "0.3",
                                 "--report", report, "--progress", "none")
                self.assertEqual(frame_sums(resumed), frame_sums(good))
                self.assertEqual(len(json.loads(report.read_text())["input"]["pictures"]), 3)

    def test_tracks_fit_the_film_they_were_made_of(self):
        film = make_film(self.folder / "film.ts", [("320x240", "1"), ("240x320", "1"), ("640x480", "1")])
        tracks, out = self.folder / "tracks.json", self.folder / "out.mkv"
        shots = json.loads(self.run_program("analyze", film, "--tracks", tracks).stdout)["shots"]
        self.assertEqual([shot["first_frame"] for shot in shots], [0, FRAMES, 2 * FRAMES], "a change of size is a cut")
        self.run_program("restore", film, out, "-c:v", "ffv1", "--tracks", tracks, "--ss", "0.2", "--progress", "none")
        done = subprocess.run([PRODUCT, "restore", film, out, "-y", "--tracks", tracks, "--canvas", "first"],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("--canvas", done.stderr)

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
