#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""CONTRIBUTING's recipes for a step and an option, followed to the letter on a copy of the tree, built and used.

    recipes_test.py SOURCE_FOLDER CMAKE step|option [WARNINGS_AS_ERRORS]

A compiler cache makes this short: only what the recipe touches is compiled, if all else was compiled with the same settings.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = CMAKE = None
WARNINGS_AS_ERRORS = "OFF"
RECIPES = Path(__file__).resolve().parent / "recipes"
FACE_STAGES = "pipeline/stages/face_stages.cpp"


def run(*words, **process):
    done = subprocess.run([str(word) for word in words], stdin=subprocess.DEVNULL, capture_output=True, text=True, **process)
    assert done.returncode == 0, f"{' '.join(map(str, words))}: {done.stdout[-3000:]}{done.stderr[-3000:]}"
    return done.stdout


class Copy:
    """A copy of the tree that recipes change."""

    def __init__(self, folder):
        self.folder = Path(folder) / "reelface"
        shutil.copytree(ROOT, self.folder, ignore=shutil.ignore_patterns("build", ".git", "__pycache__"))
        self.build_folder = self.folder / "build/release"

    def add(self, recipe, path):
        assert not (self.folder / path).exists(), f"{path} is there already"
        shutil.copyfile(RECIPES / recipe, self.folder / path)

    def insert(self, path, place, line, behind=False):
        """The line before (or behind) the one line that contains `place`."""
        file = self.folder / path
        lines = file.read_text(encoding="utf-8").split("\n")
        at = [number for number, text in enumerate(lines) if place in text]
        assert len(at) == 1, f"{path} has {len(at)} lines with {place!r}: does the recipe still say where to put {line!r}?"
        lines.insert(at[0] + behind, line)
        file.write_text("\n".join(lines), encoding="utf-8")

    def insert_at_the_end_of(self, path, function, line):
        """Before the `return line;` of a function."""
        file = self.folder / path
        head, body = file.read_text(encoding="utf-8").split(f"\nLine {function}(")
        inside, rest = body.split("\n  return line;\n", 1)
        file.write_text(f"{head}\nLine {function}({inside}\n  {line}\n  return line;\n{rest}", encoding="utf-8")

    def build(self, *targets):
        run(CMAKE, "--preset", "release", "-DREELFACE_BUILD_EXAMPLES=OFF", "-DREELFACE_BUILD_BENCH=OFF",
            f"-DREELFACE_WARNINGS_AS_ERRORS={WARNINGS_AS_ERRORS}", cwd=self.folder)
        run(CMAKE, "--build", self.build_folder, "--target", *targets)
        self.program = self.build_folder / "src/app/reelface"


def luma_of(path):
    """The luma samples of a film's first frame."""
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-frames:v", "1", "-pix_fmt", "gray", "-f", "rawvideo", "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout


def digest(path):
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-f", "framemd5", "-"]
    return hashlib.sha256(subprocess.run(command, capture_output=True, check=True).stdout).hexdigest()


class Recipe(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="reelface_recipe_")
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        self.film = self.folder / "film.mkv"
        run("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=128x96:rate=25", "-frames:v", "5", "-c:v", "ffv1",
            "-pix_fmt", "yuv420p", "-color_range", "pc", self.film)
        self.copy = Copy(self.folder)
        self.copy.add("invert_stage.h", "pipeline/stages/invert_stage.h")
        self.copy.add("invert_stage.cpp", "pipeline/stages/invert_stage.cpp")
        self.copy.insert(FACE_STAGES, '#include "pipeline/stages/paste_stage.h"', '#include "pipeline/stages/invert_stage.h"')

    def restore(self, name, *options):
        output = self.folder / name
        run(self.copy.program, "restore", "-m", "none", "-c:v", "ffv1", "--progress", "none", *options, self.film, output)
        return output

    def assert_inverted(self, output):
        self.assertEqual(luma_of(output), bytes(255 - code for code in luma_of(self.film)))


class Step(Recipe):
    def test_a_file_pair_one_line_in_the_line_one_test(self):
        self.copy.insert_at_the_end_of(FACE_STAGES, "make_restoring_line", "line.add(make_invert_stage());")
        self.copy.add("invert_stage_test.cpp", "tests/unit/stages/invert_stage_test.cpp")
        self.copy.build("reelface", "stages_tests")
        self.assertIn("[  PASSED  ] 1 test",
                      run(self.copy.build_folder / "tests/stages_tests", "--gtest_filter=InvertStage.*"))
        self.assert_inverted(self.restore("inverted.mkv"))
        self.assertIn("turns light into dark", run(self.copy.program, "restore", "-m", "none", self.film,
                                                   self.folder / "none.mkv", "--dry-run"))


class Option(Recipe):
    def test_a_member_a_row_and_the_place_that_uses_it(self):
        self.copy.insert("include/reelface/restore/restore_options.h", "MaskKind mask =", "  bool invert = false;")
        self.copy.insert("pipeline/values/options/picture_rows.cpp", 'on_or_off("match-colour"',
                         '      flag("invert", of_picture(&PictureOptions::invert), "Turn light into dark"),')
        self.copy.insert_at_the_end_of(FACE_STAGES, "make_restoring_line",
                                       "if (options.picture.invert) line.add(make_invert_stage());")
        self.copy.build("reelface")
        self.assert_inverted(self.restore("inverted.mkv", "--invert"))
        self.assertEqual(digest(self.restore("plain.mkv")), digest(self.film))
        self.assertIn("--invert", run(self.copy.program, "restore", "--help"))
        row = next(row for row in json.loads(run(self.copy.program, "options", "--json")) if row["name"] == "invert")
        self.assertEqual(row["help"], "Turn light into dark")
        parts = self.folder / "parts"
        run(self.copy.program, "plan", "-m", "none", "-c:v", "ffv1", "--invert", self.film, self.folder / "joined.mkv",
            "--parts", "2", "--folder", parts)
        run(self.copy.program, "part", parts, "0", "1", "--progress", "none")
        run(self.copy.program, "join", parts)
        self.assert_inverted(self.folder / "joined.mkv")


if __name__ == "__main__":
    ROOT, CMAKE = Path(sys.argv.pop(1)).resolve(), sys.argv.pop(1)
    WARNINGS_AS_ERRORS = sys.argv.pop(2) if len(sys.argv) > 2 else WARNINGS_AS_ERRORS
    sys.argv[1] = {"step": "Step", "option": "Option"}[sys.argv[1]]
    unittest.main(verbosity=1)
