#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""restore --list: many films in one process; one that fails is told and stops no other.

    batch_test.py REELFACE
"""
import ctypes
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

from checking.clips import make_clip
from face_clips import digest_list
from part_films import that_come_and_go

PROGRAM = None
LOG = "reelface.log.jsonl"


def without_roots_rights():
    """Before exec: root, too, is then refused what permissions do not give. Others have no such rights to lose."""
    drop_from_bounding_set, overrides, reads = 24, 1, 2
    libc = ctypes.CDLL(None, use_errno=True)
    for right in (overrides, reads):
        if os.geteuid() == 0 and libc.prctl(drop_from_bounding_set, right, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl")


class Batch(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.material = tempfile.mkdtemp()
        cls.films = [str(make_clip(os.path.join(cls.material, f"{number}.mkv"), frames=30 + 10 * number)) for number in range(4)]
        cls.faces = os.path.join(cls.material, "faces.mkv")
        that_come_and_go(cls.faces, 36)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.material)

    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        self.output = os.path.join(self.folder, "out")

    def list_of(self, *films):
        path = os.path.join(self.folder, "films.txt")
        with open(path, "w", encoding="utf-8") as file:
            file.write("# films\n\n" + "".join(film + "\n" for film in films))
        return path

    def command(self, films, *words):
        return [PROGRAM, "restore", "--list", films, "--output-folder", self.output, "-c:v", "ffv1", *words]

    def run_batch(self, films, *words, code=0):
        done = subprocess.run(self.command(films, *words), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300)
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertEqual(done.stdout, "")
        return done.stderr

    def log(self):
        with open(os.path.join(self.output, LOG), encoding="utf-8") as file:
            return [entry for entry in map(json.loads, file) if "input" in entry]

    def made(self, film):
        return os.path.join(self.output, os.path.basename(film))

    def test_each_is_what_a_run_of_its_own_makes(self):
        told = self.run_batch(self.list_of(self.faces, self.films[0], self.films[1]))
        for film in (self.faces, self.films[0], self.films[1]):
            alone = os.path.join(self.folder, "alone.mkv")
            subprocess.run([PROGRAM, "restore", film, alone, "-y", "-c:v", "ffv1", "--progress", "none"], check=True, timeout=120)
            self.assertEqual(digest_list(self.made(film)), digest_list(alone), film)
        self.assertNotEqual(digest_list(self.made(self.faces)), digest_list(self.faces), "nothing was restored")
        warnings = ["\n".join(entry.get("warnings", [])) for entry in self.log()]
        self.assertEqual(["left as it is" in text for text in warnings], [False, True, True], "what passes for a face is tiny")
        self.assertEqual(told.count("left as it is"), 2)

    def test_the_next_begins_while_the_last_drains(self):
        copies = [shutil.copy(self.faces, os.path.join(self.folder, f"copy{number}.mkv")) for number in range(3)]
        self.run_batch(self.list_of(*copies))
        log = self.log()
        for one, following in zip(log, log[1:]):
            self.assertLess(following["started"], one["started"] + one["seconds"])
        self.assertEqual(len({tuple(digest_list(self.made(copy))) for copy in copies}), 1, "they disturbed each other")

    def test_a_broken_one_stops_no_other(self):
        broken = os.path.join(self.folder, "broken.mkv")
        with open(broken, "wb") as file:
            file.write(b"no film at all" * 100)
        missing = os.path.join(self.folder, "missing.mkv")
        errors = self.run_batch(self.list_of(self.films[0], broken, self.films[1], missing), "--model", "none", code=1)
        self.assertIn("2 of 4 files failed", errors)
        for film in (broken, missing):
            self.assertIn(film + " failed (3)", errors)
        self.assertEqual([entry["exit_code"] for entry in self.log()], [0, 3, 0, 3])
        self.assertEqual(len(digest_list(self.made(self.films[1]))), 40)
        self.assertEqual(sorted(os.listdir(self.output)), ["0.mkv", "1.mkv", LOG])

    def test_resume_skips_what_is_done(self):
        self.run_batch(self.list_of(*self.films[:2]), "--model", "none")
        films = self.list_of(*self.films)
        before = os.stat(self.made(self.films[0])).st_mtime_ns
        os.remove(self.made(self.films[1]))
        self.run_batch(films, "--model", "none", "--resume")
        self.assertEqual(os.stat(self.made(self.films[0])).st_mtime_ns, before, "it was made again")
        for film in self.films:
            self.assertTrue(os.path.exists(self.made(film)), film)
        self.assertEqual(len(self.log()), 2 + 3)
        errors = self.run_batch(films, "--model", "none", "--strength", "50", "--resume", code=2)
        self.assertIn("--strength was left out and is given 50", errors)
        # Without --resume nothing is overwritten that was not meant to be.
        self.assertIn("4 of 4 files failed", self.run_batch(films, "--model", "none", code=1))
        self.assertEqual(os.stat(self.made(self.films[0])).st_mtime_ns, before)

    def test_an_interrupted_batch_goes_on(self):
        films = self.list_of(*self.films, self.faces)
        process = subprocess.Popen(self.command(films), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                   text=True)
        process.stderr.readline()  # one is done
        process.send_signal(signal.SIGTERM)
        errors = process.stderr.read()
        process.stderr.close()
        self.assertEqual(process.wait(60), 143, errors)
        self.assertIn("--resume", errors)
        done = sum(entry["exit_code"] == 0 for entry in self.log())
        self.assertLess(done, 5)
        self.run_batch(films, "--resume")
        self.assertEqual(sum(entry["exit_code"] == 0 for entry in self.log()), 5)
        self.assertEqual(sorted(os.listdir(self.output)), sorted([*(os.path.basename(film) for film in [*self.films, self.faces]), LOG]))

    def test_a_folder_with_folders(self):
        below = os.path.join(self.folder, "films", "more")
        os.makedirs(below)
        shutil.copy(self.films[0], os.path.dirname(below))
        shutil.copy(self.films[1], os.path.join(below, "0.mkv"))
        with open(os.path.join(below, "notes.txt"), "w", encoding="utf-8") as file:
            file.write("no film")
        self.run_batch(os.path.dirname(below), "--model", "none")
        self.assertEqual(len(digest_list(os.path.join(self.output, "0.mkv"))), 30)
        self.assertEqual(len(digest_list(os.path.join(self.output, "more", "0.mkv"))), 40)

    def folder_of_films(self, *names):
        films = os.path.join(self.folder, "films")
        for name in names:
            os.makedirs(os.path.dirname(os.path.join(films, name)), exist_ok=True)
            shutil.copy(self.films[0], os.path.join(films, name))
        return films

    def test_a_folder_that_cannot_be_read_stops_no_other(self):
        films = self.folder_of_films("a.mkv", "locked/b.mkv", "more/c.mkv")
        locked = os.path.join(films, "locked")
        os.chmod(locked, 0)
        self.addCleanup(os.chmod, locked, 0o700)
        done = subprocess.run(self.command(films, "--model", "none"), stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=120, preexec_fn=without_roots_rights)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn(locked + " failed (3)", done.stderr)
        self.assertIn("Permission denied", done.stderr)
        self.assertIn("1 of 3 files and folders failed", done.stderr)
        self.assertEqual(sorted(entry["exit_code"] for entry in self.log()), [0, 0, 3])
        self.assertTrue(os.path.exists(os.path.join(self.output, "more", "c.mkv")))
        os.chmod(locked, 0o700)
        self.run_batch(films, "--model", "none", "--resume")
        self.assertTrue(os.path.exists(os.path.join(self.output, "locked", "b.mkv")))

    def test_what_was_made_is_not_restored_again(self):
        films = self.folder_of_films("a.mkv", "more/b.mkv")
        self.output = os.path.join(films, "new")
        self.run_batch(films, "--model", "none")
        self.run_batch(films, "--model", "none", "--resume")
        # Under another name it is the same folder.
        os.symlink(self.output, os.path.join(self.folder, "link"))
        made = sorted(os.path.relpath(os.path.join(folder, name), self.output)
                      for folder, _, names in os.walk(self.output) for name in names)
        self.assertEqual(made, sorted(["a.mkv", "more/b.mkv", LOG]))
        self.output = os.path.join(self.folder, "link")
        self.assertIn("2 of 2 files failed", self.run_batch(films, "--model", "none", code=1), "they exist already")
        self.output = films
        self.assertIn("would be replaced", self.run_batch(films, "--model", "none", code=2))

    def test_nonsense_is_refused_before_anything_is_made(self):
        other = os.path.join(self.folder, "0.mkv")
        shutil.copy(self.films[1], other)
        films = self.list_of(self.films[0], other)
        self.assertIn("both become", self.run_batch(films, code=2))
        good = self.list_of(self.films[0])
        for words, said in ((["--report", "r.json"], "--report"), (["--strength", "101"], "strength"), (["x.mkv", "y.mkv"], "INPUT"),
                            (["--tracks", "t.json"], "--tracks")):
            self.assertIn(said, self.run_batch(good, *words, code=2))
        self.assertIn("no films", self.run_batch(self.list_of(), code=2))
        self.assertIn("cannot read", self.run_batch(os.path.join(self.folder, "nowhere"), code=3))
        done = subprocess.run([PROGRAM, "restore", "--list", good], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 2)
        self.assertIn("--output-folder", done.stderr)
        self.assertFalse(os.path.exists(self.output))


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=1)
