#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How many cuts are found between shots that only the faces tell apart: the same flat ground, small faces in the same places.

missed_cuts.py REELFACE PORTRAITS [--sizes 32 40 48 64] [--frames 20]. A row a size: cuts, found, found where none is, and the
tracks that go on as somebody else.
"""
import argparse
import glob
import json
import os
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../cli"))
from face_clips import run  # noqa: E402
from people_scenes import find_portraits, gallery_shots, make_film, who_is  # noqa: E402


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("portraits")
    parser.add_argument("--sizes", type=int, nargs="+", default=[32, 40, 48, 64])
    parser.add_argument("--frames", type=int, default=20)
    options = parser.parse_args()
    people = find_portraits(options.program, sorted(glob.glob(os.path.join(options.portraits, "*.jpg"))))
    codec = ("-c:v", "libx264", "-preset", "veryfast", "-crf", 32)
    print("| size | cuts | found | elsewhere | tracks | of several people |\n|---|---|---|---|---|---|", flush=True)
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            shots = gallery_shots(len(people), (size,) * 4)
            film, places = make_film(folder, "flat", people, shots, options.frames, codec, ground="0x68707a")
            analysis = json.loads(run([options.program, "analyze", film, "--no-people"]))
        starts = {shot["first_frame"] for shot in analysis["shots"]} - {0}
        cuts = set(range(options.frames, options.frames * len(shots), options.frames))
        names = [{place.name for face in track["faces"] if (place := who_is({"faces": [face]}, places))}
                 for track in analysis["tracks"]]
        print(f"| {size} px | {len(cuts)} | {len(starts & cuts)} | {len(starts - cuts)} | {sum(1 for some in names if some)} | "
              f"{sum(1 for some in names if len(some) > 1)} |", flush=True)


if __name__ == "__main__":
    main()
