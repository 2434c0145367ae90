# SPDX-License-Identifier: Apache-2.0
"""Films that `reelface studio` restores in the background.  usage: studio_jobs_test.py REELFACE"""
import json
import os
import pathlib
import pty
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

from face_clips import digest_list
from part_films import make_film
from studio_session import Refused, StudioSession

REELFACE = os.path.abspath(sys.argv.pop(1))


def each_that_stays(places, look):
    """What is seen at each place under /proc; files, threads and processes may go at any time."""
    for place in places:
        try:
            yield look(place)
        except OSError:
            pass


def open_files(process):
    return list(each_that_stays(pathlib.Path(f"/proc/{process}/fd").iterdir(), os.readlink))


def children_of(process):
    return " ".join(each_that_stays(pathlib.Path(f"/proc/{process}/task").iterdir(),
                                    lambda task: (task / "children").read_text(encoding="utf-8"))).split()


def rights_and_files(process):
    status = pathlib.Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return "NoNewPrivs:\t1" in status, open_files(process)


class StudioWithAFilm(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="reelface_studio_")
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.film = pathlib.Path(make_film("faces_without_cuts", folder.name)[0])
        self.settings = {"strength": 70, "video-codec": "ffv1"}

    def begin(self):
        studio = StudioSession(REELFACE, str(self.root))
        self.addCleanup(studio.close)
        studio.enter()
        return studio

    def add(self, studio, output):
        film = studio.open(self.film.name)
        return json.loads(studio.post("/api/add", {"film": film, "output": output, "settings": self.settings})[1])["job"]

    def job(self, studio, number):
        return next(job for job in json.loads(studio.get("/api/jobs")[1])["jobs"] if job["job"] == number)

    def wait_for(self, studio, number, *states):
        deadline = time.monotonic() + 120
        while (job := self.job(studio, number))["state"] not in states:
            if time.monotonic() > deadline:
                raise AssertionError(f"in vain waited for {states}: {job}")
            time.sleep(0.05)  # nothing tells but asking
        return job

    def check_restored(self, path):
        whole = self.root / "whole.mkv"
        subprocess.run([REELFACE, "restore", self.film, whole, "-y", "-c:v", "ffv1", "--strength", "70"], check=True,
                       stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)
        self.assertEqual(digest_list(path), digest_list(whole))


