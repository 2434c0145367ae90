# SPDX-License-Identifier: Apache-2.0
"""`reelface studio` from the outside: what it shows is what `restore` makes.  usage: studio_test.py REELFACE [--frames N]"""
import base64
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time
import unittest

from face_clips import STILL
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


def pixels_of(picture):
    return subprocess.run(["ffmpeg", "-v", "error", "-i", "-", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"], input=picture, capture_output=True,
                          check=True).stdout


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

    def test_a_segments_preview_is_what_restore_makes_of_it(self):
        film, count = self.opened(self.films["faces_with_cuts"])
        segments = [{"frames": [10, 20], "fade": 3, "settings": {"strength": 20, "identity-guard": "off"}}]
        listed = os.path.join(self.root, "segments.json")
        pathlib.Path(listed).write_text(json.dumps({"segments": segments}))
        whole = os.path.join(self.root, "in_segments.mkv")
        told = json.loads(self.studio.post("/api/command", {"film": film, "frame": 0, "settings": {}, "segments": segments})[1])["command"]
        self.assertIn("--segments segments.json", told)
        subprocess.run([REELFACE, "restore", self.films["faces_with_cuts"], whole, "-c:v", "ffv1", "--segments", listed], check=True,
                       stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)
        restored, _ = self.opened(whole)
        for frame in (9, 10, 12, 13, 19, 20, 22, 23, count - 1):
            self.assertTrue(self.studio.picture("preview", film, frame, {}, segments) == self.studio.picture("frame", restored, frame), frame)
        self.assertNotEqual(self.studio.picture("preview", film, 15, {}, segments), self.studio.picture("preview", film, 15))
        for wrong, hint in (([{"frames": [0, 5], "settings": {"crf": 3}}], "whole film"), ([{"frames": [5, 0]}], "ends before"),
                            ([{"frames": [0, 5], "settings": {"neutral": True}}], "--levels auto")):
            with self.assertRaises(Refused) as refused:
                self.studio.post("/api/command", {"film": film, "frame": 0, "segments": wrong})
            answer = json.loads(refused.exception.body)
            self.assertIn(hint, answer["error"] + answer["advice"])

    def test_a_loop_shows_what_previews_show(self):
        film, count = self.opened(self.films["faces_with_cuts"])
        ask = {"film": film, "frame": count - 5, "count": 50, "segments": [{"frames": [count - 3, count], "settings": {"strength": 0}}]}
        made = json.loads(self.studio.post("/api/loop", ask)[1])
        self.assertEqual((made["first_frame"], made["count"]), (count - 5, 5), "the film ends")
        self.assertEqual(json.loads(self.studio.post("/api/loop", ask)[1]), made, "it was not kept")

        def picture(number, after):
            headers, jpeg = self.studio.get(f"/api/loop-picture?loop={made['loop']}&number={number}&after={after}")
            self.assertEqual((headers["content-type"], jpeg[:2]), ("image/jpeg", b"\xff\xd8"))
            return pixels_of(jpeg)
        for number in (0, 2, 4):
            for after, kind in enumerate(("frame", "preview")):
                still = pixels_of(self.studio.picture(kind, film, count - 5 + number, {}, ask["segments"]))
                moving = picture(number, after)
                self.assertEqual(len(moving), len(still))
                self.assertLess(sum(abs(a - b) for a, b in zip(moving, still)) / len(still), 3, (number, kind))
        for nothing in (f"loop={made['loop']}&number=5&after=1", f"loop={made['loop'] + 1}&number=0&after=1", "loop=x&number=0&after=0"):
            with self.assertRaises(Refused):
                self.studio.get("/api/loop-picture?" + nothing)

    def find_people(self, film):
        self.studio.post("/api/search", {"film": film, "frame": 0})
        deadline = time.monotonic() + 120
        while not (seen := json.loads(self.studio.get(f"/api/people?film={film}")[1]))["is_done"]:
            self.assertLess(time.monotonic(), deadline, seen)
            time.sleep(0.05)  # nothing tells but asking
        return seen

    def people_like(self, film, jpeg):
        return json.loads(self.studio.post("/api/photo", {"film": film, "photo": base64.b64encode(jpeg).decode()})[1])["people"]

    def test_people_are_found_and_chosen(self):
        film, count = self.opened(self.films["faces_with_cuts"])
        self.assertEqual(json.loads(self.studio.get(f"/api/people?film={film}")[1]), {"is_begun": False})
        ask = {"film": film, "frame": 40, "people": {"except": [1]}}
        with self.assertRaises(Refused) as refused:
            self.studio.post("/api/preview", ask)
        self.assertIn("find the people first", refused.exception.body.decode())
        seen = self.find_people(film)
        self.assertEqual([(person["person"], person["portraits"] > 0) for person in seen["people"]], [(1, True)], seen)
        headers, jpeg = self.studio.get(f"/api/portrait?film={film}&person=1&number=0")
        self.assertEqual((headers["content-type"], jpeg[:2]), ("image/jpeg", b"\xff\xd8"))
        for nobody in ("person=2&number=0", "person=1&number=99"):
            with self.assertRaises(Refused):
                self.studio.get(f"/api/portrait?film={film}&{nobody}")
        self.assertEqual(self.studio.post("/api/preview", ask)[1], self.studio.picture("frame", film, 40), "who is left alone was restored")
        only = {**ask, "people": {"only": [1]}}
        chosen = self.studio.post("/api/preview", only)[1]
        self.assertNotEqual(chosen, self.studio.picture("frame", film, 40))
        command = json.loads(self.studio.post("/api/command", only)[1])["command"]
        output = os.path.join(self.root, "chosen.mkv")
        words = command.replace("reelface", '"$0"', 1).replace(command.split()[3], output) + " -c:v ffv1"
        made = subprocess.run(["bash", "-c", words, REELFACE], cwd=self.root, capture_output=True, text=True, timeout=300)
        self.assertEqual(made.returncode, 0, made.stderr)
        restored, _ = self.opened(output)
        self.assertEqual(chosen, self.studio.picture("frame", restored, 40))
        for wrong in ({"only": 1}, {"only": [-1]}, {"only": ["1"]}, {"who": [1]}, [1]):
            with self.assertRaises(Refused) as refused:
                self.studio.post("/api/preview", {**ask, "people": wrong})
            self.assertEqual(refused.exception.status, 422)
        # Who she is, a photo tells: the film was made of one of her. A picture without anybody tells that.
        photo, empty = (subprocess.run(["ffmpeg", "-v", "error", *source, "-frames:v", "1", "-q:v", "4", "-f", "mjpeg", "-"], capture_output=True,
                                       check=True).stdout
                        for source in (["-i", STILL, "-vf", "scale=400:-1"], ["-f", "lavfi", "-i", "testsrc2=s=320x240"]))
        self.assertEqual(self.people_like(film, photo), [1])
        for picture, status in ((empty, 422), (b"\xff\xd8 no picture", 404), (b"no JPEG", 422)):
            with self.assertRaises(Refused) as refused:
                self.people_like(film, picture)
            self.assertEqual(refused.exception.status, status, refused.exception.body)
        self.assertEqual([name for name in os.listdir(os.path.join(self.root, ".reelface-studio")) if "photo" in name], [])
        with self.assertRaises(Refused) as refused:
            self.studio.post("/api/preview", {**only, "settings": {"steady": "on"}})
        self.assertIn("--steady off", refused.exception.body.decode())

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


if __name__ == "__main__":
    unittest.main(verbosity=1)
