# SPDX-License-Identifier: Apache-2.0
"""A film in `reelface studio`, open in a browser, for tests.

REELFACE_SCREENSHOTS: a folder that keeps the pictures taken of it. REELFACE_AXE: axe.min.js of axe-core, which then looks at it.
"""
import os
import pathlib
import shutil
import sys
import tempfile
import unittest

from part_films import make_film
from studio_page import Page
from studio_session import StudioSession

SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "tests/unit/report"))
from check_in_browser import Browser  # noqa: E402 pylint: disable=wrong-import-position


def in_browser():
    return shutil.which("chromium") and shutil.which("chromedriver")


@unittest.skipUnless(in_browser(), "NOT TESTED IN A BROWSER: chromium and chromium-driver are not installed")
class StudioPageCase(unittest.TestCase):
    reelface = ""  # the program; tests name it

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="reelface_page_", ignore_cleanup_errors=True)
        cls.addClassCleanup(folder.cleanup)
        cls.root = os.path.join(folder.name, "root")
        os.makedirs(os.path.join(cls.root, "films"))
        cls.film = make_film("faces_with_cuts", os.path.join(cls.root, "films"))[0]
        hostile = os.path.join(cls.root, "<img src=x onerror=alert(1)> & \"film\".mkv")
        shutil.copy(cls.film, hostile)
        cls.pictures = pathlib.Path(os.environ.get("REELFACE_SCREENSHOTS", os.path.join(folder.name, "pictures")))
        cls.pictures.mkdir(parents=True, exist_ok=True)
        cls.browser = Browser(os.path.join(folder.name, "profile"))
        cls.addClassCleanup(cls.browser.close)

    def setUp(self):
        self.studio = StudioSession(self.reelface, self.root, "films/" + os.path.basename(self.film))
        self.addCleanup(self.studio.close)
        self.page = Page(self.browser, self.studio.address)
        self.page.log()

    def tearDown(self):
        said = [entry["message"] for entry in self.page.log() if entry["level"] in ("SEVERE", "WARNING")]
        # A browser reports every answer that is no success; these are part of what is tested.
        self.assertEqual([message for message in said if not any(code in message for code in (" 409 ", " 422 ", " 425 "))], [])

    def look_with_axe(self):
        """Whether axe, if there is one, finds something serious in what is shown, light and dark."""
        axe = os.environ.get("REELFACE_AXE")
        for theme in ("light", "dark") if axe else ():
            self.browser.run("document.documentElement.dataset.theme = arguments[0]", theme)
            self.browser.run(pathlib.Path(axe).read_text(encoding="utf-8"))
            found = self.browser.call("POST", "/execute/async", {"args": [], "script": """const done = arguments[0];
                axe.run().then(found => done(found.violations.filter(one => ['serious', 'critical'].includes(one.impact))
                    .map(one => one.id + ': ' + one.nodes.map(node => node.html).join(' | '))))"""})
            self.assertEqual(found, [], theme)