class Jobs(StudioWithAFilm):
    def test_a_job_restores_the_film(self):
        studio = self.begin()
        number = self.add(studio, "new.mkv")
        self.assertEqual(self.wait_for(studio, number, "done", "failed")["state"], "done")
        self.check_restored(self.root / "new.mkv")
        told = self.job(studio, number)["told"]
        self.assertRegex(told[0], r"^\d+ frames in \d+ s$")
        self.assertRegex(told[1], r"^\d+ faces seen, \d+ restored$")
        studio.open("new.mkv")
        with self.assertRaises(Refused):
            self.add(studio, "new.mkv")

    def test_a_job_gets_neither_files_nor_rights_of_others(self):
        with tempfile.NamedTemporaryFile() as private:
            studio = StudioSession.around(subprocess.Popen(
                [REELFACE, "studio", "--no-open", "--root", self.root], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, cwd=self.root, pass_fds=[private.fileno()]))
            self.addCleanup(studio.close)
            studio.enter()
            self.assertIn(private.name, open_files(studio.process.pid))
            number = self.add(studio, "new.mkv")
            seen = None
            while self.job(studio, number)["state"] in ("waiting", "running"):
                seen = next(each_that_stays(children_of(studio.process.pid), rights_and_files), seen)
            self.assertIsNotNone(seen, "the job was not seen at work")
            self.assertTrue(seen[0], "it could get more rights")
            self.assertNotIn(private.name, seen[1])

    def test_a_running_job_shows_its_newest_frame(self):
        studio = self.begin()
        number = self.add(studio, "new.mkv")
        picture = b""
        while self.job(studio, number)["state"] in ("waiting", "running"):
            if self.job(studio, number)["newest"]:
                try:
                    picture = studio.get(f"/api/newest?job={number}")[1]
                except Refused as refused:
                    self.assertEqual(refused.status, 404)  # it has just ended
        self.assertEqual(picture[:2], b"\xff\xd8", "no picture was seen while the film was restored")
        with self.assertRaises(Refused):
            studio.get(f"/api/newest?job={number}")

    def test_what_is_done_is_compared_on_a_page(self):
        studio = self.begin()
        number = self.add(studio, "new.mkv")
        self.wait_for(studio, number, "done")
        studio.post("/api/job", {"job": number, "action": "compare"})
        self.assertEqual(self.wait_for(studio, number + 1, "done", "failed")["state"], "done")
        self.assertEqual(self.job(studio, number + 1)["output"], "new_compared.html")
        headers, page = studio.get(f"/api/page?job={number + 1}")
        self.assertEqual(page, (self.root / "new_compared.html").read_bytes())
        policy = headers["content-security-policy"]
        self.assertTrue(policy.startswith("sandbox allow-scripts; default-src 'none';"), policy)
        self.assertNotIn("connect-src", policy)
        with self.assertRaises(Refused):
            studio.get(f"/api/page?job={number}")

    def test_a_job_takes_its_segments_along(self):
        studio = self.begin()
        segments = [{"frames": [10, 20], "fade": 0, "settings": {"strength": 10}}]
        film = studio.open(self.film.name)
        number = json.loads(studio.post("/api/add", {"film": film, "output": "new.mkv", "settings": self.settings, "segments": segments})[1])["job"]
        self.assertEqual(self.wait_for(studio, number, "done", "failed")["state"], "done")
        made = digest_list(self.root / "new.mkv")
        for name, strength, frames in (("seventy", 70, [*range(10), *range(20, len(made))]), ("ten", 10, range(10, 20))):
            whole = self.root / (name + ".mkv")
            subprocess.run([REELFACE, "restore", self.film, whole, "-c:v", "ffv1", "--strength", str(strength)], check=True,
                           stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)
            digests = digest_list(whole)
            self.assertEqual([made[frame] for frame in frames], [digests[frame] for frame in frames], name)

    def test_a_killed_studio_loses_no_job(self):
        studio = self.begin()
        number = self.add(studio, "new.mkv")
        self.wait_for(studio, number, "running", "done")
        studio.process.kill()
        studio.process.wait(timeout=60)
        studio = self.begin()
        self.assertEqual(self.wait_for(studio, number, "done", "failed")["state"], "done")
        self.check_restored(self.root / "new.mkv")

    def test_ending_the_studio_leaves_the_job_at_work_and_says_so(self):
        log = self.root / "log"
        with open(log, "wb") as errors:
            studio = StudioSession(REELFACE, str(self.root), log=errors)
            studio.enter()
            number = self.add(studio, "new.mkv")
            self.wait_for(studio, number, "running", "done")
            was_running = self.job(studio, number)["state"] == "running"
            self.assertEqual(studio.close(), 0)
        if was_running:
            self.assertIn("goes on", log.read_text())
        self.assertEqual(self.wait_for(self.begin(), number, "done", "failed")["state"], "done")

    def test_a_stopped_job_goes_on(self):
        studio = self.begin()
        number = self.add(studio, "new.mkv")
        self.wait_for(studio, number, "running")
        studio.post("/api/job", {"job": number, "action": "stop"})
        self.wait_for(studio, number, "stopped", "done")
        while self.job(studio, number)["state"] == "stopped":
            try:
                studio.post("/api/job", {"job": number, "action": "go on"})
            except Refused as refused:
                self.assertEqual(refused.status, 425)  # it is just being stopped
        self.assertEqual(self.wait_for(studio, number, "done", "failed")["state"], "done")
        self.check_restored(self.root / "new.mkv")


