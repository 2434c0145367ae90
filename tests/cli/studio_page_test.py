# SPDX-License-Identifier: Apache-2.0
"""The page of `reelface studio`, used in a browser as somebody would.  usage: studio_page_test.py REELFACE"""
import os
import shutil
import subprocess
import sys
import unittest

from studio_page_case import SOURCE, StudioPageCase

REELFACE = os.path.abspath(sys.argv.pop(1))


class StudioPage(StudioPageCase):
    reelface = REELFACE

    def test_a_film_is_looked_at(self):
        page = self.page
        page.go_to(40)
        wiped = page.pixels()
        self.assertIn("films/", page.text("film"))
        self.assertNotIn("token", self.browser.run("return location.href"))
        page.key("4")
        after = page.pixels()
        page.key("3")
        before = page.pixels()
        self.assertEqual(len({wiped, before, after}), 3, "wipe, before and after look the same")
        # Frames on: another picture, of that frame.
        page.key("4", "\ue014", "\ue014", "\ue014")
        page.wait("document.getElementById('frame').value == '43'", "frame 43")
        page.preview()
        self.assertNotEqual(page.pixels(), after)
        page.key("\ue012", "\ue012", "\ue012")
        page.preview()
        self.assertEqual(page.pixels(), after, "going there and back shows another picture")
        # Half the strength: something between.
        page.set_number("strength", 50)
        page.next_preview()
        half = page.pixels()
        self.assertEqual(len({before, after, half}), 3)
        self.assertIn("--strength 50", page.text("command"))
        page.set_number("strength", 0)
        page.next_preview()
        self.assertEqual(page.pixels(), before, "no strength is not the picture before")

    def test_a_loop_is_played(self):
        page = self.page
        page.go_to(40)
        page.key("4")
        after = page.pixels()
        page.key("l")
        page.wait("document.getElementById('status').innerText.startsWith('Frames 40 to 51')", "the loop")  # two seconds of six frames each
        seen = set()

        def have_moved():
            seen.add(page.pixels())
            return len(seen) > 2
        page.wait_until(have_moved, "the pictures to move")
        self.assertEqual(self.browser.run("return document.getElementById('loop').getAttribute('aria-pressed')"), "true")
        page.key("l")
        page.preview()
        self.assertEqual(page.pixels(), after, "the frame that was looked at does not come back")
        page.key("l")
        page.wait("document.getElementById('status').innerText.startsWith('Frames 40')", "the loop again")
        page.go_to(41)
        self.assertEqual(self.browser.run("return document.getElementById('loop').getAttribute('aria-pressed')"), "false")

    def test_the_wipe_shows_both(self):
        page = self.page
        page.preview()
        self.browser.run("document.getElementById('split').focus()")
        middle = page.pixels()
        page.key("\ue011")  # home: all of it is after
        left = page.pixels()
        page.key("4")
        self.assertEqual(page.pixels(), left)
        page.key("1")
        page.wait("document.getElementById('split').offsetWidth > 0", "the wipe")
        self.browser.run("document.getElementById('split').focus()")
        page.key("\ue010")  # end: all of it is before
        right = page.pixels()
        page.key("3")
        self.assertEqual(page.pixels(), right)
        self.assertEqual(len({left, middle, right}), 3)
        page.key("1")
        page.wait("document.getElementById('split').offsetWidth > 0", "the wipe")
        self.browser.point("#split", 0.5, press=True)
        page.key("2")
        side = page.pixels()
        page.key("+", "+", "+")
        self.assertNotEqual(page.pixels(), side, "zooming changes nothing")
        self.assertIn("%", page.text("zoom"))
        page.key("z")
        self.assertEqual(page.pixels(), side, "the whole picture does not come back")

    def test_films_are_found_and_opened(self):
        page = self.page
        page.wait("document.getElementById('scan').innerText.includes('shot')", "the film to be looked over")
        self.assertGreater(self.browser.run("return document.querySelectorAll('#shots i').length"), 1)
        page.key("]")
        self.assertGreater(int(self.browser.run("return document.getElementById('frame').value")), 0)
        page.key("o")
        page.wait("document.querySelectorAll('#films-list button').length == 2", "the folder")
        names = self.browser.run("return [...document.querySelectorAll('#films-list button span')].map(e => e.textContent)")
        self.assertIn("<img src=x onerror=alert(1)> & \"film\".mkv", names)
        self.browser.click("#films-list li:nth-child(2) button")
        page.wait("document.getElementById('film').innerText.includes('onerror')", "the other film")
        page.preview()
        self.assertEqual(self.browser.run("return document.querySelectorAll('img[src=x]').length"), 0)
        self.assertIn("'<img", page.text("command"))

    def test_a_film_is_restored_while_the_page_is_closed(self):
        page = self.page
        page.go_to(40)
        clock = page.text("clock")
        output = "films/" + os.path.splitext(os.path.basename(self.film))[0] + "_restored.mkv"
        self.assertEqual(self.browser.run("return document.getElementById('output').value"), output)
        self.browser.click("#run-now")
        page.wait("document.querySelectorAll('.job').length == 1", "the job")
        self.browser.call("POST", "/url", {"url": "about:blank"})
        self.browser.call("POST", "/url", {"url": f"http://127.0.0.1:{self.studio.port}/"})
        page.preview()
        page.key("j")
        page.wait("document.querySelector('.job.done')", "the job to be done", 120)
        self.browser.picture(self.pictures / "studio-jobs.png")
        self.look_with_axe()
        self.press_in_job("Before and after")
        page.wait(f"document.getElementById('film').innerText.endsWith('→ {output}')", "both films")
        page.show(40, clock)
        page.key("3")
        before = page.pixels()
        page.key("4")
        after = page.pixels()
        self.assertNotEqual(after, before)
        self.browser.picture(self.pictures / "studio-before-and-after.png")
        page.key("j")
        self.press_in_job("Look at it")
        page.wait(f"document.getElementById('film').innerText == '{output}'", "the new film")
        page.show(40, clock)
        page.key("3")
        self.assertEqual(page.pixels(), after, "what was shown after is not the new film")
        page.key("j")
        self.press_in_job("Compare on a page")
        page.wait("document.querySelectorAll('.job.done').length == 2", "the comparison", 120)
        self.browser.picture(self.pictures / "studio-compared.png")
        # In a tab of its own, from where it cannot ask the studio for anything.
        shown = self.browser.run("return document.querySelector('.job.done code').textContent")
        self.assertIn("beside", shown)
        number = max(job["job"] for job in self.browser.call("POST", "/execute/async", {"args": [], "script": """const done = arguments[0];
            fetch('/api/jobs').then(answer => answer.json()).then(told => done(told.jobs))"""}))
        self.browser.call("POST", "/url", {"url": f"http://127.0.0.1:{self.studio.port}/api/page?job={number}"})
        self.assertIn("Restored", self.browser.run("return document.body.innerText"))
        self.assertEqual(self.browser.run("return origin"), "null")
        self.browser.picture(self.pictures / "studio-comparison.png")
        self.browser.call("POST", "/url", {"url": f"http://127.0.0.1:{self.studio.port}/"})
        page.preview()
        page.key("j")
        self.press_in_job("Before and after")
        page.wait(f"document.getElementById('film').innerText.endsWith('→ {output}')", "both films")
        page.set_number("strength", 50)
        page.wait("!document.getElementById('film').innerText.includes('→')", "other settings to be tried")
        page.preview()

    def press_in_job(self, button):
        self.page.wait(f"[...document.querySelectorAll('.job button')].some(b => b.textContent == '{button}')", "the button")
        self.browser.run(f"[...document.querySelectorAll('.job button')].find(b => b.textContent == '{button}').click()")

    def test_faces_and_repairs_are_shown(self):
        page = self.page
        page.go_to(40)
        page.key("4")
        result = page.pixels()

        def view(name):
            self.browser.run("const view = document.getElementById('view'); view.value = arguments[0]; view.onchange()", name)
        view("boxes")
        page.next_preview()
        self.assertNotEqual(page.pixels(), result)
        self.assertNotIn("--compare", page.text("command"))
        view("repairs")  # of what is not repaired
        page.wait("document.getElementById('trouble').innerText.includes('--repair on')", "what is wrong")
        view("none")
        page.preview()
        self.assertEqual(page.pixels(), result)

    def test_coming_back_needs_no_token(self):
        self.page.preview()
        self.browser.call("POST", "/refresh")
        self.page.preview()

    def test_it_is_for_everybody(self):
        self.page.preview()
        unnamed = self.browser.run("""return [...document.querySelectorAll('button,input,select,summary,[tabindex="0"]')].filter(e =>
            e.checkVisibility() && !(e.getAttribute('aria-label') || e.getAttribute('aria-labelledby') || e.innerText.trim() ||
            e.labels && e.labels.length)).map(e => e.outerHTML)""")
        self.assertEqual(unnamed, [])
        for name, width, height, dark in (("light", 1280, 800, False), ("dark", 1440, 900, True), ("narrow-light", 420, 900, False),
                                          ("zoomed-dark", 640, 400, True)):
            self.browser.page(width, height, dark)
            self.browser.run("document.documentElement.dataset.theme = arguments[0]", "dark" if dark else "light")
            self.page.pixels()
            overflow = self.browser.run("return document.documentElement.scrollWidth - innerWidth")
            self.assertLessEqual(overflow, 0, f"{name}: the page is {overflow} pixels too wide")
            self.browser.picture(self.pictures / f"studio-{name}.png")
        self.browser.page(1280, 800, False)
        if not os.environ.get("REELFACE_AXE"):
            self.skipTest("NOT LOOKED AT BY AXE: REELFACE_AXE does not name axe.min.js")
        self.look_with_axe()


class Types(unittest.TestCase):
    def test_the_scripts_are_typed(self):
        checker = shutil.which("tsc")
        if not checker:
            self.skipTest("TYPES NOT CHECKED: tsc (node-typescript) is not installed")
        page = SOURCE / "src/studio/page"
        checked = subprocess.run([checker, "--noEmit", "--checkJs", "--allowJs", "--strict", "--target", "es2022", "--module", "es2022",
                                  "--lib", "es2022,dom,dom.iterable", *sorted(map(str, page.glob("*.js")))],
                                 capture_output=True, text=True, timeout=300)
        self.assertEqual(checked.returncode, 0, checked.stdout)


if __name__ == "__main__":
    unittest.main(verbosity=1)
