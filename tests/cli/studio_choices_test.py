# SPDX-License-Identifier: Apache-2.0
"""Settings, shots and people, chosen on the page of `reelface studio`.  usage: studio_choices_test.py REELFACE"""
import json
import os
import sys
import unittest

from studio_page_case import StudioPageCase

REELFACE = os.path.abspath(sys.argv.pop(1))


class StudioChoices(StudioPageCase):
    reelface = REELFACE

    def test_a_shot_has_settings_of_its_own(self):
        page = self.page
        page.go_to(40)
        page.key("4")
        of_film = page.pixels()

        def changed(action):
            action()
            page.next_preview()
            return page.pixels()
        self.browser.click("#scope [data-scope=shot]")
        self.assertIn("are as the film", page.text("segment"))
        self.assertTrue(self.browser.run("return document.getElementById('option-crf').closest('.row').hidden"), "--crf is of the whole film")
        weak = changed(lambda: page.set_number("strength", 0))
        self.assertNotEqual(weak, of_film)
        self.assertIn("--segments segments.json", page.text("command"))
        self.assertNotIn("--strength", page.text("command"))
        self.assertEqual(self.browser.run("return document.querySelectorAll('#segment-marks i').length"), 1)
        first, last = (int(self.browser.run(f"return document.getElementById('segment-{end}').value")) for end in ("first", "last"))
        self.assertEqual((first, last), (37, 80))
        self.browser.picture(self.pictures / "studio-shot.png")
        self.look_with_axe()
        # What is saved is the file that the command names.
        self.assertEqual(json.loads(page.saved_by("segments-save")),
                         {"segments": [{"frames": [37, 81], "fade": 12, "settings": {"strength": 0}}]})
        # Another shot is as the film, and the film's settings are what they were.
        page.go_to(100)
        self.assertIn("are as the film", page.text("segment"))
        self.assertEqual(self.browser.run("return document.getElementById('option-strength').value"), "100")
        self.browser.click("#scope [data-scope=film]")
        page.go_to(40)
        self.assertEqual(page.pixels(), weak)
        # The range can be changed: frame 40 falls out of it.
        self.browser.click("#scope [data-scope=shot]")
        self.browser.run("const field = document.getElementById('segment-first'); field.value = 60; field.onchange()")
        page.next_preview()
        self.assertEqual(page.pixels(), of_film)
        page.go_to(75)
        self.assertEqual(changed(lambda: self.browser.click("#segment-back")), self.after_with_film_settings(75))
        self.assertNotIn("--segments", page.text("command"))

    def test_somebody_is_chosen(self):
        page = self.page
        before, after = self.before_and_after(40)
        self.find_the_person()
        page.wait("document.querySelector('.person img').naturalWidth > 0", "the portrait")
        self.assertGreater(self.browser.run("return document.querySelectorAll('#face-marks i').length"), 0)

        def choose(action, what):
            action()
            page.wait(f"document.getElementById('command').innerText.includes('{what}')", "the command")
            page.preview()
            return page.pixels()
        self.assertEqual(choose(lambda: self.browser.click(".person"), "--only-person 1"), after)
        left = choose(lambda: self.browser.run("const how = document.getElementById('who-how'); how.value = 'except'; how.onchange()"),
                      "--except-person 1")
        self.assertEqual(left, before, "who is left alone was restored")
        self.browser.picture(self.pictures / "studio-people.png")
        self.look_with_axe()
        self.browser.click(".person")
        page.wait("!document.getElementById('command').innerText.includes('--tracks')", "everybody to be chosen again")
        page.preview()
        self.assertEqual(page.pixels(), after)
        self.browser.run("""fetch(document.querySelector('.person img').src).then(answer => answer.blob()).then(photo => {
            const dropped = new DataTransfer();
            dropped.items.add(new File([photo], 'her.jpg', {type: 'image/jpeg'}));
            document.body.dispatchEvent(new DragEvent('drop', {dataTransfer: dropped, bubbles: true, cancelable: true}));
        })""")
        page.wait("document.getElementById('who-state').innerText == 'Marked: person 1'", "the photo to be compared")
        self.assertIn("--only-person 1", page.text("command"))

    def test_somebody_is_left_in_one_shot(self):
        page = self.page
        before, after = self.before_and_after(40)
        self.find_the_person()
        self.browser.click("#scope [data-scope=shot]")
        self.assertEqual(self.browser.run("return document.getElementById('who-how').value"), "film")

        def choose(how):
            self.browser.run("const how = document.getElementById('who-how'); how.value = arguments[0]; how.onchange()", how)
            page.next_preview()
            return page.pixels()
        self.browser.click(".person")
        page.next_preview()
        self.assertEqual(page.pixels(), after)
        self.assertEqual(choose("except"), before, "who is left alone in this shot was restored")
        self.assertIn("--tracks", page.text("command"))
        self.assertIn("--segments segments.json", page.text("command"))
        self.assertNotIn("--except-person", page.text("command"))
        self.browser.picture(self.pictures / "studio-people-by-shot.png")
        self.look_with_axe()
        saved = json.loads(page.saved_by("segments-save"))["segments"]
        self.assertEqual([segment["settings"] for segment in saved], [{"only-person": [], "except-person": [1]}])
        page.go_to(100)  # another shot, as the film
        self.assertEqual(self.browser.run("return document.getElementById('who-how').value"), "film")
        elsewhere = page.pixels()
        page.key("3")
        self.assertNotEqual(page.pixels(), elsewhere)
        page.key("4")
        # The film leaves her, this shot does not.
        page.go_to(40)
        self.assertEqual(choose("all"), after)
        self.browser.click("#scope [data-scope=film]")
        self.browser.click(".person")
        page.wait("document.getElementById('command').innerText.includes('--only-person 1')", "the command")
        choose("except")
        self.assertIn("--except-person 1", page.text("command"))
        self.assertEqual(page.pixels(), after, "a shot with everybody restores those whom the film leaves")
        page.go_to(100)
        left = page.pixels()
        page.key("3")
        self.assertEqual(page.pixels(), left)

    def before_and_after(self, frame):
        self.page.go_to(frame)
        self.page.key("3")
        before = self.page.pixels()
        self.page.key("4")
        return before, self.page.pixels()

    def find_the_person(self):
        self.browser.click("#who-find")
        self.page.wait("document.querySelectorAll('.person img').length == 1", "the card")

    def after_with_film_settings(self, frame):
        self.page.go_to(frame - 1)
        self.page.go_to(frame)
        return self.page.pixels()

    def test_sets_and_mistakes(self):
        page = self.page
        page.preview()
        self.browser.run("[...document.querySelectorAll('#sets button')].find(b => b.textContent == 'Tape').click()")
        page.next_preview()
        self.assertIn("--for tape", page.text("command"))
        self.assertEqual(self.browser.run("return [...document.querySelectorAll('#sets [aria-pressed=true]')].map(b => b.textContent)"), ["Tape"])
        self.browser.click("#reset")
        page.wait("!document.getElementById('command').innerText.includes('--for')", "the usual settings")
        page.choose("grain", "keep")  # of what is not cleaned
        page.wait("document.getElementById('trouble').innerText.includes('--clean auto')", "what is wrong")
        self.assertTrue(self.browser.run("return document.getElementById('copy').disabled"))
        self.browser.click("#reset")
        page.preview()
        self.assertTrue(self.browser.run("return document.getElementById('trouble').hidden"))


if __name__ == "__main__":
    unittest.main(verbosity=1)
