#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Files of settings: what `settings` writes, `restore`, `--list` and `plan` take; what is given beside them wins.

    settings_test.py PROGRAM [unittest options]
"""

import json
import os
import re
import sys
import unittest

from command_line_case import CommandLine

QUIET = ("--progress", "none")


class Settings(CommandLine):
    def setUp(self):
        super().setUp()
        self.home = self.folder / "home"
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(self.home)}

    def call(self, *words, code=0, **process):
        done = self.run_program(*words, env=self.environment, cwd=self.folder, **process)
        self.assertEqual(done.returncode, code, f"{words}: {done.errors}")
        done.text = done.stdout.decode()
        return done

    def keep(self, name, **options):
        path = self.home / ".config" / "reelface" / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({key.replace("_", "-"): value for key, value in options.items()}))
        return path

    def used(self, *words):
        """The options that a restoration with these words says it used."""
        report = self.folder / "report.json"
        self.call("restore", self.clip, self.output, *words, *QUIET, "--report", report, "-y")
        return json.loads(report.read_text())["settings"]

    def refused(self, *words, word, code=2):
        done = self.call(*words, code=code)
        self.assertEqual(done.text, "")
        self.assertIn(word, done.errors)
        self.assertFalse(self.output.exists())

    def test_what_is_written_is_what_is_used(self):
        words = "--model none -c:v libx264 --crf 30 --preset ultrafast -an -e 'x264-params=keyint=7:bframes=0'"
        text = self.call("settings", "--of", words).text
        self.assertEqual(json.loads(text), {"model": "none", "video-codec": "libx264", "crf": 30, "preset": "ultrafast",
                                            "e": ["x264-params=keyint=7:bframes=0"], "no-audio": True})
        file = self.folder / "studio.json"
        file.write_text(text)
        used = self.used("--settings", file)
        for name, value in json.loads(text).items():
            self.assertEqual(used[name], value, name)
        self.assertEqual(self.call("settings", "show", file).text, text)

    def test_options_may_stand_by_themselves(self):
        self.assertEqual(json.loads(self.call("settings", "--of", "--crf 3 --model none", "--crf", "4").text),
                         {"model": "none", "crf": 4})

    def test_named_settings(self):
        self.assertEqual(self.call("settings", "list").text, "")
        done = self.call("settings", "--model", "none", "-c:v", "ffv1", "-o", "studio")
        self.assertEqual(done.text, "")
        self.assertIn("--settings studio", done.errors)
        self.assertEqual(json.loads((self.home / ".config/reelface/studio.json").read_text()), {"model": "none", "video-codec": "ffv1"})
        self.assertEqual(self.call("settings", "list").text, "studio: --model none --video-codec ffv1\n")
        self.assertEqual(self.used("--settings", "studio")["video-codec"], "ffv1")
        self.environment["XDG_CONFIG_HOME"] = str(self.folder / "elsewhere")
        self.assertIn("elsewhere/reelface/studio.json", self.call("settings", "show", "studio", code=3).errors)

    def test_nothing_is_replaced_unasked(self):
        path = self.keep("studio", crf=18)
        before = path.read_bytes()
        self.refused("settings", "--crf", "20", "-o", "studio", word="-y")
        self.assertEqual(path.read_bytes(), before)
        self.call("settings", "--crf", "20", "-o", "studio", "-y")
        self.assertEqual(json.loads(path.read_text()), {"crf": 20})

    def test_what_is_given_beside_them_wins(self):
        self.keep("studio", model="none", video_codec="libx264", crf=30, preset="ultrafast", no_audio=True, e=["g=7", "bf=0"])
        used = self.used("--settings", "studio", "--crf", "31", "-e", "g=9", "--no-audio=false")
        self.assertEqual((used["crf"], used["e"], used["no-audio"], used["preset"]), (31, ["g=9"], False, "ultrafast"))
        used = self.used("-b:v", "200k", "--settings=studio")
        self.assertEqual((used["crf"], used["bit-rate"]), (None, "200k"), "a bit rate in place of a quality")

    def test_the_file_is_never_written_to(self):
        settings = self.folder / "settings.mkv"
        settings.write_text('{"model": "none"}')
        self.refused("restore", self.clip, settings, "--settings", "./settings.mkv", "-y", word="the settings")
        self.assertEqual(settings.read_text(), '{"model": "none"}')

    def test_plans_and_lists_take_them(self):
        self.keep("studio", model="none", video_codec="libx264", crf=30, preset="ultrafast")
        self.call("plan", self.clip, self.output, "--folder", "plan", "--settings", "studio", "--crf", "29", *QUIET)
        options = json.loads((self.folder / "plan" / "plan.json").read_text())["options"]
        self.assertEqual((options["model"], options["crf"], options["video-codec"]), (["none"], ["29"], ["libx264"]))
        (self.folder / "films.txt").write_text(f"{self.clip}\n")
        self.call("restore", "--list", "films.txt", "--output-folder", "new", "--settings", "studio", *QUIET)
        self.assertEqual([path.suffix for path in (self.folder / "new").iterdir() if path.suffix != ".jsonl"], [".mkv"])
        codecs = self.call("restore", self.folder / "new" / self.clip.name, self.output, "--settings", "studio", "--dry-run").text
        self.assertIn("libx264", codecs)

    def test_mistakes_in_a_file_are_named(self):
        for wrong, word in (({"strenght": 3}, '"strength"; '), ({"strength": 300}, "between 0 and 100"), ({"crf": "18"}, "a number"),
                            ({"ss": 3}, "belongs to one film"), ({"output": "/x.mkv"}, "belongs to one film"),
                            ({"max-face": 10}, "with the settings wrong.json: --max-face must be larger")):
            with self.subTest(wrong):
                (self.folder / "wrong.json").write_text(json.dumps(wrong))
                self.refused("restore", self.clip, self.output, "--settings", "wrong.json", word=word)

    def test_settings_that_are_not_there(self):
        self.keep("studio", crf=18)
        restore = ("restore", self.clip, self.output, "--settings")
        self.refused(*restore, "studoi", word="studio; ", code=3)
        self.refused(*restore, "none.json", word="none.json", code=3)
        self.refused(*restore, self.folder, word="cannot read", code=3)
        self.refused(*restore, "", word="is empty")

    def test_the_command_takes_what_settings_hold(self):
        text = self.call("settings", "--help").text
        taken = set(re.findall(r"^  (?:-\w, )?(?:--[\w-]+, )*(-\w|--[\w-]+)(?= |$)", text, re.MULTILINE))
        taken |= set(re.findall(r"(?<=  )--[\w-]+(?=,)", text))
        rows = json.loads(self.call("options", "--json").text)
        held = {("-" if len(row["name"]) == 1 else "--") + row["name"] for row in rows if row["in_settings"]}
        aliases = {alias for row in rows for alias in row["aliases"]}
        self.assertGreater(len(held), 40)
        self.assertEqual(held - taken, set())
        self.assertEqual(taken - held - aliases, {"--of", "--output", "-y", "--help"})

    def test_what_settings_do_not_hold(self):
        for words, word in (("--ss 3", "belongs to one film"), ("in.mkv", "belongs to one run"), ("--report x.json", "belongs to one run"),
                            ("--strenght 3", "--strength; "), ("-e 'x", "never closed")):
            with self.subTest(words):
                self.refused("settings", "--of", words, word=word)
        self.refused("settings", word="no option was given")


if __name__ == "__main__":
    CommandLine.program = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=1)
