"""`reelface studio` from the outside: what it shows is what `restore` makes.  usage: studio_test.py REELFACE [--frames N]"""
import json
import os
import pathlib
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
FRAMES = 3  # of each film with each of the settings
if "--frames" in sys.argv:
    FRAMES = int(sys.argv.pop(sys.argv.index("--frames") + 1))
    sys.argv.remove("--frames")
# What the networks, the whole picture, the finish and its size depend on.
SETTINGS = [{}, {"strength": 35, "match-grain": "off"}, {"model": "none", "for": "film"}, {"clean": "40", "grain": "less", "mask": "box"},
            {"upscale": 1.5}]
FILMS = ["faces_with_cuts", "open_groups", "ten_bits", "grainy"]


def words_of(settings):
    return [word for name, value in settings.items() for word in ("--" + name, str(value))]


class Studio(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="reelface_studio_")
        cls.addClassCleanup(folder.cleanup)
        cls.root = folder.name
        cls.films = {name: make_film(name, cls.root)[0] for name in FILMS}
        cls.studio = StudioSession(REELFACE, cls.root)
        cls.addClassCleanup(cls.studio.close)
        cls.studio.enter()

    def opened(self, path):
        film = self.studio.open(os.path.relpath(path, self.root))
        return film, self.studio.look_over(film)["frames"]

    def check_film(self, name):
        film, count = self.opened(self.films[name])
        changed = 0
        for number, settings in enumerate(SETTINGS):
            whole = pathlib.Path(self.root) / f"{name}_{number}.mkv"
            subprocess.run([REELFACE, "restore", self.films[name], whole, "-c:v", "ffv1", *words_of(settings)], check=True,
                           stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)
            restored, restored_count = self.opened(whole)
            self.assertEqual(restored_count, count)
            for frame in sorted({step * (count - 1) // (FRAMES - 1) for step in range(FRAMES)}):
                preview = self.studio.picture("preview", film, frame, settings)
                self.assertEqual(preview[:8], b"\x89PNG\r\n\x1a\n")
                self.assertTrue(preview == self.studio.picture("frame", restored, frame),
                                f"{name} with {settings}: frame {frame} of the preview is not that of the restored film")
                changed += preview != self.studio.picture("frame", film, frame)
        self.assertGreater(changed, 0, f"{name}: nothing was restored, so nothing was compared")

    def test_a_preview_is_the_frame_that_restore_makes(self):
        for name in FILMS:
            with self.subTest(name):
                self.check_film(name)

    def test_newer_previews_end_older_ones(self):
        film, count = self.opened(self.films["faces_with_cuts"])
        answers = {}

        def ask(frame):
            try:
                answers[frame] = self.studio.picture("preview", film, frame, {"strength": 77})
            except Refused as refused:
                answers[frame] = refused.status
        threads = [threading.Thread(target=ask, args=(frame,)) for frame in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        pictures = [frame for frame, answer in answers.items() if isinstance(answer, bytes)]
        self.assertGreaterEqual(len(pictures), 1)
        self.assertEqual({answer for answer in answers.values() if not isinstance(answer, bytes)} - {409}, set())
        for frame in pictures:
            self.assertEqual(answers[frame], self.studio.picture("preview", film, frame, {"strength": 77}), frame)

    def test_mistakes_are_answered_with_advice(self):
        film, count = self.opened(self.films["faces_with_cuts"])
        for body, status, hint in (({"film": film, "frame": count}, 422, "frames"), ({"film": 99999, "frame": 0}, 404, "open"),
                                   ({"film": film, "frame": 0, "settings": {"grain": "keep"}}, 422, "--clean auto"),
                                   ({"film": film, "frame": 0, "settings": {"strenght": 1}}, 422, "strength"),
                                   ({"film": film, "frame": 0, "settings": {"model": "../x.pth"}}, 404, "--root")):
            with self.assertRaises(Refused) as refused:
                self.studio.post("/api/preview", body)
            self.assertEqual(refused.exception.status, status, refused.exception.body)
            told = json.loads(refused.exception.body)
            self.assertIn(hint, told["error"] + told["advice"])
        with self.assertRaises(Refused):
            self.studio.open("none.mkv")
        (pathlib.Path(self.root) / "text.mkv").write_text("no film")
        with self.assertRaises(Refused) as refused:
            self.studio.open("text.mkv")
        self.assertEqual(refused.exception.status, 404)

    def test_the_command_does_the_same(self):
        film, _ = self.opened(self.films["faces_with_cuts"])
        told = json.loads(self.studio.post("/api/command", {"film": film, "frame": 0, "settings": {"strength": 35, "for": "film"}})[1])
        command = told["command"]
        self.assertTrue(command.startswith("reelface restore "), command)
        self.assertIn("--strength 35", command)
        plan = subprocess.run(["bash", "-c", command.replace("reelface", '"$0"', 1) + " --dry-run", REELFACE], cwd=self.root,
                              capture_output=True, text=True, timeout=60)
        self.assertEqual(plan.returncode, 0, plan.stderr)
        self.assertIn("steady", plan.stdout)

    def test_the_beginning_of_a_film_is_seen_while_the_rest_is_looked_over(self):
        path = pathlib.Path(self.root) / "long.mkv"
        subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=640x480:r=25:d=60", "-c:v", "libx264",
                        "-preset", "ultrafast", "-g", "50", path], check=True, timeout=120)
        film = self.studio.open("long.mkv")
        early = None
        while early is None:
            try:
                early = self.studio.picture("preview", film, 30, {"model": "none", "steady": "on"})
            except Refused as refused:
                self.assertEqual(refused.status, 425)
        was_early = not self.studio.progress(film)["is_done"]
        self.studio.look_over(film)
        with StudioSession(REELFACE, self.root) as another:
            another.enter()
            film = another.open("long.mkv")
            another.look_over(film)
            self.assertEqual(early, another.picture("preview", film, 30, {"model": "none", "steady": "on"}))
        if not was_early:
            self.skipTest("the film was looked over before its beginning could be asked for")

    def test_how_far_a_preview_is_is_told(self):
        film, _ = self.opened(self.films["grainy"])
        shares = []
        asking = threading.Thread(target=lambda: self.studio.picture("preview", film, 20, {"model": "none", "for": "film", "levels": "auto"}))
        asking.start()
        while asking.is_alive():
            shares.append(json.loads(self.studio.get("/api/working")[1])["share"])
        asking.join()
        self.assertTrue(all(0 <= share <= 1 for share in shares), shares)
        self.assertEqual(json.loads(self.studio.get("/api/working")[1])["share"], 1)

    def test_thumbs_and_folders_are_shown(self):
        film, count = self.opened(self.films["open_groups"])
        seen = self.studio.progress(film)
        self.assertGreater(len(seen["thumbs"]), 10)
        headers, jpeg = self.studio.get(f"/api/thumb?film={film}&frame={seen['thumbs'][3]}")
        self.assertEqual((headers["content-type"], jpeg[:2]), ("image/jpeg", b"\xff\xd8"))
        names = [entry["name"] for entry in json.loads(self.studio.get("/api/folder?path=")[1])["entries"]]
        self.assertIn(os.path.basename(self.films["open_groups"]), names)


class Jobs(unittest.TestCase):
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

    def test_a_job_restores_the_film(self):
        studio = self.begin()
        number = self.add(studio, "new.mkv")
        self.assertEqual(self.wait_for(studio, number, "done", "failed")["state"], "done")
        self.check_restored(self.root / "new.mkv")
        studio.open("new.mkv")
        with self.assertRaises(Refused):
            self.add(studio, "new.mkv")

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

    def test_refuses_what_cannot_be(self):
        outside = tempfile.NamedTemporaryFile(suffix=".mkv")
        self.addCleanup(outside.close)
        for words, hint in ((["--root", "none"], "--root"), ([outside.name], "--root"), (["--port", "70000"], "65535"),
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
