#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Shared screens of a recorded call: slides, code and a page in a browser, as Chromium draws them, stay bit for bit, also
where the tile of somebody's camera lies on top; that tile is restored.

    screens_test.py PRODUCT [unittest options]
"""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest

from face_clips import STILL, WORN, digest_list, ffmpeg, run
from part_checks import Program

WIDTH, HEIGHT, RATE = 960, 540, 15
TILE = (610, 22, 322, 242)  # left, top, width, height
LOSSLESS = ["-c:v", "ffv1", "-y"]

SLIDE = """<body style="margin:0;background:#0b3d66;color:#fff;font-family:sans-serif"><div style="padding:40px">
<h1 style="font-size:44px">Plan for the year</h1><ul style="font-size:26px;line-height:1.8"><li>Finish the first version</li>
<li>Measure what it costs</li><li>Talk to those who use it</li></ul><div style="background:#f5a623;width:70px;height:60px"></div>
</div></body>"""
CODE = """<body style="margin:0;background:#1e1e1e;color:#d4d4d4"><pre style="padding:12px;font:14px/1.35 monospace">%s</pre></body>"""
PAGE = """<body style="margin:0;font:15px sans-serif;background:#fff;color:#222"><div style="background:#dfe3ea;padding:8px">
&#8592; &#8594; <span style="background:#fff;border:1px solid #aaa;padding:4px 90px">https://example.org/news</span></div>
<div style="padding:18px"><h1>Quarterly report</h1><img src="%s" style="float:left;width:220px;margin-right:20px">
<p>Sales have grown in all regions, most of all where the new shops were opened in spring. Costs went down by two per cent. What
remains to be done is on the last page.</p><table border=1 cellspacing=0 cellpadding=4><tr><td>Q1</td><td>12.5</td></tr>
<tr><td>Q2</td><td>14.1</td></tr><tr><td>Q3</td><td>9.9</td></tr></table><p>The board thanks everybody who has helped, and those
who will. The next report comes in three months, with figures of every shop.</p></div></body>"""


def drawn(folder, name, page, size=(WIDTH, HEIGHT)):
    """The page as a picture."""
    html, picture = (os.path.join(folder, f"{name}.{kind}") for kind in ("html", "png"))
    with open(html, "w", encoding="utf-8") as file:
        file.write("<!doctype html><meta charset=utf-8>" + page)
    run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
         f"--user-data-dir={folder}/profile", f"--window-size={size[0]},{size[1]}", f"--screenshot={picture}", f"file://{html}"])
    return picture


def call_of(pages, path, seconds=1.4):
    """Each page in turn for that long, a worn and noisy face in a tile on top of all."""
    left, top, width, height = TILE
    inputs, shown = [], ""
    for number, page in enumerate(pages):
        inputs += ["-loop", "1", "-framerate", RATE, "-t", seconds, "-i", page]
        shown += f"[{number}:v]"
    tile = (f"[{len(pages)}:v]scale=440:-2,crop={width}:{height}:'40+6*sin(n/5)':'30+4*cos(n/7)',{WORN},noise=alls=7:allf=t:all_seed=5,"
            f"setsar=1[tile]")
    ffmpeg(*inputs, "-loop", "1", "-framerate", RATE, "-i", STILL, "-filter_complex",
           f"{shown}concat=n={len(pages)},setsar=1,format=yuv420p[pages];{tile};[pages][tile]overlay={left}:{top}:shortest=1,"
           "format=yuv420p", "-c:v", "ffv1", path)


def frames_of(path):
    """The samples of each frame, plane after plane."""
    raw = run(["ffmpeg", "-v", "error", "-i", path, "-f", "rawvideo", "-pix_fmt", "yuv420p", "-fps_mode", "passthrough", "-"])
    size = WIDTH * HEIGHT * 3 // 2
    return [raw[start:start + size] for start in range(0, len(raw), size)]


def planes():
    """Begin, width, height and divisor of each plane of a frame."""
    luma, chroma = WIDTH * HEIGHT, WIDTH * HEIGHT // 4
    return [(0, WIDTH, HEIGHT, 1), (luma, WIDTH // 2, HEIGHT // 2, 2), (luma + chroma, WIDTH // 2, HEIGHT // 2, 2)]


def differences(before, after):
    """How many rows differ outside of the tile, and how many samples of light within."""
    outside = within = 0
    for begin, width, height, divisor in planes():
        left, top = TILE[0] // divisor, TILE[1] // divisor
        right, bottom = left + TILE[2] // divisor, top + TILE[3] // divisor
        for row in range(height):
            start = begin + row * width
            one, other = before[start:start + width], after[start:start + width]
            if one == other:
                continue
            if not top <= row < bottom:
                outside += 1
                continue
            outside += one[:left] != other[:left] or one[right:] != other[right:]
            if divisor == 1:
                within += sum(a != b for a, b in zip(one[left:right], other[left:right]))
    return outside, within


@unittest.skipUnless(shutil.which("chromium"), "NOT TESTED: chromium is not installed")
class Screens(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.program = Program(PRODUCT)
        cls.temporary = tempfile.TemporaryDirectory(prefix="reelface_screens_")
        cls.addClassCleanup(cls.temporary.cleanup)
        folder = cls.temporary.name
        with open(os.path.abspath(__file__), encoding="utf-8") as file:
            code = "".join(file.readlines()[20:60]).replace("&", "&amp;").replace("<", "&lt;")
        pages = [drawn(folder, "slide", SLIDE), drawn(folder, "code", CODE % code),
                 drawn(folder, "page", PAGE % ("file://" + os.path.abspath(STILL)))]
        cls.call, cls.still = cls.file("call.mkv"), cls.file("still.mkv")
        call_of(pages, cls.call)
        ffmpeg("-loop", "1", "-framerate", RATE, "-t", "1", "-i", pages[2], "-vf", "format=yuv420p", "-c:v", "ffv1", cls.still)

    @classmethod
    def file(cls, name):
        return os.path.join(cls.temporary.name, name)

    def changes(self, name, *words):
        """Rows of the screens and samples of the tile that differ, in each frame."""
        output = self.program.restore(self.call, self.file(name + ".mkv"), *LOSSLESS, *words)
        before, after = frames_of(self.call), frames_of(output)
        self.assertEqual(len(before), len(after))
        return [differences(*both) for both in zip(before, after)]

    def test_screens_stay_and_the_tile_on_top_is_restored(self):
        changes = self.changes("for_call", "--for", "call")
        self.assertEqual([outside for outside, _ in changes], [0] * len(changes))
        self.assertGreater(min(within for _, within in changes), 2000, "the face was not restored everywhere")

    def test_whatever_is_done_to_the_whole_picture_leaves_them(self):
        words = ["--clean", "90", "--even", "on", "--levels", "auto"]
        changes = self.changes("everything", "--keep-screens", "on", *words)
        self.assertEqual([outside for outside, _ in changes], [0] * len(changes))
        self.assertGreater(min(within for _, within in changes), TILE[2] * TILE[3] // 2)
        # Without being told to leave them, they are changed: nothing here is equal because nothing happens.
        self.assertGreater(min(outside for outside, _ in self.changes("changed", *words)), 50)

    def test_in_parts_it_is_the_same(self):
        whole = self.program.restore(self.call, self.file("whole.mkv"), *LOSSLESS, "--for", "call")
        output, folder = self.file("joined.mkv"), self.file("parts")
        self.program.plan(self.call, output, folder, "--parts", "4", *LOSSLESS, "--for", "call")
        self.program.make_parts(folder, 4)
        self.program.run("join", folder)
        self.assertEqual(digest_list(output), digest_list(whole))

    def test_a_face_in_a_photo_on_a_page_stays(self):
        for words in (["--for", "call"], ["--keep-screens", "on"]):
            output = self.program.restore(self.still, self.file("photo.mkv"), *LOSSLESS, *words)
            self.assertEqual(digest_list(output), digest_list(self.still))

    def test_the_plan_says_that_screens_are_left(self):
        said = subprocess.run([PRODUCT, "restore", self.call, self.file("plan.mkv"), "--dry-run", "--for", "call"],
                              capture_output=True, text=True, check=True).stdout
        self.assertIn("finds shared screens", said)
        self.assertIn("gives shared screens back", said)


if __name__ == "__main__":
    PRODUCT = sys.argv.pop(1)
    unittest.main()