class AtATerminal(StudioWithAFilm):
    """Ctrl-C asks what becomes of a film that is being restored."""

    def end(self, answer):
        """What the terminal has shown, and the job's state when the next studio looks."""
        terminal, side = pty.openpty()
        process = subprocess.Popen([REELFACE, "studio", "--no-open", "--root", self.root], stdin=side, stdout=subprocess.PIPE, stderr=side)
        os.close(side)
        studio = StudioSession.around(process)
        self.addCleanup(studio.close)
        studio.enter()
        number = self.add(studio, "new.mkv")
        self.wait_for(studio, number, "running")
        studio.process.send_signal(signal.SIGINT)
        shown = b""
        while b"[y/N]" not in shown:
            shown += os.read(terminal, 1000)  # fails when the program ends without asking
        os.write(terminal, answer)
        self.assertEqual(process.wait(timeout=60), 0)
        os.close(terminal)
        studio = self.begin()
        return self.job(studio, number)["state"], studio, number

    def test_what_is_stopped_can_go_on(self):
        state, _, _ = self.end(b"y\n")
        self.assertIn(state, ("stopped", "done"))

    def test_usually_it_goes_on(self):
        state, studio, number = self.end(b"\n")
        self.assertIn(state, ("running", "done"))
        self.assertEqual(self.wait_for(studio, number, "done", "failed")["state"], "done")


class Starting(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="reelface_studio_")
        self.addCleanup(folder.cleanup)
        self.root = folder.name

    def start(self, *words):
        return subprocess.run([REELFACE, "studio", "--no-open", *words], cwd=self.root, capture_output=True, text=True, timeout=60)

    def test_ends_when_it_is_interrupted(self):
        studio = StudioSession(REELFACE, self.root)
        studio.enter()
        self.assertEqual(studio.close(), 0)

    def test_ends_while_a_preview_is_computed(self):
        film = make_film("faces_with_cuts", self.root)[0]
        studio = StudioSession(REELFACE, self.root)
        studio.enter()
        number = studio.open(os.path.basename(film))
        studio.look_over(number)
        done = []

        def ask():
            try:
                done.append(studio.picture("preview", number, 40, {"for": "film"}))
            except Exception as problem:  # pylint: disable=broad-except; whatever it is, the program ends
                done.append(problem)
        asking = threading.Thread(target=ask)
        asking.start()
        self.assertEqual(studio.close(), 0)
        asking.join(timeout=60)
        self.assertEqual(len(done), 1)

    def test_a_film_elsewhere_brings_its_folder(self):
        with tempfile.TemporaryDirectory(prefix="reelface_studio_") as elsewhere:
            film = pathlib.Path(elsewhere, "film.mkv")
            film.touch()
            process = subprocess.Popen([REELFACE, "studio", "--no-open", film], cwd=self.root, stdin=subprocess.DEVNULL,
                                       stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            studio = StudioSession.around(process)
            self.addCleanup(studio.close)
            studio.enter()
            told = json.loads(studio.get("/api/start")[1])
            self.assertEqual((told["folder"], told["film"]), (os.path.realpath(elsewhere), "film.mkv"))

    def test_refuses_what_cannot_be(self):
        outside = tempfile.NamedTemporaryFile(suffix=".mkv")
        self.addCleanup(outside.close)
        for words, hint in ((["--root", "none"], "--root"), (["--root", self.root, outside.name], "--root"), (["--port", "70000"], "65535"),
                            (["--port", "x"], "--port")):
            ended = self.start(*words)
            self.assertNotEqual(ended.returncode, 0, words)
            self.assertIn(hint, ended.stderr)
            self.assertEqual(ended.stdout, "")

    def test_a_port_that_is_taken_is_said(self):
        with StudioSession(REELFACE, self.root) as studio:
            ended = self.start("--port", str(studio.port))
            self.assertEqual(ended.returncode, 4)
            self.assertIn("--port", ended.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=1)
