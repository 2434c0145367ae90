#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How well --repair mends, and what it touches that was whole.

    repair_quality.py REELFACE [--kinds dust scratches] [--scenes NAMES] [--clips FILES] [--keep FOLDER] [-- OPTIONS]

Makes scenes that move in every way that is mistaken for dirt, damages them with `degrade --truth`, repairs them, and prints:
mended  share of the damaged area (of 20 levels or more) that is within 8 levels of the truth
false   share of samples farther than two from any damage that were changed, and of all samples of the undamaged scene
dB      PSNR before and after
ms      processor time for a frame of `restore --repair KIND --model none`, reading and writing FFV1; a busy machine does not matter
"""
import argparse
import os
import resource
import subprocess
import sys
import tempfile

import numpy as np

from called import luma_of, psnr_of, run

WIDTH, HEIGHT, FRAMES = 640, 480, 50


def scenery(random, width, height):
    """A picture with detail of all sizes and some hard edges."""
    picture = np.zeros((height, width), np.float32)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    for _ in range(40):
        length = 5 * 30 ** random.random()
        angle, phase = random.random() * np.pi, random.random() * 6.28
        wave = 6.283 / length
        picture += 1.4 * length ** 0.42 * np.sin(wave * (np.cos(angle) * x + np.sin(angle) * y) + phase)
    picture += 120
    for _ in range(60):
        left, top = random.integers(0, width), random.integers(0, height)
        w, h = random.integers(6, 90), random.integers(6, 90)
        picture[top:top + h, left:left + w] = 0.4 * picture[top:top + h, left:left + w] + 0.6 * random.integers(30, 220)
    return picture


def seen(scene, left, top, zoom=1.0):
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    x, y = left + x * zoom, top + y * zoom
    ix, iy = x.astype(int), y.astype(int)
    fx, fy = x - ix, y - iy
    pick = lambda dy, dx: scene[np.clip(iy + dy, 0, scene.shape[0] - 1), np.clip(ix + dx, 0, scene.shape[1] - 1)]
    return (pick(0, 0) * (1 - fx) + pick(0, 1) * fx) * (1 - fy) + (pick(1, 0) * (1 - fx) + pick(1, 1) * fx) * fy


def ellipse(picture, x, y, a, b, angle, value, softness=1.5):
    yy, xx = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    u = (xx - x) * np.cos(angle) + (yy - y) * np.sin(angle)
    v = -(xx - x) * np.sin(angle) + (yy - y) * np.cos(angle)
    r = np.sqrt((u / a) ** 2 + (v / b) ** 2)
    cover = np.clip((1 - r) * min(a, b) / softness, 0, 1)
    picture += (value - picture) * cover


def still(scene, t, random):
    return seen(scene, 100, 100)


def pan(scene, t, random):
    return seen(scene, 20 + 5.3 * t, 90 + 1.7 * t)


def shaken(scene, t, random):
    return seen(scene, 150 + 9 * np.sin(t * 1.1), 120 + 7 * np.sin(t * 0.83 + 1), 1 + 0.003 * t)


def hands(scene, t, random):
    picture = seen(scene, 120, 90)
    for k, (cx, cy, reach, pace) in enumerate([(200, 300, 110, 0.9), (430, 280, 150, 0.7), (320, 200, 90, 1.3)]):
        angle = pace * t + k
        x, y = cx + reach * np.sin(angle), cy + 0.6 * reach * np.cos(1.7 * angle)
        ellipse(picture, x, y, 42, 26, angle, 185 + 10 * k)
        for finger in range(4):
            a = angle + 0.35 * (finger - 1.5)
            ellipse(picture, x + 52 * np.cos(a), y + 52 * np.sin(a), 22, 6, a, 190 + 8 * k)
    return picture


def moving_pieces(count, seed, speed, size, values, streak=1.0, blur_steps=1):
    pieces = np.random.default_rng(seed)
    start = pieces.random((count, 2)) * (WIDTH, HEIGHT)
    way = np.stack([pieces.normal(speed[0], speed[2], count), pieces.normal(speed[1], speed[3], count)], 1)
    tone = pieces.uniform(*values, count)
    spin = pieces.random((count, 2)) * 6.28

    def draw(picture, t):
        for i in range(count):
            turning = abs(np.sin(spin[i, 0] + 0.8 * t)) * 0.8 + 0.2
            a, b = size * streak, max(0.7, size * (turning if streak == 1 else 0.25))
            x = (start[i, 0] + way[i, 0] * t) % WIDTH
            y = (start[i, 1] + way[i, 1] * t) % HEIGHT
            angle = spin[i, 1] + 0.3 * t if streak == 1 else np.arctan2(way[i, 1], way[i, 0])
            reach = int(a + 3)
            x0, x1, y0, y1 = max(0, int(x) - reach), min(WIDTH, int(x) + reach), max(0, int(y) - reach), min(HEIGHT, int(y) + reach)
            if x1 <= x0 or y1 <= y0:
                continue
            yy, xx = np.mgrid[y0:y1, x0:x1].astype(np.float32)
            u = (xx - x) * np.cos(angle) + (yy - y) * np.sin(angle)
            v = -(xx - x) * np.sin(angle) + (yy - y) * np.cos(angle)
            cover = np.clip((1 - np.sqrt((u / a) ** 2 + (v / b) ** 2)) * b + 0.5, 0, 1)
            picture[y0:y1, x0:x1] += (tone[i] - picture[y0:y1, x0:x1]) * cover
    return draw


CONFETTI = moving_pieces(90, 3, (1.5, 7, 3, 2), 4.5, (20, 250))
RAIN = moving_pieces(260, 4, (3, 31, 0.5, 4), 9, (170, 215), streak=1.6)
SNOW = moving_pieces(160, 5, (2, 5, 2, 1.5), 2.2, (225, 250))


def confetti(scene, t, random):
    picture = seen(scene, 120, 90)
    CONFETTI(picture, t)
    return picture


def rain(scene, t, random):
    picture = seen(scene, 120 + 0.4 * t, 90)
    RAIN(picture, t)
    return picture


def snow(scene, t, random):
    picture = seen(scene, 120, 90) * 0.7
    SNOW(picture, t)
    return picture


def water(scene, t, random):
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    depth = 1 + (y / HEIGHT) * 3
    wave = sum(np.sin((x * c + y * s * depth) * k / depth - p * t) for c, s, k, p in
               [(0.9, 0.5, 0.09, 0.5), (0.7, -0.8, 0.13, 0.7), (-0.5, 1.2, 0.21, 0.9), (1, 0.1, 0.33, 1.2), (-0.8, 0.9, 0.5, 1.6)])
    picture = 90 + 16 * wave + 0.1 * seen(scene, 100, 100)
    picture[wave > 3.1] = 245
    picture[:140] = seen(scene, 100, 100)[:140]
    return picture


SCENES = {f.__name__: f for f in (still, pan, shaken, hands, confetti, rain, snow, water)}


def write_scene(path, draw, grain=0.0):
    random = np.random.default_rng(11)
    scene = scenery(random, 1100, 800)
    encode = subprocess.Popen(["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "gray", "-s", f"{WIDTH}x{HEIGHT}", "-r", "25",
                               "-i", "-", "-vf", "scale=out_range=tv,format=yuv420p", "-c:v", "ffv1", path], stdin=subprocess.PIPE)
    for t in range(FRAMES):
        picture = draw(scene, t, random)
        if grain:
            picture = picture + random.normal(0, grain, picture.shape)
        encode.stdin.write(np.clip(picture + 0.5, 0, 255).astype(np.uint8).tobytes())
    encode.stdin.close()
    if encode.wait():
        sys.exit("ffmpeg failed")


def luma(path):
    width, height, layout = run("ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "stream=width,height,pix_fmt", "-of", "csv=p=0",
                                path).decode().strip().split(",")
    assert layout in ("gray", "yuv420p"), layout
    return luma_of(path, (int(width), int(height)))


def grown(mask, reach):
    """Samples that close to a marked one are marked, too."""
    for axis in (1, 2):
        wider = mask.copy()
        for step in range(1, reach + 1):
            ahead, behind = [slice(None)] * 3, [slice(None)] * 3
            ahead[axis], behind[axis] = slice(step, None), slice(None, -step)
            wider[tuple(ahead)] |= mask[tuple(behind)]
            wider[tuple(behind)] |= mask[tuple(ahead)]
        mask = wider
    return mask


def processor_seconds():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def measure(program, folder, name, film, settings, repair, options):
    path = lambda what: os.path.join(folder, f"{name}_{what}.mkv")
    lossless = ["-y", "-c:v", "ffv1"]
    truth = os.path.join(folder, f"{name}_truth")
    run(program, "degrade", film, path("clean"), "--set", "dust=0", *lossless)
    run(program, "degrade", film, path("bad"), *[w for s in settings for w in ("--set", s)], "--truth", truth, *lossless)
    started = processor_seconds()
    run(program, "restore", path("bad"), path("repaired"), "--model", "none", "--repair", repair, *options, *lossless)
    seconds = processor_seconds() - started
    run(program, "restore", path("clean"), path("untouched"), "--model", "none", "--repair", repair, *options, *lossless)
    clean, bad, repaired = luma(path("clean")), luma(path("bad")), luma(path("repaired"))
    untouched, mask = luma(path("untouched")), luma(os.path.join(truth, "mask.mkv")) > 0
    near = lambda a, b, most: np.abs(a.astype(np.int16) - b) <= most
    damaged = mask & ~near(bad, clean, 19)
    mended = damaged & near(repaired, clean, 8)
    whole = ~grown(mask, 2)
    false = np.mean(repaired[whole] != bad[whole])
    touched = np.mean(untouched != clean)
    share = mended.sum() / max(1, damaged.sum())
    print(f"{name:24s} {100 * damaged.mean():7.3f} % {100 * share:7.1f} % {100 * false:8.4f} % {100 * touched:8.4f} %"
          f" {psnr_of((bad.astype(np.float32) - clean) ** 2):6.2f} {psnr_of((repaired.astype(np.float32) - clean) ** 2):6.2f} dB {1000 * seconds / len(bad):7.1f}", flush=True)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("reelface")
    arguments.add_argument("--kinds", nargs="*", default=["dust", "scratches"])
    arguments.add_argument("--scenes", nargs="*", default=list(SCENES))
    arguments.add_argument("--clips", nargs="*", default=[])
    arguments.add_argument("--grain", type=float, default=0)
    arguments.add_argument("--keep")
    arguments.add_argument("options", nargs="*")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.keep or temporary
        os.makedirs(folder, exist_ok=True)
        films = []
        for name in given.scenes:
            path = os.path.join(folder, f"{name}_{given.grain:g}.mkv")
            if not os.path.exists(path):
                write_scene(path, SCENES[name], given.grain)
            films.append((name, path))
        films += [(os.path.splitext(os.path.basename(clip))[0][:20], clip) for clip in given.clips]
        print(f"{'':24s} {'damaged':>9s} {'mended':>9s} {'false':>10s} {'untouched':>10s} {'before':>6s} {'after':>9s} {'ms':>7s}")
        for kind in given.kinds:
            print(kind)
            settings = {"dust": ["dust=8"], "scratches": ["scratches=2"]}[kind]
            for name, film in films:
                measure(given.reelface, folder, name, film, settings, {"dust": "dirt"}.get(kind, kind), given.options)


if __name__ == "__main__":
    main()
