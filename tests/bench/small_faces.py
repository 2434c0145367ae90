#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How many small faces are found in a large picture, for faces and pictures of several sizes.

small_faces.py REELFACE PORTRAITS [--sizes 16 20 24 32] [--pictures 1920x1080 3840x2160]. Every portrait once in a grid, half of them
soft or noisy, x264 crf 23, ten frames. A row a picture and size: found with --min-face as small as the faces, and by the
plain 640 pixels (--min-face 96); what was seen besides.
"""
import argparse
import glob
import json
import math
import os
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../cli"))
from face_clips import ffmpeg, run  # noqa: E402
from people_scenes import find_portraits  # noqa: E402


def make_crowd(path, people, width, height, size, frames=10):
    """Returns the middles of the faces."""
    columns = math.ceil(math.sqrt(len(people) * width / height))
    rows = math.ceil(len(people) / columns)
    inputs, parts, places = [], [f"gradients=s={width}x{height}:r=25:n=6:speed=0.00001:seed=5,noise=alls=5:all_seed=1[c0]"], []
    for index, person in enumerate(people):
        inputs += ["-loop", 1, "-framerate", 25, "-i", person.path]
        side = 2 * min(person.room, 1.1 * person.size)
        out = 2 * round(side * size / person.size / 2)
        x, y = (index % columns + 0.5) * width / columns, (index // columns + 0.5) * height / rows
        worn = ["null", "gblur=sigma=0.7", "noise=alls=10:allf=t:all_seed=3", "null"][index % 4]
        parts.append(f"[{index}:v]crop={side:.0f}:{side:.0f}:{person.x - side / 2:.0f}:{person.y - side / 2:.0f},"
                     f"scale={out}:{out}:flags=area,setsar=1,{worn}[p{index}]")
        parts.append(f"[c{index}][p{index}]overlay=x={x - out / 2:.0f}:y={y - out / 2:.0f}[c{index + 1}]")
        places.append((x, y))
    parts.append(f"[c{len(people)}]format=yuv420p[out]")
    ffmpeg(*inputs, "-filter_complex", ";".join(parts), "-map", "[out]", "-frames:v", frames, "-c:v", "libx264", "-preset",
           "veryfast", "-crf", 23, path)
    return places


def found_in(program, film, places, size, min_face, frames=10):
    """(share of faces and frames, tracks that are nobody's)"""
    analysis = json.loads(run([program, "analyze", film, "--no-people", "--min-face", min_face]))
    seen, strange = set(), 0
    for track in analysis["tracks"]:
        known = False
        for face in track["faces"]:
            box = face["box"]
            middle = (box[0] + box[2] / 2, box[1] + box[3] / 2)
            near = [index for index, place in enumerate(places) if math.dist(middle, place) < 0.6 * size]
            seen |= {(index, face["frame"]) for index in near}
            known |= bool(near)
        strange += not known
    return len(seen) / len(places) / frames, strange


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("portraits")
    parser.add_argument("--sizes", type=int, nargs="+", default=[16, 20, 24, 32])
    parser.add_argument("--pictures", nargs="+", default=["1920x1080", "3840x2160"])
    options = parser.parse_args()
    people = find_portraits(options.program, sorted(glob.glob(os.path.join(options.portraits, "*.jpg"))))
    print("| picture | faces | found | strange | found at 640 | strange |\n|---|---|---|---|---|---|")
    for picture in options.pictures:
        width, height = map(int, picture.split("x"))
        for size in options.sizes:
            with tempfile.TemporaryDirectory() as folder:
                film = os.path.join(folder, "crowd.mkv")
                places = make_crowd(film, people, width, height, size)
                small, small_strange = found_in(options.program, film, places, size, size)
                plain, plain_strange = found_in(options.program, film, places, size, 96)
            print(f"| {picture} | {size} px | {small:.3f} | {small_strange} | {plain:.3f} | {plain_strange} |", flush=True)


if __name__ == "__main__":
    main()
