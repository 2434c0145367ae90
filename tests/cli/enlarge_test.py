#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Enlarging as a user sees it: sizes, layouts, an upscaler from a file, and what is wrong with one.

    enlarge_test.py REELFACE
"""
import json
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

from command_line_case import CommandLine

MODELS = Path(__file__).resolve().parents[2] / "models"


def ffmpeg(*words):
    return subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *map(str, words)], check=True, capture_output=True).stdout


def facts(path):
    """Width, height and pixel format."""
    done = subprocess.run(["ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries", "stream=width,height,pix_fmt", "-of", "json", str(path)],
                          check=True, capture_output=True)
    stream = json.loads(done.stdout)["streams"][0]
    return stream["width"], stream["height"], stream["pix_fmt"]


def samples(path, layout):
    return ffmpeg("-i", path, "-f", "rawvideo", "-pix_fmt", layout, "-")


class Enlarge(CommandLine):
    def enlarge(self, source, *options, name="large.mkv"):
        output = self.folder / name
        self.assert_done(self.run_program("restore", source, output, "--model", "none", "-c:v", "ffv1", "-y", *options))
        return output

    def film(self, layout, frames=8, size="80x60", name=None):
        path = self.folder / (name or f"{layout}.mkv")
        ffmpeg("-f", "lavfi", "-i", f"testsrc2=s={size}:r=25", "-frames:v", frames, "-pix_fmt", layout, "-c:v", "ffv1", path)
        return path

    def test_sizes(self):
        film = self.film("yuv420p")
        for options, size in ((("--upscale", "2"), (160, 120)), (("--upscale", "1.5"), (120, 90)), (("--upscale", "3"), (240, 180)),
                              (("--size", "-1x120"), (160, 120)), (("--size", "200x120"), (160, 120)), (("--size", "100x400"), (100, 75))):
            with self.subTest(options=options):
                width, height, _ = facts(self.enlarge(film, *options))
                self.assertEqual(width, size[0])
                self.assertAlmostEqual(height, size[1], delta=1)

    def test_depth_and_layout_stay(self):
        for layout in ("yuv420p", "yuv420p10le", "yuv444p12le", "gray", "gray10le", "yuva420p", "gbrp"):
            with self.subTest(layout=layout):
                film = self.film(layout)
                self.assertEqual(facts(self.enlarge(film, "--upscale", "2")), (160, 120, facts(film)[2]))

    def test_grey_stays_grey(self):
        film = self.folder / "grey.mkv"
        ffmpeg("-f", "lavfi", "-i", "testsrc2=s=80x60:r=25,hue=s=0", "-frames:v", 6, "-pix_fmt", "yuv444p", "-c:v", "ffv1", film)
        chroma = ffmpeg("-i", self.enlarge(film, "--upscale", "2"), "-vf", "extractplanes=u", "-f", "rawvideo", "-pix_fmt", "gray", "-")
        self.assertLessEqual(max(abs(code - 128) for code in set(chroma)), 1)

    def test_alpha_is_enlarged(self):
        film = self.folder / "alpha.mkv"
        ffmpeg("-f", "lavfi", "-i", "testsrc2=s=80x60:r=25,format=yuva444p,geq=lum='lum(X,Y)':cb='cb(X,Y)':cr='cr(X,Y)':a='if(lt(X,40),0,255)'",
               "-frames:v", 4, "-c:v", "ffv1", film)
        alpha = ffmpeg("-i", self.enlarge(film, "--upscale", "2"), "-vf", "alphaextract", "-f", "rawvideo", "-pix_fmt", "gray", "-")
        row = alpha[60 * 160:61 * 160]
        self.assertEqual((set(row[:74]), set(row[86:])), ({0}, {255}))

    def test_an_upscaler_from_a_file_is_that_upscaler(self):
        film = self.film("yuv420p")
        mine = self.folder / "mine.safetensors"
        shutil.copy(MODELS / "loupe.safetensors", mine)
        ours = samples(self.enlarge(film, "--upscale", "2"), "yuv420p")
        self.assertEqual(samples(self.enlarge(film, "--upscale", "2", "--upscaler", mine), "yuv420p"), ours)
        self.assertNotEqual(samples(self.enlarge(film, "--upscale", "2", "--upscaler", "lanczos"), "yuv420p"), ours)

    def test_what_is_no_upscaler_is_named(self):
        garbage = self.folder / "garbage.safetensors"
        garbage.write_bytes(b"no model at all" * 100)
        film = self.film("yuv420p")
        for file in (garbage, self.folder / "missing.pth"):
            done = self.run_program("restore", film, self.folder / "out.mkv", "--model", "none", "--upscale", "2", "--upscaler", file)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(Path(file).name, done.errors)
            self.assertFalse((self.folder / "out.mkv").exists())
        for name in ("faithful", "descriptor"):
            done = self.run_program("restore", film, self.folder / "out.mkv", "--model", "none", "--upscale", "2", "--upscaler", MODELS / f"{name}.safetensors")
            self.assertNotEqual(done.returncode, 0, "what works on faces enlarges nothing")
            self.assertIn(name, done.errors)
            self.assertFalse((self.folder / "out.mkv").exists())

    def test_pictures(self):
        still = self.folder / "still.png"
        ffmpeg("-f", "lavfi", "-i", "testsrc2=s=80x60", "-frames:v", 1, "-pix_fmt", "rgb24", still)
        output = self.folder / "large.png"
        self.assert_done(self.run_program("restore", still, output, "--model", "none", "--upscale", "2"))
        self.assertEqual(facts(output), (160, 120, "rgb24"))


if __name__ == "__main__":
    CommandLine.program = sys.argv.pop(1)
    unittest.main(verbosity=1)
