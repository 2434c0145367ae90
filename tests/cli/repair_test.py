#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""--repair as a user sees it: what is listed is what is changed, an edited list holds, and the views show it.

    repair_test.py REELFACE
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest

PROGRAM = ""
WIDTH, HEIGHT, FRAMES = 160, 120, 24
SPECKS = {n: (20 + n * 37 % 120, 15 + n * 23 % 90) for n in range(3, FRAMES - 3, 3)}


def film(path, layout, specks=True):
    """A picture that moves slowly, with a speck on every third frame."""
    chain = "[0:v]gblur=sigma=2,crop=160:120:x='20+0.5*n':y=20[picture]"
    inputs = ["-f", "lavfi", "-i", "mandelbrot=s=240x180:r=25:start_scale=0.6:end_pts=1e9", "-f", "lavfi", "-i", "color=black:s=4x4:r=25"]
    last = "[picture]"
    for n, (x, y) in SPECKS.items() if specks else ():
        chain += f";{last}[1:v]overlay=x={x}:y={y}:enable='eq(n,{n})'[s{n}]"
        last = f"[s{n}]"
        chain = chain.replace("[1:v]", f"[c{n}]")
    if specks:
        names = "".join(f"[c{n}]" for n in SPECKS)
        chain = f"[1:v]split={len(SPECKS)}{names};" + chain
    subprocess.run(["ffmpeg", "-v", "error", "-y", *inputs, "-filter_complex", chain, "-map", last, "-frames:v", str(FRAMES),
                    "-pix_fmt", layout, "-c:v", "ffv1", path], check=True)


def planes(path):
    done = subprocess.run(["ffmpeg", "-v", "error", "-i", path, "-f", "rawvideo", "-"], capture_output=True, check=True)
    size = len(done.stdout) // FRAMES
    return [done.stdout[i * size:(i + 1) * size] for i in range(FRAMES)]


class Repair(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def restore(self, source, output, *options, fails=False):
        done = subprocess.run([PROGRAM, "restore", source, output, "--model", "none", "-c:v", "ffv1", *options],
                              capture_output=True, text=True)
        self.assertEqual(done.returncode != 0, fails, done.stderr)
        return done.stderr

    def lines(self, name):
        with open(self.path(name)) as file:
            return [json.loads(line) for line in file]

    def test_what_is_listed_is_what_is_changed(self):
        for layout in ("yuv420p", "yuv422p10le", "yuv444p12le"):
            with self.subTest(layout):
                source, output = self.path(f"{layout}.mkv"), self.path(f"{layout}_new.mkv")
                film(source, layout)
                self.restore(source, output, "--repair", "dirt,scratches", "--repair-list", self.path(f"{layout}.jsonl"))
                listed = self.lines(f"{layout}.jsonl")
                frames = {line["frame"] for line in listed}
                self.assertEqual(frames, set(SPECKS))
                before, after = planes(source), planes(output)
                self.assertEqual({n for n in range(FRAMES) if before[n] != after[n]}, frames)
                width = 2 if "le" in layout else 1
                for n in frames:
                    boxes = [line["box"] for line in listed if line["frame"] == n]
                    for y in range(HEIGHT):
                        for x in range(WIDTH):
                            if any(left <= x < left + w and top <= y < top + h for left, top, w, h in boxes):
                                continue
                            at = (y * WIDTH + x) * width
                            self.assertEqual(before[n][at:at + width], after[n][at:at + width], (n, x, y))

    def test_an_edited_list_holds(self):
        source = self.path("old.mkv")
        film(source, "yuv420p")
        self.restore(source, self.path("all.mkv"), "--repair", "on", "--repair-list", self.path("all.jsonl"))
        with open(self.path("all.jsonl")) as file:
            lines = file.readlines()
        with open(self.path("some.jsonl"), "w") as file:
            file.writelines(lines[::2])
        for name, options in (("some", []), ("serial", ["--serial"]), ("resumed", ["--resume", "--part-length", "0.4"])):
            self.restore(source, self.path(f"{name}.mkv"), "--repair", "on", "--keep-repairs", self.path("some.jsonl"), *options)
        whole, some, old = planes(self.path("all.mkv")), planes(self.path("some.mkv")), planes(source)
        kept = {json.loads(line)["frame"] for line in lines[::2]}
        left_out = {json.loads(line)["frame"] for line in lines} - kept
        self.assertTrue(kept and left_out)
        for n in range(FRAMES):
            self.assertEqual(some[n], old[n] if n in left_out else whole[n], n)
        self.assertEqual(planes(self.path("serial.mkv")), some)
        self.assertEqual(planes(self.path("resumed.mkv")), some)

    def test_a_clean_film_stays(self):
        source, output = self.path("clean.mkv"), self.path("same.mkv")
        film(source, "yuv420p", specks=False)
        self.restore(source, output, "--repair", "on")
        self.assertEqual(planes(source), planes(output))

    def test_views_show_repairs_and_what_was_removed(self):
        source = self.path("old.mkv")
        film(source, "yuv444p")
        self.restore(source, self.path("red.mkv"), "--repair", "on", "--compare", "repairs")
        self.restore(source, self.path("removed.mkv"), "--repair", "on", "--compare", "removed")
        red, removed = planes(self.path("red.mkv")), planes(self.path("removed.mkv"))
        for n, (x, y) in SPECKS.items():
            middle = (y + 2) * WIDTH + x + 2
            self.assertGreater(red[n][2 * WIDTH * HEIGHT + middle], 200, "red chroma")
            self.assertNotEqual(removed[n][middle], 126)
        for n in set(range(FRAMES)) - set(SPECKS):
            self.assertEqual(set(removed[n][:WIDTH * HEIGHT]), {126}, n)

    def test_a_page_shows_what_was_repaired(self):
        source, page = self.path("old.mkv"), self.path("page.html")
        film(source, "yuv420p")
        self.restore(source, self.path("new.mkv"), "--repair", "on", "--report", page, "--repair-list", self.path("list.jsonl"))
        listed = self.lines("list.jsonl")
        with open(page) as file:
            html = file.read()
        self.assertIn(f"{len(listed)} places in {len({line['frame'] for line in listed})} of {FRAMES} frames", html)
        repaired = html.split(">Most repaired</h2>")[1].split("<section")[0]
        shown = {int(frame) for frame in re.findall(r"data-name=\"Frame (\d+)\"", repaired)}
        self.assertTrue(shown and shown <= set(SPECKS), shown)
        self.assertEqual(repaired.count("alt="), 3 * len(shown), "before, after, and the repairs in red")

    def test_words_that_do_not_go_together(self):
        source, output = self.path("old.mkv"), self.path("new.mkv")
        film(source, "yuv420p")
        for options, said in ((["--repair-list", self.path("l")], "give --repair on"),
                              (["--keep-repairs", source], "give --repair on"),
                              (["--compare", "repairs"], "give --repair on"),
                              (["--repair", "on", "--repair-list", self.path("l"), "--resume"], "without --resume"),
                              (["--repair", "on", "--keep-repairs", source], "is no repair"),
                              (["--repair", "on", "--keep-repairs", self.path("none")], "make it with --repair-list")):
            self.assertIn(said, self.restore(source, output, *options, fails=True), options)
            self.assertFalse(os.path.exists(output))


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
