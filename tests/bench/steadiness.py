#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How steady is the result? Portraits moved by a known path before moving textures, degraded, restored frame by frame
(`--temporal off`) and steadily, and measured by `compare` inside the faces.

    steadiness.py PRODUCT [--portraits A,B] [--recipes film,medium] [--models faithful,compact] [--frames N] [--check]

Needs numpy, ffmpeg and the portraits of ../shared; the recipes are those of gain.py. Warping error: what is left of a frame after the frame before was moved
onto it by the flow of the clean clip; shares of the degraded input's and of frame by frame. --check ends with 1 unless
the means of each model keep to what was asked: at most 1.1 of the input's, at most 0.7 of frame by frame, PSNR not more than
0.1 dB below frame by frame.
"""
import argparse
import json
import math
import os
import statistics
import sys
import tempfile
from pathlib import Path

from called import run
from gain import degrade, ffmpeg

HERE = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("REELFACE_SHARED", HERE.parents[2] / "shared"))
PORTRAITS = ["amy-klobuchar", "anthony-brown", "andrew-cuomo", "adriano-espaillat"]
MODES = {"frame by frame": ["--temporal", "off"], "steady": []}
MOST_OF_INPUT, MOST_OF_FRAME_BY_FRAME, MOST_PSNR_LOST = 1.1, 0.7, 0.1


def make_clean(portrait, frames, clean):
    """A window that pans, turns and zooms over the portrait, by parts of a pixel, before a texture that moves otherwise."""
    time = "(on/25)"
    half, angle = f"(H*0.42+H*0.03*sin(1.3*{time}))", f"(0.07*sin(0.9*{time}+0.4))"
    middle = f"(W/2+W*0.05*sin(1.1*{time}))", f"(H/2+H*0.02*sin(1.7*{time}+1))"
    corners = []
    for number, (across, down) in enumerate([(-1, -1), (1, -1), (-1, 1), (1, 1)]):
        corners.append(f"x{number}='{middle[0]}+{half}*({across}*cos({angle})-({down})*sin({angle}))'")
        corners.append(f"y{number}='{middle[1]}+{half}*({across}*sin({angle})+({down})*cos({angle}))'")
    window = f"perspective={':'.join(corners)}:interpolation=cubic:sense=source:eval=frame"
    texture = "mandelbrot=s=640x480:r=25:maxiter=200,gblur=sigma=1"
    ffmpeg("-loop", 1, "-framerate", 25, "-i", portrait, "-f", "lavfi", "-i", texture, "-filter_complex",
           f"[0:v]{window},scale=400:400:flags=lanczos[face];[1:v][face]overlay=120:40:shortest=1,format=yuv420p[out]",
           "-map", "[out]", "-frames:v", frames, "-c:v", "ffv1", clean)


def measure(product, portrait, recipe, models, frames, folder):
    """What `compare` says of each model and way of restoring."""
    clean, restored, figures = (os.path.join(folder, name) for name in ("clean.mkv", "restored.mkv", "figures.json"))
    make_clean(SHARED / "portraits" / f"{portrait}.jpg", frames, clean)
    bad = degrade(clean, folder, recipe, 640, 480)
    result = {}
    for model in models:
        for mode, options in MODES.items():
            run([product, "restore", bad, restored, "-y", "-m", model, "-c:v", "ffv1", "--match-grain", "off", "--progress", "none",
                *options)
            run([product, "compare", restored, "--reference", clean, "--input", bad, "--json", figures, "-y")
            result[model, mode] = json.loads(Path(figures).read_text())
    return result


def facts(result, model):
    alone, steady = result[model, "frame by frame"], result[model, "steady"]
    error = {"input": steady["input"], "alone": alone["restored"], "steady": steady["restored"]}
    error = {name: figures["face_warping_error"] for name, figures in error.items()}
    return {"clean": steady["reference_warping_error"], **error, "of input": error["steady"] / error["input"],
            "of alone": error["steady"] / error["alone"], "PSNR": steady["restored"]["face_psnr"] - alone["restored"]["face_psnr"]}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("product")
    parser.add_argument("--portraits", default=",".join(PORTRAITS))
    parser.add_argument("--recipes", default="film,medium")
    parser.add_argument("--models", default="faithful,compact")
    parser.add_argument("--frames", type=int, default=32)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    models, all_facts, missed = options.models.split(","), {}, []
    print("| model | recipe | portrait | warping error: clean | input | frame by frame | steady | of the input's | of frame by frame | PSNR, dB |")
    print("|" + "---|" * 10)
    for recipe in options.recipes.split(","):
        for portrait in options.portraits.split(","):
            with tempfile.TemporaryDirectory() as folder:
                result = measure(options.product, portrait, recipe, models, options.frames, folder)
            for model in models:
                found = facts(result, model)
                all_facts.setdefault((model, recipe), []).append(found)
                print(f"| {model} | {recipe} | {portrait} | {found['clean']:.2f} | {found['input']:.2f} | {found['alone']:.2f} | {found['steady']:.2f} "
                      f"| {found['of input']:.2f} | {found['of alone']:.2f} | {found['PSNR']:+.2f} |", flush=True)
    for (model, recipe), found in all_facts.items():
        of_input, of_alone = (math.exp(statistics.mean(math.log(one[name]) for one in found)) for name in ("of input", "of alone"))
        gain = statistics.mean(one["PSNR"] for one in found)
        print(f"| **{model}** | {recipe} | mean | | | | | **{of_input:.2f}** | **{of_alone:.2f}** | {gain:+.2f} |")
        if of_input > MOST_OF_INPUT or of_alone > MOST_OF_FRAME_BY_FRAME or gain < -MOST_PSNR_LOST:
            missed.append(f"{model}, {recipe}")
    if missed:
        print("missed: " + "; ".join(missed))
    return 1 if missed and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
