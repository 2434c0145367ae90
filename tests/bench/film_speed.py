#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How fast is a whole film restored or enlarged, and what share of the work has each step?

    film_speed.py PRODUCT [--seconds 4] [--repetitions 2] [--threads 2] [--sizes 640x480 1280x720 1920x1080]

The film is the portrait of examples/media, moving before a background, aged by `degrade --preset film`. x264 veryfast. Frames a second are
the best of the repetitions, which are interleaved; processor time is the whole process's, start included. The share of a step is what its
own threads used; what is left is decoding, encoding, and threads that help a step.
"""
import argparse
import os
import sys
import tempfile
from pathlib import Path

import face_speed

WAYS = {
    "--for film": ("faithful", "--for", "film"),
    "--for film, no faces": ("none", "--for", "film"),
    "--clean 100 alone": ("none", "--clean", "100"),
    "--repair on alone": ("none", "--repair", "on"),
}
ENLARGING = {"--upscale 2": ("none", "--upscale", "2"), "--upscale 2, lanczos": ("none", "--upscale", "2", "--upscaler", "lanczos")}


def make_film(product, folder, size, seconds):
    width, height = map(int, size.split("x"))
    portrait, clean, film = (folder / f"{name}_{size}.mp4" for name in ("portrait", "clean", "film"))
    face_speed.subprocess.run([str(face_speed.EXAMPLES / "make_moving_clip.sh"), str(portrait), str(seconds), str(height * 2 // 3 // 2 * 2)], check=True)
    face_speed.ffmpeg("-i", portrait, "-filter_complex",
                      f"mandelbrot=s={size}:r=25:maxiter=200,gblur=sigma=1.5[back];[back][0:v]overlay={width // 3}:{height // 6}:shortest=1[out]",
                      "-map", "[out]", "-c:v", "libx264", "-crf", "14", "-preset", "veryfast", "-pix_fmt", "yuv420p", clean)
    face_speed.subprocess.run([product, "degrade", str(clean), str(film), "--preset", "film", "-y"], check=True, stderr=face_speed.subprocess.DEVNULL)
    return film


def show(name, runs):
    best = min(runs, key=lambda run: run["seconds"])
    cpu = min(run["cpu"] for run in runs)
    stages = sorted(((stage["cpu_seconds"] / best["cpu"], name) for name, stage in best["stages"].items()), reverse=True)
    rest = 1 - sum(share for share, _ in stages)
    shares = ", ".join(f"{stage} {100 * share:.0f}" for share, stage in stages if share >= 0.01)
    print(f"{name:34} {best['frames'] / best['seconds']:6.1f} frames/s {1000 * cpu / best['frames']:7.0f} ms {best['memory']:6.0f} MiB   "
          f"per cent: {shares}, other {100 * rest:.0f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("product")
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--repetitions", type=int, default=2)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--sizes", nargs="*", default=["640x480", "1280x720", "1920x1080"])
    given = parser.parse_args()
    print(f"{given.repetitions} interleaved repetitions of {given.seconds} s, {given.threads} threads, {os.cpu_count()} cores, "
          f"load {os.getloadavg()[0]:.1f}; processor time is per frame")
    with tempfile.TemporaryDirectory(prefix="reelface_film_speed_") as name:
        folder = Path(name)
        rows = {}
        for size in given.sizes:
            film = make_film(given.product, folder, size, given.seconds)
            rows.update({f"{size} {way}": (film, words) for way, words in WAYS.items()})
        small = make_film(given.product, folder, "640x360", given.seconds)
        rows.update({f"640x360 {way}": (small, words) for way, words in ENLARGING.items()})
        runs = {row: [] for row in rows}
        for _ in range(given.repetitions):
            for row, (film, words) in rows.items():
                runs[row].append(face_speed.restore(given.product, film, folder, given.threads, *words))
        for row in rows:
            show(row, runs[row])
    return 0


if __name__ == "__main__":
    sys.exit(main())
