#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the program refuses, and that it says so in a few lines and writes nothing.

    refusals_test.py PRODUCT [unittest options]
"""

import os
import sys
import unittest
from pathlib import Path

from command_line_case import CommandLine


class Mistakes(CommandLine):
    def test_nothing_at_all(self):
        self.assert_refused(self.run_program())

    def test_unknown_command(self):
        self.assert_refused(self.run_program("restroe", self.clip, self.output), word="restroe")
        self.assert_refused(self.run_program("restroe", self.clip, self.output), word="try: reelface restore;")

    def test_command_forgotten(self):
        self.assert_refused(self.run_program(self.clip, self.output))

    def test_no_files(self):
        self.assert_refused(self.run_program("restore"), word="input")

    def test_what_a_command_needs(self):
        for words, needed in ((["analyze"], "needs INPUT"), (["degrade", self.clip], "needs OUTPUT"), (["compare"], "needs RESTORED"),
                              (["models"], "one of: list"), (["models", "pull"], "needs NAME"), ([], "restore INPUT OUTPUT")):
            with self.subTest(words):
                self.assert_refused(self.run_program(*words), word=needed)

    def test_the_input_as_output(self):
        for answer in ([], ["-y"]):
            self.assert_refused(self.restore(*answer, output=self.clip), word="same file")

    def test_no_output(self):
        self.assert_refused(self.run_program("restore", self.clip), word="output")

    def test_a_file_too_many(self):
        self.assert_refused(self.restore("third.mkv"))

    def test_unknown_option(self):
        self.assert_refused(self.restore("--sharpness", "3"), word="--sharpness")
        self.assert_refused(self.restore("--strenght", "50"), word="try: --strength; reelface restore --help")
        self.assert_refused(self.restore("--tempral=off"), word="try: --temporal;")
        self.assert_refused(self.run_program("compare", self.clip, "--refrence", self.clip), word="try: --reference;")

    def test_option_without_its_value(self):
        self.assert_refused(self.run_program("restore", self.clip, self.output, "--strength"), word="--strength")

    def test_words_that_are_not_choices(self):
        for option in ("--mask", "--deinterlace", "--temporal", "--preclean", "--precision", "--on-damage", "--progress",
                       "--face-selector-mode", "--shot-cuts", "--compare"):
            with self.subTest(option):
                self.assert_refused(self.restore(option, "perhaps"), word="perhaps")

    def test_numbers_out_of_range(self):
        for option, value in (("--strength", "101"), ("--strength", "-1"), ("--upscale", "5"), ("--upscale", "0"),
                              ("--window", "-1"), ("--threads", "-2"), ("--batch", "-1"), ("--detect-every", "0"),
                              ("--min-face", "-5"), ("--face-detector-score", "1.5"), ("--strength", "nan"),
                              ("--window", "inf"), ("--threads", "99999999999999999999"), ("--threads", "257"),
                              ("--batch", "1000000"), ("--window", "nan"), ("--min-face", "inf"), ("--min-face", "nan"),
                              ("--max-face", "nan"), ("--identity-limit", "nan"), ("--reference-face-distance", "nan"),
                              ("--face-detector-score", "nan"), ("--crf", "nan"), ("--crf", "inf"), ("--fps", "nan"),
                              ("--fps", "0.0001"), ("--fps", "9999999999/1"), ("--ss", "1e300"), ("--ss", "nan"),
                              ("--max-memory", "nan")):
            with self.subTest(f"{option} {value}"):
                self.assert_refused(self.restore(option, value))

    def test_every_command_checks_its_numbers(self):
        plan = self.folder / "plan"
        for words in (["analyze", self.clip, "--detect-every", "0"], ["analyze", self.clip, "--detect-every", "-3"],
                      ["analyze", self.clip, "--window", "nan"], ["analyze", self.clip, "--window", "0"],
                      ["analyze", self.clip, "--min-face", "nan"], ["analyze", self.clip, "--face-detector-score", "nan"],
                      ["analyze", self.clip, "--threads", "-1"], ["analyze", self.clip, "--threads", "257"],
                      ["compare", self.clip, self.clip, "--threads", "1024"], ["compare", self.clip, self.clip, "--threads", "-1"],
                      ["degrade", self.clip, self.output, "--preset", "film", "--threads", "1024"],
                      ["degrade", self.clip, self.output, "--set", "noise=nan"],
                      ["degrade", self.clip, self.output, "--preset", "film", "--crf", "nan"],
                      ["plan", self.clip, self.output, "--folder", plan, "--window", "nan"],
                      ["plan", self.clip, self.output, "--folder", plan, "--parts", "0"],
                      ["plan", self.clip, self.output, "--folder", plan, "--part-length", "nan"],
                      ["plan", self.clip, self.output, "--folder", plan, "--part-length", "0"],
                      ["part", plan, "0", "--threads", "-1"], ["part", plan, "0", "--threads", "257"]):
            with self.subTest(words):
                self.assert_refused(self.run_program(*words))

    def test_values_that_are_empty(self):
        """What a script's unset variable leaves is not taken for "all"."""
        for option in ("--frames", "--ss", "--to", "--window", "--strength", "--tracks", "--report", "--max-memory", "--crf",
                       "--only-person", "--device"):
            with self.subTest(option):
                self.assert_refused(self.restore(option, ""), word=option)
        self.assert_refused(self.run_program("analyze", self.clip, "--people", ""), word="--people is empty")
        self.assert_refused(self.run_program("restore", "", self.output), word="INPUT is empty")

    def test_only_films_can_be_planned(self):
        """Said before the film is read, which may take an hour."""
        missing = Path(self.media_folder.name) / "unreadable.mkv"
        missing.write_bytes(b"no film")
        for output in ("-", "/dev/null", self.folder / "%04d.png", self.folder / "one.png"):
            with self.subTest(output):
                done = self.run_program("plan", missing, output, "--folder", self.folder / "plan")
                self.assert_refused(done, word="only a film in a file")

    def test_numbers_that_are_none(self):
        for option in ("--strength", "--crf", "--upscale", "--threads", "--batch", "--window", "--min-face"):
            with self.subTest(option):
                self.assert_refused(self.restore(option, "12abc"))

    def test_times_and_ranges(self):
        for options in (["--ss", "soon"], ["--to", "1:2:3:4"], ["--frames", "10"], ["--frames", "20:10"],
                        ["--frames", "a:b"], ["--frames", ":"], ["--ss", "2", "--to", "1"], ["--frames", "0:5", "--ss", "1"]):
            with self.subTest(options):
                self.assert_refused(self.restore(*options))

    def test_encoder_settings(self):
        for options in (["-c:v", "libx999"], ["-c:v", "aac"], ["-e", "novalue"],
                        ["--pix-fmt", "yuv999p"], ["-e", "no_such_option=1"], ["-b:v", "plenty"], ["--crf", "-4"]):
            with self.subTest(options):
                self.assert_refused(self.run_program("restore", "--model", "none", *options, self.clip, self.output))

    def test_unknown_preset(self):
        done = self.run_program("restore", "--model", "none", "--preset", "warp9", self.clip, self.output)
        # x264 writes lines of its own to stderr, so only the words are looked at.
        self.assertEqual(done.returncode, 2, done.errors)
        self.assertIn("warp9", done.errors)
        self.assertEqual(os.listdir(self.folder), [])

    def test_container_cannot_hold_the_encoder(self):
        done = self.run_program("restore", "--model", "none", "-c:v", "ffv1", self.clip, self.folder / "out.mp4")
        self.assert_refused(done, word="mkv")

    def test_more_memory_than_allowed(self):
        self.assert_refused(self.restore("--max-memory", "20M"), code=8, word="--max-memory")
        self.assert_done(self.restore("--max-memory", "2G"))

    def test_model_that_is_not_there(self):
        done = self.run_program("restore", "--model", "no_such_model", self.clip, self.output)
        self.assertIn(done.returncode, (2, 5), done.errors)
        self.assertIn("no_such_model", done.errors)
        self.assertEqual(os.listdir(self.folder), [])

    def test_model_that_is_no_model(self):
        fake = Path(self.media_folder.name) / "fake.pth"
        fake.write_bytes(b"not a checkpoint at all")
        done = self.run_program("restore", "--model", fake, self.clip, self.output)
        self.assert_refused(done, code=5)

    def test_input_that_is_not_there(self):
        self.assert_refused(self.restore(source="/no/such/film.mkv"), code=3, word="/no/such/film.mkv")

    def test_input_that_may_not_be_read(self):
        if os.geteuid() == 0:
            self.skipTest("root may read everything")
        locked = Path(self.media_folder.name) / "locked.mkv"
        locked.write_bytes(self.clip.read_bytes())
        locked.chmod(0)
        self.assert_refused(self.restore(source=locked), code=3)

    def test_network_addresses_are_not_opened(self):
        for address in ("http://127.0.0.1:9/film.mkv", "rtmp://127.0.0.1/x", "concat:a.mkv|b.mkv"):
            with self.subTest(address):
                self.assert_refused(self.restore(source=address), code=3)


if __name__ == "__main__":
    CommandLine.program = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=1)
