# SPDX-License-Identifier: Apache-2.0
"""`reelface studio`, killed at ten moments of a job, alone and together with the job: nothing is lost, and nothing is half written.

    studio_kills_test.py REELFACE
"""
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

from face_clips import digest_list
from part_films import make_film
from studio_session import Refused, StudioSession

REELFACE = os.path.abspath(sys.argv.pop(1))
MOMENTS = 10


class Kills(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="reelface_studio_")
        cls.addClassCleanup(folder.cleanup)
        cls.root = pathlib.Path(folder.name)
        cls.film = pathlib.Path(make_film("faces_without_cuts", folder.name)[0])
        whole = cls.root / "whole.mkv"
        started = time.monotonic()
        subprocess.run([REELFACE, "restore", "--resume", cls.film, whole, "-c:v", "ffv1"], check=True, stdin=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, timeout=300)
        cls.seconds = time.monotonic() - started
        cls.digests = digest_list(whole)

    def begin(self):
        studio = StudioSession(REELFACE, str(self.root))
        self.addCleanup(studio.close)
        studio.enter()
        return studio

    def jobs(self, studio):
        return json.loads(studio.get("/api/jobs")[1])["jobs"]

    def finish(self, studio, number):
        """The job's end, helped on where it was stopped from outside."""
        deadline = time.monotonic() + 120
        while (job := next(job for job in self.jobs(studio) if job["job"] == number))["state"] != "done":
            self.assertLess(time.monotonic(), deadline, job)
            if job["state"] == "failed":
                self.assertIn("it can go on", job["reason"])
                try:
                    studio.post("/api/job", {"job": number, "action": "go on"})
                except Refused as refused:
                    self.assertEqual(refused.status, 425)
            time.sleep(0.05)  # nothing tells but asking

    def process_of(self, number):
        return json.loads((self.root / ".reelface-studio" / f"{number}.job").read_text())["process"]

    def test_ten_moments(self):
        for moment in range(MOMENTS):
            with self.subTest(moment=moment):
                output = self.root / f"new{moment}.mkv"
                studio = self.begin()
                film = studio.open(self.film.name)
                number = json.loads(studio.post("/api/add", {"film": film, "output": output.name, "settings": {"video-codec": "ffv1"}})[1])["job"]
                time.sleep(self.seconds * moment / (MOMENTS - 1))  # the moment is what is tested: some are before, some behind the end
                process = self.process_of(number)
                studio.process.kill()
                studio.process.wait(timeout=60)
                if moment % 2 and process:  # the machine goes down: the job as well
                    try:
                        os.kill(process, signal.SIGKILL)
                    except ProcessLookupError:
                        pass  # it had ended
                if output.exists():
                    self.assertEqual(digest_list(output), self.digests, "half a film under its name")
                studio = self.begin()
                self.finish(studio, number)
                self.assertEqual(digest_list(output), self.digests)
                studio.post("/api/job", {"job": number, "action": "forget"})
                studio.close()
                left = [path.name for path in self.root.iterdir() if path.name.startswith(output.name) and path != output]
                self.assertEqual(left + os.listdir(self.root / ".reelface-studio"), [])


if __name__ == "__main__":
    unittest.main()
