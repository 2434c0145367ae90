#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The demo as `./dev demo` runs it, on a shorter clip: every page it leaves is small, works in a browser and logs nothing there.

demo_test.py BUILD_FOLDER
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

BUILD = pathlib.Path(sys.argv.pop(1))
SOURCE = pathlib.Path(__file__).resolve().parents[2]
OLD_FILMS = ("the_great_train_robbery-restored.html", "within_our_gates-restored.html")
PAGES = (*OLD_FILMS, "film.html", "film-restored.html", "webcam.html", "webcam-restored.html")


class Demo(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.at = pathlib.Path(cls.folder.name)
        cls.made = subprocess.run([SOURCE / "examples/demo.sh", BUILD, cls.at], capture_output=True, text=True, timeout=1200,
                                  stdin=subprocess.DEVNULL, env=dict(os.environ, REELFACE_DEMO_SECONDS="1"))

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_it_says_where_everything_is(self):
        self.assertEqual(self.made.returncode, 0, self.made.stdout + self.made.stderr)
        for name in (*OLD_FILMS, "film.html", "webcam.html"):
            self.assertIn(str(self.at / name), self.made.stdout)

    def test_old_films_are_shown_before_and_after(self):
        for name in OLD_FILMS:
            page = (self.at / name).read_text()
            pairs = page.split("id=pictures>")[1].split("<section")[0].count("<figure class=pair")
            self.assertEqual(pairs, 6, name)
            self.assertIn(">Most repaired</h2>", page)
            self.assertIn("What was done to the whole picture", page)

    def test_restoring_gains(self):
        for name in ("film", "webcam"):
            figures = json.loads((self.at / f"{name}-figures.json").read_text())
            self.assertEqual(figures["frames"], 25)
            self.assertEqual(figures["frames_with_faces"], 25)
            self.assertGreater(figures["restored"]["face_psnr"], figures["input"]["face_psnr"], name)

    def test_pages_work_in_a_browser(self):
        if not (shutil.which("chromium") and shutil.which("chromedriver")):
            self.skipTest("NOT TESTED IN A BROWSER: chromium and chromium-driver are not installed")
        for page in PAGES:
            pictures = pathlib.Path(os.environ.get("REELFACE_SCREENSHOTS", self.at / "pictures")) / page
            checked = subprocess.run([sys.executable, "-B", SOURCE / "tests/unit/report/check_in_browser.py", self.at / page, pictures,
                                      "--any"], capture_output=True, text=True, timeout=280)
            self.assertEqual(checked.returncode, 0, page + ": " + checked.stderr)


unittest.main()
