#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What --for call does to a recorded call whose truth is known.

    call_quality.py REELFACE [--rates 0,600,300] [--seconds N] [--portraits A,B,C,D] [--check]

The call, 1280x720 at 15 frames a second, is drawn: four cameras in a gallery, a slide with a camera's tile on top, code with a tile, the
gallery again. Cameras see portraits of ../shared that sway; their light is worn and noisy, before the call is composed. Some frames repeat the
one before, as where a line stalls. The truth is the same call of clean cameras. Light is left as it is: its own truth has call_light.py. Rates are kbit/s of x264; 0 is lossless. Means over the frames:
  tiles    PSNR of luma in the cameras' tiles, beside the truth, before and after
  screens  PSNR beside the truth before and after; "same": samples that are those of the input, of all
  repeats  whether what was repeated is, after restoring
--check ends with 1 unless of the lossless call every screen's sample is the input's, repeats are repeats, and no tile is farther from the truth
than before.
"""
import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

import numpy

from called import luma_of, psnr_of, run

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))
from screens_test import CODE, SLIDE, drawn  # noqa: E402  pylint: disable=wrong-import-position

SHARED = Path(os.environ.get("REELFACE_SHARED", Path(__file__).resolve().parents[3] / "shared"))
SIZE = WIDTH, HEIGHT = 1280, 720
RATE = 15
GALLERY = [(8 + 636 * (i % 2), 6 + 357 * (i // 2), 628, 351) for i in range(4)]
TILE = (930, 26, 322, 242)
WORN = "scale=iw/2:ih/2:flags=area,gblur=sigma=0.7,scale=2*iw:2*ih:flags=bicubic,noise=alls=8:allf=t:all_seed={seed}"
STALLS = "select='not(between(mod(n\\,11)\\,4\\,5))',fps=15"


def camera(number, place, is_worn):
    """A filter from picture `number` to what a camera sees of it, as large as the place."""
    _, _, width, height = place
    sway = f"scale={int(width * 1.15)}:-2,crop={width}:{height}:'20+9*sin(n/{6 + number})':'10+6*cos(n/{7 + number})',setsar=1"
    return f"[{number}:v]{sway}" + ("," + WORN.format(seed=number + 3) if is_worn else "")


def draw_scene(path, ground, places, portraits, seconds, is_worn):
    inputs, parts = [], []
    for number, portrait in enumerate(portraits):
        inputs += ["-loop", 1, "-framerate", RATE, "-i", portrait]
    if ground:
        inputs += ["-loop", 1, "-framerate", RATE, "-i", ground]
        parts.append(f"[{len(portraits)}:v]setsar=1,format=yuv420p[c0]")
    else:
        parts.append(f"color=0x181818:s={WIDTH}x{HEIGHT}:r={RATE},format=yuv420p[c0]")
    for number, place in enumerate(places):
        parts.append(camera(number, place, is_worn) + f"[t{number}]")
        parts.append(f"[c{number}][t{number}]overlay={place[0]}:{place[1]}[c{number + 1}]")
    parts.append(f"[c{len(places)}]{STALLS},trim=end={seconds}[out]")
    run("ffmpeg", "-y", "-v", "error", *inputs, "-filter_complex", ";".join(parts), "-map", "[out]", "-t", seconds, "-c:v", "ffv1",
        "-pix_fmt", "yuv420p", path)


def draw_call(folder, name, scenes, seconds, is_worn):
    listing = os.path.join(folder, name + ".txt")
    with open(listing, "w", encoding="utf-8") as file:
        for number, (ground, places, portraits) in enumerate(scenes):
            path = os.path.join(folder, f"{name}_{number}.mkv")
            draw_scene(path, ground, places, portraits, seconds, is_worn)
            file.write(f"file '{path}'\n")
    call = os.path.join(folder, name + ".mkv")
    run("ffmpeg", "-y", "-v", "error", "-f", "concat", "-safe", 0, "-i", listing, "-c", "copy", call)
    return call


def masks_of(scenes, frames_of_scene):
    """For each frame, where cameras are and where screens."""
    masks = []
    for ground, places, _ in scenes:
        cameras = numpy.zeros((HEIGHT, WIDTH), bool)
        for left, top, width, height in places:
            cameras[top:top + height, left:left + width] = True
        masks += [(cameras, ~cameras if ground else None)] * frames_of_scene
    return masks


def mean_psnr(film, truth, masks):
    """Of the frames, each in its mask."""
    return numpy.mean([psnr_of((film[n][mask].astype(float) - truth[n][mask]) ** 2) for n, mask in masks])


def repeats_of(frames):
    return [number for number in range(1, len(frames)) if numpy.array_equal(frames[number], frames[number - 1])]


def judge(truth, before, after, masks):
    cameras = [(number, mask) for number, (mask, _) in enumerate(masks)]
    screens = [(number, mask) for number, (_, mask) in enumerate(masks) if mask is not None]
    return {
        "tiles": [mean_psnr(film, truth, cameras) for film in (before, after)],
        "screens": [mean_psnr(film, truth, screens) for film in (before, after)],
        "same": numpy.mean([numpy.mean(before[n][mask] == after[n][mask]) for n, mask in screens]),
        "repeats": set(repeats_of(before)) <= set(repeats_of(after)),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--rates", default="0,600,300")
    parser.add_argument("--seconds", type=float, default=3, help="of each of the four scenes")
    parser.add_argument("--portraits", default="amy-klobuchar,andrew-cuomo,anthony-brown,brad-sherman")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    if not shutil.which("chromium"):
        sys.exit("chromium draws the screens, and is not installed")
    portraits = [SHARED / "portraits" / f"{name}.jpg" for name in arguments.portraits.split(",")]
    good = True
    with tempfile.TemporaryDirectory(prefix="reelface_call_") as folder:
        code = Path(__file__).read_text(encoding="utf-8").replace("&", "&amp;").replace("<", "&lt;")[:2600]
        slide, page = drawn(folder, "slide", SLIDE, (WIDTH, HEIGHT)), drawn(folder, "code", CODE % code, (WIDTH, HEIGHT))
        gallery = (None, GALLERY, portraits)
        scenes = [gallery, (slide, [TILE], portraits[:1]), (page, [TILE], portraits[1:2]), gallery]
        clean = draw_call(folder, "clean", scenes, arguments.seconds, False)
        worn = draw_call(folder, "worn", scenes, arguments.seconds, True)
        truth = luma_of(clean, SIZE)
        masks = masks_of(scenes, len(truth) // len(scenes))
        print("kbit/s   tiles, dB          screens, dB        same      repeats  frames/s")
        for rate in map(int, arguments.rates.split(",")):
            call = worn
            if rate:
                call = os.path.join(folder, f"call_{rate}.mkv")
                run("ffmpeg", "-y", "-v", "error", "-i", worn, "-c:v", "libx264", "-preset", "veryfast", "-b:v", f"{rate}k", call)
            restored, started = os.path.join(folder, f"restored_{rate}.mkv"), time.monotonic()
            run(arguments.program, "restore", call, restored, "--for", "call", "--light", "off", "-c:v", "ffv1", "-y", "--progress", "none")
            spent = time.monotonic() - started
            result = judge(truth, luma_of(call, SIZE), luma_of(restored, SIZE), masks)
            print(f"{rate or 'lossless':>8} {result['tiles'][0]:6.2f} -> {result['tiles'][1]:6.2f}   "
                  f"{result['screens'][0]:6.2f} -> {result['screens'][1]:6.2f}   {result['same']:8.6f}  "
                  f"{'yes' if result['repeats'] else 'NO':>7}  {len(truth) / spent:6.1f}", flush=True)
            good &= result["repeats"] and result["tiles"][1] >= result["tiles"][0] and (rate > 0 or result["same"] == 1)
    return 0 if good or not arguments.check else 1


if __name__ == "__main__":
    sys.exit(main())
