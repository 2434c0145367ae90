#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What --for film does to films that need nothing: PSNR of luma to themselves, and their sharpness after, as a share of before.

    clean_films.py REELFACE [--films A,B] [--frames N] [--with "--even off"]

Films are clips of ../shared (by their file's name) and scenes as film_quality.py names them. Asked: 42 dB, sharpness 0.98 to 1.02.
"""
import argparse
import os
import tempfile

import numpy as np

from called import psnr_of, run
from film_quality import SHARED, clean_film, ffmpeg
from repair_quality import luma

SCENES = "street,dance,woods"


def films():
    clips = sorted(path.name for path in (SHARED / "clips").glob("*.mp4")) if (SHARED / "clips").is_dir() else []
    return ",".join([*clips, SCENES])


def sharpness(frames):
    frames = frames.astype(np.float32)
    return np.sqrt(np.mean(np.diff(frames, axis=1) ** 2) + np.mean(np.diff(frames, axis=2) ** 2))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--films", default=films())
    parser.add_argument("--frames", default="20")
    parser.add_argument("--with", dest="also", default="", help="more options of restore")
    options = parser.parse_args()
    print("| film | PSNR | sharpness |\n|---|---|---|")
    for name in options.films.split(","):
        with tempfile.TemporaryDirectory() as folder:
            before, after = os.path.join(folder, "before.mkv"), os.path.join(folder, "after.mkv")
            if name.endswith(".mp4"):
                ffmpeg("-i", SHARED / "clips" / name, "-frames:v", options.frames, "-an", "-c:v", "ffv1", "-pix_fmt", "yuv420p", before)
            else:
                os.replace(clean_film(name, options.frames, folder), before)
            run(options.program, "restore", before, after, "--model", "none", "--for", "film", *options.also.split(), "-c:v", "ffv1",
                "--progress", "none", "-y")
            was, now = luma(before), luma(after)
            print(f"| {name} | {psnr_of((was.astype(np.float32) - now) ** 2):.1f} dB | {sharpness(now) / sharpness(was):.3f} |", flush=True)


if __name__ == "__main__":
    main()
