#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How near to the truth --light brings the faces of portraits that were dimmed.

    call_light.py REELFACE [--portraits N] [--keep FOLDER] [--check]

Each portrait of ../shared is lit anew: by a half to two and a half stops less, warmer or colder, each in its own way, the same in every run. It is
restored with --light auto, and so is the portrait as it is. Skin is the median luma over nose and cheeks, of 255, where `analyze` finds them in the portrait itself; the
error is its distance from the portrait's. The cast is how far its colour leans from the portrait's, in hundredths. Groups are quarters of the portraits by the luma of their skin. --check ends with 1 unless the error is
halved on average, and no group gains less than half of what the best one gains.
"""
import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

import numpy

from called import run

SHARED = Path(os.environ.get("REELFACE_SHARED", Path(__file__).resolve().parents[3] / "shared"))
SIZE = (640, 480)
LUMA = numpy.array([0.2126, 0.7152, 0.0722])


def pixels_of(path, *options):
    width, height = SIZE
    raw = run("ffmpeg", "-v", "error", "-i", path, *options, "-frames:v", 1, "-f", "rawvideo", "-pix_fmt", "rgb24", "-")
    return numpy.frombuffer(raw, numpy.uint8).reshape(height, width, 3)


def film_of(picture, path):
    width, height = SIZE
    run("ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}", "-r", 15, "-i", "-", "-vf", "loop=5:1",
        "-c:v", "ffv1", "-pix_fmt", "yuv444p", "-color_range", "tv", path, data=picture.tobytes())


def dimmed(picture, number):
    stops = 0.5 + 2 * (number * 7 % 10) / 9
    warmth = 0.3 * (number * 3 % 5 - 2) / 2
    light = 2 ** -stops * numpy.array([1 + warmth, 1, 1 - 1.2 * warmth])
    return numpy.clip(numpy.round(255 * ((picture / 255) ** 2.2 * light) ** (1 / 2.2)), 0, 255).astype(numpy.uint8)


def skin_place(program, film):
    """The box below the eyes and above the mouth of the largest face; nothing where none is found."""
    tracks = json.loads(run(program, "analyze", film, "--no-people"))["tracks"]
    faces = [track["faces"][0] for track in tracks]
    if not faces:
        return None
    face = max(faces, key=lambda one: one["box"][2] * one["box"][3])
    points = numpy.array(face["points"]).reshape(5, 2)
    left, right = points[[0, 3], 0].mean(), points[[1, 4], 0].mean()
    eyes, mouth = points[:2, 1].mean(), points[3:, 1].mean()
    return slice(int(eyes + 0.25 * (mouth - eyes)), int(eyes + 0.75 * (mouth - eyes)) + 1), slice(int(left), int(right) + 1)


def skin(picture, place):
    return float(numpy.median(picture[place] @ LUMA))


def leaning(picture, clean, place):
    """Between red and green, and blue and green: by how much, per cent, the one picture leans from the other."""
    ratios = [numpy.log(numpy.median(one[place].reshape(-1, 3), axis=0).clip(1)) for one in (picture, clean)]
    return 100 * max(abs(float((ratios[0] - ratios[1])[i] - (ratios[0] - ratios[1])[1])) for i in (0, 2))


def measure(program, portrait, number, folder):
    scaled = f"scale={SIZE[0]}:{SIZE[1]}:force_original_aspect_ratio=increase,crop={SIZE[0]}:{SIZE[1]}:(iw-ow)/2:(ih-oh)/4"
    clean = pixels_of(portrait, "-vf", scaled)
    dim = dimmed(clean, number)
    films = {name: os.path.join(folder, f"{number}_{name}.mkv") for name in ("clean", "dim", "lit", "clean_lit")}
    film_of(clean, films["clean"])
    film_of(dim, films["dim"])
    place = skin_place(program, films["clean"])
    if place is None:
        return None
    for source, result in (("dim", "lit"), ("clean", "clean_lit")):
        run(program, "restore", films[source], films[result], "--light", "auto", "-c:v", "ffv1", "-y", "--progress", "none")
    pictures = (clean, dim, pixels_of(films["lit"]), pixels_of(films["clean_lit"]))
    return [skin(picture, place) for picture in pictures] + [leaning(picture, clean, place) for picture in pictures[1:]]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--portraits", type=int, default=50)
    parser.add_argument("--keep", metavar="FOLDER")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    portraits = sorted((SHARED / "portraits").glob("*.jpg"))[:arguments.portraits]
    rows = []
    with tempfile.TemporaryDirectory(prefix="reelface_light_") as temporary:
        folder = arguments.keep or temporary
        os.makedirs(folder, exist_ok=True)
        for number, portrait in enumerate(portraits):
            row = measure(arguments.program, portrait, number, folder)
            if row is None:
                print(f"{portrait.stem}: no face was found")
                continue
            rows.append(row)
            print(f"{portrait.stem:28} skin {row[0]:5.0f}  dimmed {row[1]:5.0f}  lit {row[2]:5.0f}  the portrait itself {row[3]:5.0f}  "
                  f"cast {row[4]:3.0f} -> {row[5]:3.0f}, {row[6]:3.0f}", flush=True)
    rows = numpy.array(sorted(rows))
    gains = []
    for name, group in [*((f"quarter {i + 1}", part) for i, part in enumerate(numpy.array_split(rows, 4))), ("all", rows)]:
        before, after, own = (numpy.abs(group[:, column] - group[:, 0]).mean() for column in (1, 2, 3))
        gains.append(1 - after / before)
        print(f"{name:10} skin {group[:, 0].min():4.0f}..{group[:, 0].max():4.0f}  error {before:5.1f} -> {after:5.1f}  gain {gains[-1]:.2f}  "
              f"good light changed by {own:.1f}  cast {group[:, 4].mean():.1f} -> {group[:, 5].mean():.1f}, in good light {group[:, 6].mean():.1f}")
    good = gains[-1] >= 0.5 and min(gains[:4]) >= 0.5 * max(gains[:4])
    return 0 if good or not arguments.check else 1


if __name__ == "__main__":
    sys.exit(main())
