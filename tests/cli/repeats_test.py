#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Frames that repeat the one before, as recordings have them where the line has stalled: each picture is restored once and
shown as often as the film shows it, at the film's own times, gaps and sound as they were; in parts and one thing at a time
as well.

    repeats_test.py PRODUCT [unittest options]
"""

import json
import os
import sys
import tempfile
import unittest
from fractions import Fraction

from face_clips import STILL, WORN, digest_list, ffmpeg
from part_checks import Program, compare_copied_streams, compare_times, media_of

LOSSLESS = ["-c:v", "ffv1", "-y"]
RATE = 25
# Three frames of eight show what the one before showed; one picture stays for so long that a job cannot hold it.
STALLED = "select='not(between(mod(n\\,8)\\,3\\,5))',fps=25,loop=loop=520:size=1:start=20,settb=1/25,setpts=N"
# Behind frame 40 nothing comes for 1.6 seconds.
GAP = "setpts='PTS+gt(N\\,40)*40'"


def noisy_film(path):
    ffmpeg("-f", "lavfi", "-i", "testsrc2=s=160x120:r=25:d=2.4,noise=alls=18:allf=t:all_seed=7", "-f", "lavfi", "-i",
           "sine=f=440:r=48000:d=30", "-vf", f"{STALLED},{GAP}", "-shortest", "-fps_mode", "passthrough", "-c:v", "ffv1",
           "-pix_fmt", "yuv420p", "-c:a", "flac", path)


def face_film(path):
    ffmpeg("-loop", "1", "-r", "25", "-t", "2.4", "-i", STILL, "-vf",
           f"scale=360:-2,crop=320:240:n/2:20,{WORN},noise=alls=6:allf=t:all_seed=3,setsar=1,format=yuv420p,{STALLED},{GAP}",
           "-fps_mode", "passthrough", "-c:v", "ffv1", path)


def firsts(digests):
    """For each frame, which is the first in a row that shows the same."""
    result = []
    for number, digest in enumerate(digests):
        result.append(result[-1] if number and digest == digests[number - 1] else number)
    return result


class Repeats(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.program = Program(PRODUCT)
        cls.temporary = tempfile.TemporaryDirectory(prefix="reelface_repeats_")
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.noisy, cls.faces = cls.file("noisy.mkv"), cls.file("faces.mkv")
        noisy_film(cls.noisy)
        face_film(cls.faces)

    @classmethod
    def file(cls, name):
        return os.path.join(cls.temporary.name, name)

    def restored(self, film, name, *words):
        """The digests of the frames, and how many frames each step has had."""
        output, report = self.file(name + ".mkv"), self.file(name + ".json")
        self.program.restore(film, output, "--report", report, *LOSSLESS, *words)
        with open(report, encoding="utf-8") as file:
            stages = json.load(file)["run"]["stages"]
        return digest_list(output), {stage["name"]: stage["frames"] for stage in stages}

    def expect_shown_as_often(self, film, digests, least_changed):
        before = digest_list(film)
        self.assertLess(len(set(firsts(before))), len(before) - 500, "the film repeats nothing")
        self.assertEqual(firsts(digests), firsts(before))
        self.assertGreaterEqual(len(set(digests) - set(before)), least_changed, "nothing was restored")

    def in_parts(self, film, name, count, *words):
        output, folder = self.file(name + ".mkv"), self.file(name + ".parts")
        self.program.plan(film, output, folder, "--parts", count, *LOSSLESS, *words)
        self.program.make_parts(folder, count)
        self.program.run("join", folder)
        return digest_list(output)

    def test_a_picture_is_restored_once_and_shown_as_often_as_it_was(self):
        digests, seen = self.restored(self.noisy, "film", "--model", "none", "--for", "film")
        self.expect_shown_as_often(self.noisy, digests, least_changed=30)
        distinct = len(set(firsts(digest_list(self.noisy))))
        self.assertLessEqual(seen["clean"], distinct + 1)  # what goes on in a group of its own is counted too
        self.assertGreaterEqual(seen["write"], len(digests))

    def test_times_gaps_and_sound_stay(self):
        self.restored(self.noisy, "times", "--model", "none", "--clean", "80")
        film, output = media_of(self.noisy), media_of(self.file("times.mkv"))
        self.assertEqual(output.frame_times(), film.frame_times())
        # As made by FFmpeg 7, the film shows its last frame for no time at all, and does not say how long it shows others.
        self.assertEqual(output.last_durations(), [Fraction(1, RATE)] * 2)
        for packet, its_twin in zip(film.packets_of(film.video), output.packets_of(output.video)):
            self.assertEqual((packet["pts"], packet["dts"]), (its_twin["pts"], its_twin["dts"]))
            self.assertEqual(packet.get("duration", its_twin["duration"]), its_twin["duration"])
        compare_copied_streams(self.noisy, self.file("times.mkv"))

    def test_one_thing_at_a_time_and_in_parts_it_is_the_same(self):
        words = ["--model", "none", "--for", "film"]
        digests, _ = self.restored(self.noisy, "whole", *words)
        self.assertEqual(self.restored(self.noisy, "serial", "--serial", *words)[0], digests)
        for count in (2, 7):
            self.assertEqual(self.in_parts(self.noisy, f"parts{count}", count, *words), digests)
        resumed = self.file("resumed.mkv")
        self.program.restore(self.noisy, resumed, "--resume", "--part-length", "5", *LOSSLESS, *words)
        self.assertEqual(digest_list(resumed), digests)
        compare_times(self.file("whole.mkv"), resumed)

    def test_faces_too(self):
        digests, seen = self.restored(self.faces, "faces_whole")
        self.expect_shown_as_often(self.faces, digests, least_changed=25)
        self.assertLessEqual(seen["restore"], len(set(firsts(digests))) + 1)
        self.assertEqual(self.restored(self.faces, "faces_serial", "--serial")[0], digests)
        self.assertEqual(self.in_parts(self.faces, "faces_parts", 3), digests)

    def test_a_file_of_tracks_knows_every_frame(self):
        tracks = self.file("tracks.json")
        analysis = json.loads(self.program.run("analyze", self.faces, "--tracks", tracks, "--no-people").stdout)
        digests, _ = self.restored(self.faces, "found")
        self.assertEqual(self.restored(self.faces, "known", "--tracks", tracks)[0], digests)
        frames = [face["frame"] for track in analysis["tracks"] for face in track["faces"]]
        self.assertEqual(frames, list(range(len(digests))), "a frame without its face")

    def test_numbers_that_are_burnt_in_go_on(self):
        digests, _ = self.restored(self.noisy, "numbered", "--model", "none", "--clean", "80", "--overlay", "time")
        self.assertEqual(len(set(digests)), len(digests))

    def test_without_a_step_nothing_changes(self):
        digests, seen = self.restored(self.noisy, "exact", "--model", "none")
        self.assertEqual(digests, digest_list(self.noisy))
        self.assertNotIn("repeat", seen)


if __name__ == "__main__":
    PRODUCT = sys.argv.pop(1)
    unittest.main()
