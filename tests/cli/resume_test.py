#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""restore --resume: whatever stops it, the same command goes on and the film is that of an undisturbed run.

    resume_test.py REELFACE [--kills N] [--seed S] [--faces]
"""
import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

from checking.clips import make_clip
from face_clips import digest_list
from part_films import make_film
from part_checks import compare_copied, compare_times

PROGRAM, KILLS, SEED, FACES = None, 6, 1, False


class Resumable:
    """One film on its way, in a folder of its own."""

    def __init__(self, film, folder, words):
        self.film, self.output, self.words = film, os.path.join(folder, "out.mkv"), words
        self.parts = self.output + ".parts"

    def start(self, *more):
        return subprocess.Popen([PROGRAM, "restore", "--resume", self.film, self.output, "--progress", "none",
                                 *self.words, *more], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                text=True)

    def run(self, *more):
        process = self.start(*more)
        _, errors = process.communicate(timeout=300)
        return process.returncode, errors

    def finished_parts(self):
        """Which are there, and when each was made."""
        try:
            names = [name for name in os.listdir(self.parts) if name.startswith("part-") and "." not in name]
            return {name: os.stat(os.path.join(self.parts, name)).st_mtime_ns for name in names}
        except FileNotFoundError:
            return {}


class Resume(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        if FACES:
            self.film, _ = make_film("faces_with_cuts", self.folder)
            self.words = ["-c:v", "ffv1", "--part-length", "1.2"]
        else:
            self.film = str(make_clip(os.path.join(self.folder, "film.mp4"), frames=300))
            self.words = ["-c:v", "ffv1", "--model", "none", "--part-length", "1.2"]
        self.work = Resumable(self.film, self.folder, self.words)

    def undisturbed(self):
        path = os.path.join(self.folder, "whole.mkv")
        subprocess.run([PROGRAM, "restore", self.film, path, "--progress", "none", *self.words[:-2]], check=True, timeout=300)
        return path

    def check_complete(self, whole):
        self.assertFalse(os.path.exists(self.work.parts), "the folder of the parts is still there")
        self.assertEqual(digest_list(self.work.output), digest_list(whole))
        compare_times(whole, self.work.output)
        compare_copied(whole, self.work.output)

    def test_kills(self):
        whole = self.undisturbed()
        started = time.monotonic()
        code, errors = self.work.run()
        seconds = time.monotonic() - started
        self.assertEqual(code, 0, errors)
        self.check_complete(whole)
        os.remove(self.work.output)

        moments = random.Random(SEED)
        remade = 0
        for kill in range(KILLS):
            before = self.work.finished_parts()
            process = self.work.start()
            try:
                process.wait(moments.uniform(0.02, 1) * seconds * (0.4 if kill % 3 else 1))
            except subprocess.TimeoutExpired:
                process.kill()
            process.communicate()
            if os.path.exists(self.work.output):  # it was fast enough, once: begin anew
                self.assertEqual(self.work.run()[0] if os.path.exists(self.work.parts) else 0, 0)
                self.check_complete(whole)
                os.remove(self.work.output)
                continue
            after = self.work.finished_parts()
            remade += sum(after.get(name) != made for name, made in before.items())
        self.assertEqual(remade, 0, "finished parts were made again")
        code, errors = self.work.run()
        self.assertEqual(code, 0, errors)
        self.check_complete(whole)

    def test_an_enlarged_film(self):
        self.words = ["-c:v", "ffv1", "--model", "none", "--upscale", "1.5", "--part-length", "1.2"]
        self.work = Resumable(self.film, self.folder, self.words)
        self.killed_after(1)
        code, errors = self.work.run()
        self.assertEqual(code, 0, errors)
        self.check_complete(self.undisturbed())

    def test_why_no_face_was_restored(self):
        report = os.path.join(self.folder, "report.json")
        words = ["-c:v", "ffv1", "--part-length", "1.2", "--min-face", "5000", "--report", report]
        work = Resumable(make_film("faces_with_cuts", self.folder)[0], self.folder, words)
        code, errors = work.run()
        self.assertEqual(code, 0, errors)
        with open(report, encoding="utf-8") as file:
            faces = json.load(file)["faces"]
        self.assertEqual(faces["restored"], 0)
        self.assertGreater(faces["seen"], 0)
        self.assertEqual(faces["held_back"], {"size": faces["seen"]})
        self.assertIn("left as they are: most often too small or large", errors)

    def test_signals(self):
        for number, expected in ((signal.SIGTERM, 143), (signal.SIGINT, 130)):
            done = len(self.work.finished_parts())
            process = self.work.start()
            self.wait_for_parts(process, done + 1)  # one of its own, so that it listens to signals by now
            process.send_signal(number)
            _, errors = process.communicate(timeout=60)
            self.assertEqual(process.returncode, expected, errors)
            self.assertIn("same command goes on", errors)
        self.assertEqual(self.work.run()[0], 0)
        self.check_complete(self.undisturbed())

    def wait_for_parts(self, process, count):
        deadline = time.monotonic() + 120
        while len(self.work.finished_parts()) < count:
            self.assertIsNone(process.poll(), "it ended before it could be stopped")
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.005)

    def killed_after(self, count):
        process = self.work.start()
        self.wait_for_parts(process, count)
        process.kill()
        process.communicate()

    def test_other_options_are_refused_by_name(self):
        self.killed_after(1)
        kept = self.work.finished_parts()
        code, errors = self.work.run("--strength", "50")
        self.assertEqual(code, 2)
        self.assertIn("--strength was left out and is given 50", errors)
        self.assertEqual(self.work.finished_parts(), kept)
        self.assertEqual(self.work.run("--threads", "1")[0], 0)  # no pixel depends on it

    def test_another_input_is_refused(self):
        self.killed_after(1)
        with open(self.film, "ab") as file:
            file.write(b"more")
        code, errors = self.work.run()
        self.assertEqual(code, 3)
        self.assertIn("has changed", errors)

    def test_one_at_a_time(self):
        process = self.work.start()
        self.wait_for_parts(process, 1)
        process.send_signal(signal.SIGSTOP)
        code, errors = self.work.run()
        process.send_signal(signal.SIGCONT)
        self.assertEqual(code, 75, errors)
        self.assertEqual(process.wait(120), 0)
        process.communicate()

    def test_a_part_damaged_meanwhile_is_made_again(self):
        self.killed_after(2)
        path = os.path.join(self.work.parts, "part-00001")
        with open(path, "r+b") as file:
            file.seek(os.path.getsize(path) // 2)
            byte = file.read(1)
            file.seek(-1, os.SEEK_CUR)
            file.write(bytes([byte[0] ^ 1]))
        code, errors = self.work.run()
        self.assertEqual(code, 0)
        self.assertIn("made again", errors)
        self.check_complete(self.undisturbed())

    def note_joined_film(self):
        """What joining notes just before the film gets its name; the copy was made a moment earlier."""
        with open(self.work.output, "rb") as file:
            film = file.read()
        note = {"bytes": len(film), "sha256_of_head": hashlib.sha256(film[:1 << 20]).hexdigest(),
                "sha256_of_tail": hashlib.sha256(film[-(1 << 20):]).hexdigest()}
        with open(os.path.join(self.work.parts, "joined.json"), "w", encoding="utf-8") as file:
            json.dump(note, file)

    def test_killed_between_the_output_and_the_tidying(self):
        whole = self.undisturbed()
        process = self.work.start()
        copy = os.path.join(self.folder, "copy")
        self.wait_for_parts(process, 1)
        with open(os.path.join(self.work.parts, "plan.json"), encoding="utf-8") as file:
            parts = len(json.load(file)["parts"])
        self.wait_for_parts(process, parts)
        process.send_signal(signal.SIGSTOP)
        shutil.copytree(self.work.parts, copy)
        process.send_signal(signal.SIGCONT)
        self.assertEqual(process.wait(120), 0)
        process.communicate()
        made = os.stat(self.work.output).st_mtime_ns
        shutil.move(copy, self.work.parts)
        self.note_joined_film()
        self.assertEqual(self.work.run()[0], 0)
        self.assertEqual(os.stat(self.work.output).st_mtime_ns, made, "the output was made again")
        self.check_complete(whole)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--faces", action="store_true")
    arguments, rest = parser.parse_known_args()
    PROGRAM, KILLS, SEED, FACES = os.path.abspath(arguments.program), arguments.kills, arguments.seed, arguments.faces
    unittest.main(argv=[sys.argv[0], *rest], verbosity=1)
