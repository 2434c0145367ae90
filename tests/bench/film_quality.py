#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What --for film wins on whole pictures, beside ffmpeg's filters.

    film_quality.py REELFACE [--clips A,B] [--scenes still,woods,street-3] [--recipes film,grain] [--frames N] [--check]
                    [--with "--even off"]

Real clips of ../shared and generated scenes (those of repair_quality.py and moving_scenes.py) are degraded and restored. `street-3` is the scene
`street` made of photograph 3 of the folder REELFACE_PHOTOGRAPHS, `street` the same of scenery of chance. The truth is the same film aged in the
same way (faded, brown, swaying in the gate) but without the damage: grain, dirt, scratches, flicker, blur, codec. Weave stays, because the
truth has it. Means over the frames:
  PSNR, SSIM   of luma
  warping      the warping error of `compare`, as a share of the damaged film's
--check ends with 1 unless the means keep to what was asked: 6 dB over the input, 3 dB over ffmpeg, SSIM higher everywhere, half the warping
error.
"""
import argparse
import json
import os
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

from called import completed, run
from moving_scenes import MOVING, Leaves, Photographs, write_scenery
from repair_quality import SCENES, write_scene

SHARED = Path(os.environ.get("REELFACE_SHARED", Path(__file__).resolve().parents[3] / "shared"))
CLIPS = {
    "half_body": "half_body_720p_audio.mp4",
    "talk_512_25fps": "talk_512_25fps_audio.mp4",
    "talk_512_30fps": "talk_512_30fps_audio.mp4",
    "portrait_phone": "portrait_phone_720x1364_audio.mp4",
}
WHOLE = "grain=0 dust=0 scratches=0 flicker=0 blur=0 shrink=1 noise=0 jpeg=0".split()
ALONE = "fade=0 sepia=0 weave=0 jitter=0".split()
RECIPES = {  # name: settings of the damaged film
    "film": ["--preset", "film"],
    "grain": ["--set", "grain=10", "--set", "grain_size=1.1"],
    "dust": ["--set", "dust=8"],
    "scratches": ["--set", "scratches=2"],
    "flicker": ["--set", "flicker=0.025"],
    "noise": ["--preset", "noisy-film"],
    "webcam": ["--preset", "webcam"],
}
SEED = 7  # of scenery made of leaves; thresholds were chosen with others
FFMPEG = {"deflicker,tmedian,atadenoise": "deflicker,tmedian,atadenoise", "hqdn3d": "hqdn3d=6:4:8:8", "nlmeans": "nlmeans=s=4:p=5:r=9"}


def ffmpeg(*words):
    return completed("ffmpeg", "-nostdin", "-y", *words).stderr.decode()


def settings(values):
    return [word for value in values for word in ("--set", value)]


def mean_of(text, pattern):
    return float(re.findall(pattern, text)[-1])


def measure(film, truth):
    said = ffmpeg("-i", film, "-i", truth, "-lavfi", "[0:v]format=yuv420p,split[a][c];[1:v]format=yuv420p,split[b][d];[a][b]psnr;[c][d]ssim",
                  "-f", "null", "-")
    return {"psnr": mean_of(said, r"PSNR y:([0-9.]+|inf)"), "ssim": mean_of(said, r"SSIM Y:([0-9.]+)")}


def warping_error(program, film, truth, folder):
    figures = os.path.join(folder, "figures.json")
    run(program, "compare", film, "--reference", truth, "--json", figures, "-y")
    with open(figures) as file:
        return json.load(file)["restored"]["warping_error"]


def photographs():
    return sorted(str(path) for path in Path(os.environ["REELFACE_PHOTOGRAPHS"]).iterdir())


def clean_film(name, frames, folder):
    path = os.path.join(folder, f"{name}.mkv")
    scene, _, number = name.partition("-")
    if scene in MOVING:
        scenery = Photographs(photographs(), int(number)) if number else Leaves(SEED)
        write_scenery(path, MOVING[scene], scenery, int(frames))
        return path
    if name in SCENES:
        write_scene(path, SCENES[name])
        cut = path.replace(".mkv", "_cut.mkv")
        ffmpeg("-i", path, "-frames:v", frames, "-c:v", "ffv1", cut)
        return cut
    ffmpeg("-i", SHARED / "clips" / CLIPS[name], "-frames:v", frames, "-an", "-c:v", "ffv1", "-pix_fmt", "yuv420p", path)
    return path


def restore_by_ffmpeg(bad, truth, folder):
    """The best of its chains for this film, by PSNR."""
    best = None
    for name, chain in FFMPEG.items():
        output = os.path.join(folder, "ffmpeg.mkv")
        ffmpeg("-i", bad, "-vf", chain, "-c:v", "ffv1", output)
        figures = {**measure(output, truth), "chain": name}
        best = figures if not best or figures["psnr"] > best["psnr"] else best
    return best


def compare(options, name, recipe, folder):
    clean = clean_film(name, options.frames, folder)
    bad, truth, output = (os.path.join(folder, f"{what}.mkv") for what in ("bad", "truth", "restored"))
    words = RECIPES[recipe]
    preset = words if words[0] == "--preset" else []
    run(options.program, "degrade", clean, bad, *words, *([] if preset else ["-c:v", "ffv1"]), "-y")
    run(options.program, "degrade", clean, truth, *preset, *settings(WHOLE), *([] if preset else settings(ALONE)), "-c:v", "ffv1", "-y")
    started = time.monotonic()
    run(options.program, "restore", bad, output, "--model", "none", "--for", "film", "--steady", "off", *options.also.split(), "-c:v", "ffv1",
        "--progress", "none", "-y")
    seconds = time.monotonic() - started
    return {"input": measure(bad, truth), "ffmpeg": restore_by_ffmpeg(bad, truth, folder), "restored": measure(output, truth),
            "warping": warping_error(options.program, output, truth, folder) / warping_error(options.program, bad, truth, folder),
            "seconds": seconds}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--clips", default=",".join(CLIPS))
    parser.add_argument("--scenes", default=",".join([*SCENES, *MOVING]))
    parser.add_argument("--recipes", default="film")
    parser.add_argument("--frames", default="24")
    parser.add_argument("--with", dest="also", default="", help="more options of restore")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    names = [name for name in options.clips.split(",") if name] if (SHARED / "clips").is_dir() else []
    names += [name for name in options.scenes.split(",") if name]
    failed = False
    print("| film | damage | input | ffmpeg's best | restored | gain | over ffmpeg | SSIM | warping | frames/s |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for recipe in options.recipes.split(","):
        gains, over, warping = [], [], []
        for name in names:
            with tempfile.TemporaryDirectory() as folder:
                found = compare(options, name, recipe, folder)
            before, other, after = found["input"], found["ffmpeg"], found["restored"]
            gains.append(after["psnr"] - before["psnr"])
            over.append(after["psnr"] - other["psnr"])
            warping.append(found["warping"])
            failed |= after["ssim"] < before["ssim"]
            print(f"| {name} | {recipe} | {before['psnr']:.2f} | {other['psnr']:.2f} ({other['chain']}) | {after['psnr']:.2f} | {gains[-1]:+.2f} "
                  f"| {over[-1]:+.2f} | {before['ssim']:.3f} → {after['ssim']:.3f} | {warping[-1]:.2f} | {int(options.frames) / found['seconds']:.1f} |", flush=True)
        print(f"| mean | {recipe} | | | | {statistics.mean(gains):+.2f} | {statistics.mean(over):+.2f} | | {statistics.mean(warping):.2f} | |", flush=True)
        failed |= statistics.mean(gains) < 6 or statistics.mean(over) < 3 or statistics.mean(warping) > 0.5
    return 1 if options.check and failed else 0


if __name__ == "__main__":
    sys.exit(main())
