#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How long it takes in the studio from a change to the picture.

    studio_speed.py REELFACE [--tries N]

A film of 1280x720 with one face that sways. Medians, in seconds from asking to the last byte of the picture, the film being looked over already:
  first    a frame that was not looked at before
  finish   the same frame with another strength: nothing that a network has answered is asked again (asked: 0.3)
  network  the same frame through another step that has a network: --clean
  shown    a picture that was shown before
Asked of the first: 1.5.
"""
import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))
from face_clips import STILL, WORN, ffmpeg  # noqa: E402  pylint: disable=wrong-import-position
from studio_session import StudioSession  # noqa: E402  pylint: disable=wrong-import-position

FRAMES = 100


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--tries", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="reelface_studio_speed_") as root:
        ffmpeg("-loop", 1, "-framerate", 25, "-i", STILL, "-vf",
               f"scale=1400:-2,crop=1280:720:'60+20*sin(n/9)':'100+10*cos(n/7)',{WORN},setsar=1,format=yuv420p", "-frames:v", FRAMES, "-c:v", "libx264",
               "-crf", 20, "-preset", "veryfast", os.path.join(root, "film.mp4"))
        with StudioSession(os.path.abspath(arguments.program), root) as studio:
            studio.enter()
            film = studio.open("film.mp4")
            studio.look_over(film)
            studio.picture("preview", film, 0)  # loads the networks

            def seconds(frame, settings):
                started = time.perf_counter()
                studio.picture("preview", film, frame, settings)
                return time.perf_counter() - started
            taken = {"first": [], "finish": [], "network": [], "shown": []}
            for number in range(arguments.tries):
                frame = 20 + number * (FRAMES - 30) // arguments.tries
                taken["first"].append(seconds(frame, {}))
                taken["finish"].append(seconds(frame, {"strength": 60}))
                taken["network"].append(seconds(frame, {"clean": "60"}))
                taken["shown"].append(seconds(frame, {}))
            for name, values in taken.items():
                print(f"{name:8} {statistics.median(values):6.2f} s   ({min(values):.2f} to {max(values):.2f})")


if __name__ == "__main__":
    main()
