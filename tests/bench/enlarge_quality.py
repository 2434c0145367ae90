#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What `--upscale 2` wins over Lanczos.

    enlarge_quality.py REELFACE [--clips A,B] [--scenes still,pan] [--frames N] [--crf 20] [--upscaler auto] [--with "--clean auto"]
                       [--keep FOLDER] [--check]

Real clips of ../shared and generated scenes (those of repair_quality.py) are the truth. They are made half as large (means of four pixels), encoded with x264, and enlarged again. By film: PSNR and SSIM of luma over the
film, and the warping error of `compare` as a share of that of the film enlarged with Lanczos; beside it the truth's own share: what is sharper
differs more where motion is not found exactly.
--check ends with 1 unless +0.6 dB are won on average, nothing is lost anywhere, and the picture moves as steadily.
"""
import argparse
import json
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

from called import run
from film_quality import CLIPS, SHARED, ffmpeg
from repair_quality import SCENES, write_scene

LEAST_GAIN = 0.6
MOST_WARPING = 1.02  # of Lanczos's: measuring it is not exact


def truth_of(name, frames, folder):
    """Sides are multiples of four, so that half of it has whole chroma samples."""
    path = folder / "truth.mkv"
    if name in SCENES:
        write_scene(str(folder / "scene.mkv"), SCENES[name])
        source = folder / "scene.mkv"
    else:
        source = SHARED / "clips" / CLIPS[name]
    ffmpeg("-i", source, "-frames:v", frames, "-an", "-vf", "crop=trunc(iw/4)*4:trunc(ih/4)*4", "-c:v", "ffv1", "-pix_fmt", "yuv420p", path)
    return path


def enlarge(program, small, output, upscaler, also):
    started = time.monotonic()
    run(program, "restore", small, output, "--model", "none", "--upscale", "2", "--upscaler", upscaler, *also, "-c:v", "ffv1", "--progress",
        "none", "-y")
    return time.monotonic() - started


def warping_of(program, film, truth, folder):
    figures = folder / "figures.json"
    run(program, "compare", film, "--reference", truth, "--json", figures, "-y")
    return json.loads(figures.read_text())["restored"]["warping_error"]


def measure(program, film, truth, folder):
    said = ffmpeg("-i", film, "-i", truth, "-lavfi", "[0:v]split[a][c];[1:v]split[b][d];[a][b]psnr;[c][d]ssim", "-f", "null", "-")
    return {"psnr": float(re.findall(r"PSNR y:([0-9.]+|inf)", said)[-1]), "ssim": float(re.findall(r"SSIM Y:([0-9.]+)", said)[-1]),
            "warping": warping_of(program, film, truth, folder)}


def share(warping, plain):
    """A still film may have none."""
    return 1.0 if warping == plain else warping / max(plain, 1e-3)


def compare(options, name, folder):
    truth, small = truth_of(name, options.frames, folder), folder / "small.mp4"
    ffmpeg("-i", truth, "-vf", "scale=iw/2:ih/2:flags=area", "-c:v", "libx264", "-crf", options.crf, small)
    plain, better = folder / "lanczos.mkv", folder / "enlarged.mkv"
    enlarge(options.program, small, plain, "lanczos", [])
    seconds = enlarge(options.program, small, better, options.upscaler, options.also.split())
    return (measure(options.program, plain, truth, folder), measure(options.program, better, truth, folder),
            warping_of(options.program, truth, truth, folder), seconds)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--clips", default=",".join(CLIPS))
    parser.add_argument("--scenes", default=",".join(SCENES))
    parser.add_argument("--frames", default="24")
    parser.add_argument("--crf", default="20")
    parser.add_argument("--upscaler", default="auto")
    parser.add_argument("--with", dest="also", default="", help="more options of restore")
    parser.add_argument("--keep", help="a folder in which the films stay")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    names = [name for name in options.clips.split(",") if name] if (SHARED / "clips").is_dir() else []
    names += [name for name in options.scenes.split(",") if name]
    gains, warpings = [], []
    print("| film | Lanczos | enlarged | gain | SSIM | warping error, of Lanczos's | the truth's | frames/s |")
    print("|---|---|---|---|---|---|---|---|")
    for name in names:
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(options.keep or temporary) / name
            folder.mkdir(parents=True, exist_ok=True)
            plain, better, own, seconds = compare(options, name, folder)
        gains.append(better["psnr"] - plain["psnr"])
        warpings.append(share(better["warping"], plain["warping"]))
        print(f"| {name} | {plain['psnr']:.2f} | {better['psnr']:.2f} | {gains[-1]:+.2f} | {plain['ssim']:.4f} → {better['ssim']:.4f} "
              f"| {warpings[-1]:.2f} | {share(own, plain['warping']):.2f} | {int(options.frames) / seconds:.1f} |", flush=True)
    print(f"| mean | | | {statistics.mean(gains):+.2f} | | {statistics.mean(warpings):.2f} | | |")
    failed = statistics.mean(gains) < LEAST_GAIN or min(gains) < 0 or max(warpings) > MOST_WARPING
    return 1 if options.check and failed else 0


if __name__ == "__main__":
    sys.exit(main())
