#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Stretches of a film with settings of their own: their frames are those of the whole film restored with these settings,
all others those of the film restored without them.

    segments_test.py REELFACE
"""
import json
import os
import subprocess
import sys
import tempfile
import unittest

from face_clips import digest_list, ffmpeg
from part_checks import Program, compare_copied_streams, compare_times
from part_films import SOUND, make_film, test_source

PROGRAM = Program(sys.argv.pop(1))
LOSSLESS = ["-c:v", "ffv1"]
CUT = 40


def luma_of(path, frame):
    done = subprocess.run(["ffmpeg", "-v", "error", "-i", path, "-vf", f"select=eq(n\\,{frame}),extractplanes=y", "-frames:v", "1", "-f", "rawvideo",
                           "-"], capture_output=True, check=True)
    return done.stdout


def comment_of(path):
    return subprocess.run(["ffprobe", "-v", "error", "-show_entries", "format_tags=comment", "-of", "csv=p=0", path], capture_output=True, text=True,
                          check=True).stdout


class Segments(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="reelface_segments_")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = folder.name
        cls.film = cls.path("film.mkv")
        # Two noisy shots, the second from frame 40 on, with sound.
        ffmpeg(*test_source(CUT), *test_source(CUT, filters="hflip,negate"), *SOUND, "-filter_complex",
               "[0:v][1:v]concat=n=2,noise=alls=14:allf=t,format=yuv420p[v]", "-map", "[v]", "-map", "2:a", "-c:v", "ffv1", "-c:a", "aac",
               "-shortest", cls.film)

    @classmethod
    def path(cls, name):
        return os.path.join(cls.folder, name)

    def segments(self, *segments, name="segments.json"):
        with open(self.path(name), "w", encoding="utf-8") as file:
            json.dump({"segments": [{"frames": frames, "settings": settings, **more} for frames, settings, more in segments]}, file)
        return self.path(name)

    def restored(self, name, *options, film=None):
        return PROGRAM.restore(film or self.film, self.path(name), "-y", *LOSSLESS, *options)

    def test_frames_are_those_of_the_whole_film_with_their_settings(self):
        plain = ["--model", "none"]
        film = digest_list(self.restored("film_plain.mkv", *plain))
        cleaned = digest_list(self.restored("film_cleaned.mkv", *plain, "--clean", "60"))
        self.assertEqual(film, digest_list(self.film))
        self.assertFalse(set(film) & set(cleaned), "cleaning changed nothing")
        file = self.segments(([16, CUT], {"clean": "60"}, {"fade": 3}), ([CUT + 20, CUT + 30], {"clean": "60"}, {"fade": 0}))
        output = self.restored("film_in_segments.mkv", *plain, "--segments", file, "--part-length", "0:01")
        made = digest_list(output)
        of_film = [frame for frame in range(len(made)) if made[frame] == film[frame]]
        of_cleaned = [frame for frame in range(len(made)) if made[frame] == cleaned[frame]]
        self.assertEqual(of_film, [*range(16), *range(CUT, CUT + 20), *range(CUT + 30, 2 * CUT)], "a cut needs no fade")
        self.assertEqual(of_cleaned, [*range(19, CUT), *range(CUT + 20, CUT + 30)])
        for frame in (16, 17, 18):
            share = (frame - 15) / 4
            for mixed, before, after in zip(*(luma_of(path, frame) for path in (output, self.film, self.path("film_cleaned.mkv")))):
                self.assertLessEqual(abs(mixed - (before + share * (after - before))), 0.51)
        # An output begins at 0, also where its input's sound begins before that, as newer libraries have it.
        compare_times(self.path("film_plain.mkv"), output)
        compare_copied_streams(self.path("film_plain.mkv"), output)

    def test_faces_of_a_segment(self):
        film, _ = make_film("faces_come_and_go", self.folder)
        strong = digest_list(self.restored("strong.mkv", film=film))
        weak = digest_list(self.restored("weak.mkv", "--strength", "30", "--identity-guard", "off", film=film))
        file = self.segments(([30, 50], {"strength": 30, "identity-guard": "off"}, {"fade": 0}))
        made = digest_list(self.restored("by_segment.mkv", "--segments", file, film=film))
        self.assertEqual(made, strong[:30] + weak[30:50] + strong[50:])
        self.assertNotEqual(strong[30:50], weak[30:50])
        self.assertIn("settings of their own in 1 segment", comment_of(self.path("by_segment.mkv")))

    def test_models_of_a_segment_alone_are_told(self):
        file = self.segments(([0, 10], {"model": "faithful"}, {}))
        report = self.path("report.json")
        output = self.restored("told.mkv", "--model", "none", "--segments", file, "--report", report)
        self.assertEqual(digest_list(output), digest_list(self.film), "there is nobody in it")
        with open(report, encoding="utf-8") as text:
            told = json.load(text)
        self.assertEqual(told["segments"], [{"frames": [0, 10], "fade": 12, "settings": {"model": "faithful"}}])
        self.assertTrue(told["model"])
        self.assertIn("model faithful", comment_of(output))
        self.assertFalse([warning for warning in told["warnings"] if "same way" in warning])

    def test_machines_that_share_the_parts(self):
        file = self.segments(([10, 30], {"clean": "60"}, {"fade": 2}))
        whole = self.restored("alone.mkv", "--model", "none", "--segments", file)
        parts, output = self.path("shared.parts"), self.path("shared.mkv")
        plan = PROGRAM.plan(self.film, output, parts, "--parts", 4, "--model", "none", *LOSSLESS, "--segments", file)
        borders = [part["first_frame"] for part in plan["parts"]]
        self.assertTrue({10, 30} <= set(borders), borders)
        os.remove(file)  # whoever makes the parts has the plan alone
        PROGRAM.make_parts(parts, len(borders))
        PROGRAM.run("join", parts)
        self.assertEqual(digest_list(output), digest_list(whole))

    def test_a_run_goes_on_with_the_segments_it_began_with(self):
        file = self.segments(([10, 30], {"clean": "60"}, {}))
        output = self.path("goes_on.mkv")
        words = ["restore", self.film, output, "--model", "none", *LOSSLESS, "--segments", file, "--progress", "none"]
        PROGRAM.plan(self.film, output, output + ".parts", "--model", "none", *LOSSLESS, "--segments", file, "--part-length", "60")
        self.segments(([10, 31], {"clean": "60"}, {}))
        said = PROGRAM.run(*words, code=2).stderr
        self.assertIn("begun with other", said)
        self.assertFalse(os.path.exists(output))

    def test_what_is_no_segment_is_refused(self):
        output = self.path("refused.mkv")
        for segments, words, what in (
                ([([0, 10], {"crf": 3}, {})], [], "--crf holds for the whole film"),
                ([([0, 10], {"strengt": 3}, {})], [], "no option"),
                ([([0, 10], {}, {"fades": 3})], [], 'did you mean "fade"?'),
                ([([0, 20], {}, {}), ([10, 30], {}, {})], [], "lie over each other"),
                ([([0, 20], {"neutral": True}, {})], [], "with the settings of frames 0 to 20"),
                ([([0, 10_000], {}, {})], [], "ends behind the film, which has 80"),
                ([([0, 20], {}, {})], ["--frames", "0:20"], "counts the frames of the whole film"),
                ([([0, 20], {}, {})], ["--report", self.path("page.html")], "page")):
            said = PROGRAM.run("restore", self.film, output, "--segments", self.segments(*segments), *words, code=2).stderr
            self.assertIn(what, said)
            self.assertIn("try: ", said)
            self.assertFalse(os.path.exists(output) or os.path.exists(output + ".parts/plan.json"), what)
        said = PROGRAM.run("restore", "--list", self.folder, "--output-folder", self.path("many"), "--segments", self.segments(), code=2).stderr
        self.assertIn("--segments belong to one film", said)
        PROGRAM.run("restore", self.film, output, "--segments", self.path("none.json"), code=3)

    def test_the_plan_tells(self):
        file = self.segments(([0, 10], {"strength": 30, "clean": "auto"}, {}), ([10, 20], {}, {}))
        said = PROGRAM.run("restore", self.film, self.path("planned.mkv"), "--segments", file, "--dry-run").stdout
        self.assertIn("frames 0 to 10: --strength 30 --clean auto\n", said)
        self.assertIn("frames 10 to 20: as the rest of the film\n", said)


if __name__ == "__main__":
    unittest.main()
