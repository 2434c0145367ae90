#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""No command of the program changes a file that it was not told to write.

    hostile_paths_test.py REELFACE [--shim io_fault.so] [unittest options]

Every command is given outputs that are its inputs: the same file, a hard link, a link, a link to a link, another
spelling, a name inside a file, a folder. All files in the working folder are hashed before and after. Then outputs that
exist: without -y they stay, with -y they alone change.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from checking.clips import make_clip
from path_commands import COMMANDS, pictures, restore, snapshot

PROGRAM = None
SHIM = None
EIO = 5
OUTPUT_FAILED, USAGE = 4, 2


class HostilePaths(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # Plans hold absolute paths: every test finds its files in the same place.
        cls.parent = tempfile.TemporaryDirectory(prefix="reelface_paths_")
        cls.folder = os.path.join(os.path.realpath(cls.parent.name), "here")
        os.mkdir(cls.folder)
        folder = Path(cls.folder)
        make_clip(folder / "film.mkv", frames=6, size="160x120")
        shutil.copyfile(folder / "film.mkv", folder / "film.html")
        make_clip(folder / "clean.mkv", frames=6, size="160x120", source="smptebars")
        make_clip(folder / "other.mkv", frames=6, size="160x120", source="smptebars")
        (folder / "d").mkdir()
        cls.run_in(folder, *pictures("--frames", ":1", "film.mkv", "d/000001.png"))
        # Names that end like films, so that an output may be spelled like them.
        cls.run_in(folder, *pictures("--frames", ":1", "film.mkv", "photo.png"))
        (folder / "photo.png").rename(folder / "photo.mkv")
        cls.run_in(folder, "analyze", "film.mkv", "--tracks", "tracks.mkv")
        cls.run_in(folder, "models", "convert", "compact", "model.mkv")
        (folder / "settings.mkv").write_text('{"model": "none"}')
        cls.run_in(folder, "plan", "-m", "none", "-c:v", "ffv1", "film.mkv", "joined.mkv", "--parts", "1", "--folder",
                   "work")
        cls.run_in(folder, "part", "work", "0", "--progress", "none")
        shutil.copytree(cls.folder, cls.folder + ".made")

    @classmethod
    def tearDownClass(cls):
        cls.parent.cleanup()

    @classmethod
    def run_in(cls, folder, *words):
        done = subprocess.run([PROGRAM, *words], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=120)
        assert done.returncode == 0, f"{words}: {done.stderr}"

    def setUp(self):
        shutil.rmtree(self.folder)
        shutil.copytree(self.folder + ".made", self.folder)

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def call(self, words):
        return subprocess.run([PROGRAM, *words], cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, errors="replace", timeout=120)

    def assert_refused(self, words, codes=(USAGE,)):
        before = snapshot(self.folder)
        done = self.call(words)
        self.assertIn(done.returncode, codes, done.stderr)
        self.assertIn("try: ", done.stderr)
        self.assertEqual(snapshot(self.folder), before, done.stderr)

    def spellings(self, command, read):
        """The file under every name it can have, and names that no file can have."""
        ending = "png" if read.endswith(".png") else "html" if read.endswith(".html") else "mkv"
        names = {kind: f"{kind}.{ending}" for kind in ("hard", "soft", "softer")}
        os.link(self.path(read), self.path(names["hard"]))
        os.symlink(read, self.path(names["soft"]))
        os.symlink(names["soft"], self.path(names["softer"]))
        os.symlink(".", self.path("round"))
        # A file that does not end like a film is refused under its own name already.
        own = [read, os.path.join(".", read), self.path(read), os.path.join("round", read)]
        return own + list(names.values()) + [os.path.join(read, "inside." + ending)]

    def test_what_is_read_is_never_written(self):
        for command in COMMANDS:
            for read in command.reads:
                self.setUp()
                self.assert_refused(command.words(read))
                for spelling in self.spellings(command, read):
                    with self.subTest(command=command.name, output=spelling):
                        self.assert_refused(command.words(spelling) + ["-y"])

    def test_a_folder_is_no_file(self):
        for command in COMMANDS:
            with self.subTest(command.name):
                self.assert_refused(command.words("work") + ["-y"])

    def test_a_model_of_the_store_is_read_by_every_command(self):
        store = self.path("store")
        os.mkdir(store)
        shutil.copyfile(self.path("model.mkv"), os.path.join(store, "spotter.safetensors"))
        before = snapshot(self.folder)
        done = subprocess.run([PROGRAM, *restore("film.mkv", "new.mkv", "--report", "store/spotter.safetensors", "-y")],
                              cwd=self.folder, env={**os.environ, "REELFACE_MODELS": store}, capture_output=True,
                              text=True, stdin=subprocess.DEVNULL, timeout=120)
        self.assertEqual(done.returncode, USAGE, done.stderr)
        self.assertEqual(snapshot(self.folder), before)

    def ending_of(self, command):
        return ".png" if command.reads[0].endswith(".png") else ".html" if command.reads[0].endswith(".html") else ".mkv"

    def test_what_exists_is_replaced_only_if_asked_and_alone(self):
        for command in COMMANDS:
            self.setUp()
            if command.name in ("restore with a model", "restore a photo's person"):
                continue  # the photo shows nobody: nothing comes out
            name = "old" + self.ending_of(command)
            Path(self.path(name)).write_bytes(b"what was here before\n")
            with self.subTest(command=command.name):
                self.assert_refused(command.words(name))
                before = snapshot(self.folder)
                done = self.call(command.words(name) + ["-y"])
                self.assertEqual(done.returncode, 0, done.stderr)
                after = snapshot(self.folder)
                self.assertNotEqual(after[self.path(name)], before[self.path(name)])
                changed = {path for path in before if after.get(path) != before[path]}
                self.assertEqual(changed, {self.path(name)})

    def test_a_file_with_the_plain_name_of_a_part_is_somebody_elses(self):
        for command in COMMANDS:
            self.setUp()
            name = "new" + self.ending_of(command)
            if command.name in ("restore with a model", "restore a photo's person") or "new.mkv" in command.words(""):
                name = "report" + self.ending_of(command)
            Path(self.path("precious")).write_bytes(b"precious\n")
            os.symlink("precious", self.path(name + ".part"))
            before = snapshot(self.folder)
            with self.subTest(command=command.name):
                self.call(command.words(name))
                after = snapshot(self.folder)
                self.assertEqual({path for path in before if after.get(path) != before[path]}, set())

    def test_a_model_is_not_truncated_while_it_is_mapped(self):
        shutil.copyfile(self.path("model.mkv"), self.path("m.safetensors.part"))
        before = snapshot(self.folder)
        done = self.call(["models", "convert", "m.safetensors.part", "m.safetensors"])
        self.assertEqual(done.returncode, 0, done.stderr)
        after = snapshot(self.folder)
        self.assertEqual({path for path in before if after[path] != before[path]}, set())

    def test_two_outputs_cannot_be_one_file(self):
        os.symlink(".", self.path("round"))
        self.assert_refused(restore("film.mkv", "new.mkv", "--report", "round/new.mkv"))
        self.assert_refused(restore("film.mkv", "new.mkv", "--snapshot", "round/new.mkv"))
        self.assert_refused(restore("film.mkv", "new.mkv", "--snapshot", "film.mkv", "-y"))
        self.assert_refused(["compare", "film.mkv", "--reference", "clean.mkv", "--json", "x", "--csv", "./x"])
        self.assert_refused(["analyze", "film.mkv", "--tracks", "x", "--people", "x"])
        self.assert_refused(["join", "work", "-o", "x.mkv", "--report", "x.mkv"])

    def test_devices_are_written_straight_through(self):
        # Not /dev/null: a faulty program would take it away from the whole machine.
        os.mkfifo(self.path("pipe"))
        read = subprocess.Popen(["cat", self.path("pipe")], stdout=subprocess.PIPE)
        done = self.call(restore("film.mkv", "new.mkv", "--report", "pipe", "-y"))
        text, _ = read.communicate(timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(json.loads(text)["output"]["frames"], 6)
        os.symlink("/dev/full", self.path("full"))
        done = self.call(["analyze", "film.mkv", "--tracks", "full"])
        self.assertEqual(done.returncode, OUTPUT_FAILED, done.stderr)
        self.assertTrue(os.path.islink(self.path("full")))


class Folders(HostilePaths):
    """Folders that the program makes beside outputs, and those that happen to have their names."""

    def assert_others_stay(self, words, codes, written=()):
        before = snapshot(self.folder)
        done = self.call(words)
        self.assertIn(done.returncode, codes, done.stderr)
        after = snapshot(self.folder)
        changed = {os.path.relpath(path, self.folder) for path in before if after.get(path) != before[path]}
        self.assertEqual(changed, set(written), done.stderr)

    def test_a_foreign_folder_of_parts(self):
        os.mkdir(self.path("new.mkv.parts"))
        for name in ("holiday.mov", "draft.part", ".hidden.42.part", "part-00000"):
            Path(self.path("new.mkv.parts", name)).write_bytes(b"precious\n")
        self.assert_others_stay(restore("film.mkv", "new.mkv", "--resume"), (USAGE,))
        Path(self.path("new.mkv.parts", "plan.json")).write_text(json.dumps({"lesson": "plan"}))
        self.assert_others_stay(restore("film.mkv", "new.mkv", "--resume"), (USAGE,))

    def test_a_link_in_place_of_the_folder_of_parts(self):
        os.symlink("d", self.path("new.mkv.parts"))
        self.assert_others_stay(restore("film.mkv", "new.mkv", "--resume"), (USAGE,))

    def test_somebodys_files_in_our_folder_of_parts_stay(self):
        shutil.copytree(self.path("work"), self.path("new.mkv.parts"))
        for name in ("draft.part", "notes.txt"):
            Path(self.path("new.mkv.parts", name)).write_bytes(b"precious\n")
        self.call(restore("film.mkv", "new.mkv", "--resume"))
        for name in ("draft.part", "notes.txt"):
            self.assertEqual(Path(self.path("new.mkv.parts", name)).read_bytes(), b"precious\n")

    def test_a_plan_replaces_nothing(self):
        os.mkdir(self.path("plans"))
        for name in ("film.index", "notes.txt", "draft.part"):
            shutil.copyfile(self.path("film.mkv"), self.path("plans", name))
        plan = ["plan", "-m", "none", "-c:v", "ffv1", "--parts", "1", "--folder", "plans"]
        self.assert_others_stay([*plan, "film.mkv", "new.mkv"], (USAGE,))
        self.assert_others_stay([*plan, "plans/film.index", "new.mkv"], (USAGE,))
        self.assert_others_stay(["plan", "-m", "none", "film.mkv", "new.mkv", "--folder", "work"], (USAGE,))

    def resume(self, name, fault="none:0:0"):
        """The film's length in renames; with a fault, the exit code of a run that stops there."""
        if SHIM is None:
            self.skipTest("no --shim given")
        output, counts = self.path(name), self.path("counts")
        environment = {**os.environ, "LD_PRELOAD": SHIM, "REELFACE_FAULT_FOLDER": output, "REELFACE_FAULT": fault,
                       "REELFACE_FAULT_COUNTS": counts, "ASAN_OPTIONS": "verify_asan_link_order=0"}
        done = subprocess.run([PROGRAM, *restore("--deterministic", "film.mkv", output, "--resume")], cwd=self.folder,
                              env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)
        renames = next(int(line.split()[1]) for line in Path(counts).read_text().splitlines() if "rename" in line)
        os.remove(counts)
        return done.returncode, renames

    def all_parts_of(self, name):
        """The folder of a run whose parts are all there, and whose film could not be given its name."""
        code, renames = self.resume("trial.mkv")
        self.assertEqual(code, 0)
        code, _ = self.resume(name, f"rename:{renames}:{EIO}")
        self.assertEqual(code, OUTPUT_FAILED)
        self.assertIn("part-00000", os.listdir(self.path(name + ".parts")))
        return name + ".parts"

    def again(self, name):
        return restore("--deterministic", "film.mkv", self.path(name), "--resume")

    def test_a_newer_file_under_the_outputs_name_is_not_taken_for_the_film(self):
        self.all_parts_of("his.mkv")
        shutil.copyfile(self.path("other.mkv"), self.path("his.mkv"))
        self.assert_others_stay(self.again("his.mkv"), (USAGE,))

    def test_the_film_itself_is_known_again(self):
        parts = self.all_parts_of("mine.mkv")
        shutil.copytree(self.path(parts), self.path("kept"))
        self.run_in(self.folder, *self.again("mine.mkv"))
        os.rename(self.path("kept"), self.path(parts))  # as if it had been killed before the folder was removed
        gone = {parts, *(os.path.join(parts, name) for name in os.listdir(self.path(parts)))}
        self.assert_others_stay(self.again("mine.mkv"), (0,), gone)

    def test_many_films_replace_none_of_the_others(self):
        os.mkdir(self.path("new"))
        shutil.copyfile(self.path("other.mkv"), self.path("new", "film.mkv"))
        Path(self.path("list.txt")).write_text("film.mkv\nnew/film.mkv\n")
        batch = ["restore", "-m", "none", "--list", "list.txt", "--output-folder", "new", "-y"]
        self.assert_others_stay(batch, (USAGE,))
        Path(self.path("list.txt")).write_text("film.mkv\n")
        self.assert_others_stay(["restore", "-m", "none", "--list", "list.txt", "--output-folder", ".", "-y"], (USAGE,))

    def test_a_log_that_is_not_ours_is_not_appended_to(self):
        os.mkdir(self.path("new"))
        log = self.path("new", "reelface.log.jsonl")
        Path(log).write_text("dear diary\n")
        Path(self.path("list.txt")).write_text("film.mkv\n")
        batch = ["restore", "-m", "none", "--list", "list.txt", "--output-folder", "new", "-y"]
        self.assert_others_stay(batch, (USAGE,))
        os.remove(log)
        os.symlink("../other.mkv", log)
        self.assert_others_stay(batch, (USAGE, OUTPUT_FAILED))

    def test_a_part_of_a_download_that_is_not_ours(self):
        store = self.path("store")
        os.mkdir(store)
        Path(self.path("precious")).write_bytes(b"precious\n")
        os.symlink("../precious", os.path.join(store, "GFPGANv1.4.pth.part"))
        before = snapshot(self.folder)
        done = subprocess.run([PROGRAM, "models", "pull", "gfpgan-1.4", "--mirror", "file://" + self.path("d")],
                              cwd=self.folder, env={**os.environ, "REELFACE_MODELS": store}, capture_output=True,
                              text=True, stdin=subprocess.DEVNULL, timeout=60)
        self.assertEqual(done.returncode, OUTPUT_FAILED, done.stderr)
        self.assertEqual(snapshot(self.folder), before)


def load_tests(loader, tests, pattern):
    """The base's tests once."""
    names = [name for name in loader.getTestCaseNames(Folders) if name not in loader.getTestCaseNames(HostilePaths)]
    return unittest.TestSuite([loader.loadTestsFromTestCase(HostilePaths), *(Folders(name) for name in names)])


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    if len(sys.argv) > 2 and sys.argv[1] == "--shim":
        SHIM = os.path.abspath(sys.argv.pop(2))
        sys.argv.pop(1)
    unittest.main(verbosity=1)
