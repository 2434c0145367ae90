# SPDX-License-Identifier: Apache-2.0
"""Measures over time a second time, with numpy alone, from their definitions.

usage: reference_time.py FOLDER WIDTH HEIGHT
reads now.raw, next.raw (RGB float), still_now.raw, still_next.raw, luma_now.raw, luma_next.raw (one float a sample), forward.raw,
backward.raw, other.raw (two floats a vector), path.raw (frames of five points, two floats each), means.raw (frames of two floats: a
picture's mean and its reference's); prints "name:value" lines
"""
import pathlib
import sys

import numpy as np

folder, width, height = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])


def read(name, channels):
    return np.fromfile(folder / f"{name}.raw", np.float32).astype(np.float64).reshape(height, width, channels)


def at(picture, x, y):
    """Between samples; beyond the edge there is the edge."""
    x, y = np.clip(x, 0, width - 1), np.clip(y, 0, height - 1)
    left, top = np.minimum(np.floor(x).astype(int), width - 2), np.minimum(np.floor(y).astype(int), height - 2)
    across, down = (x - left)[..., None], (y - top)[..., None]
    return ((1 - across) * (1 - down) * picture[top, left] + across * (1 - down) * picture[top, left + 1]
            + (1 - across) * down * picture[top + 1, left] + across * down * picture[top + 1, left + 1])


forward, backward, other = read("forward", 2), read("backward", 2), read("other", 2)
y, x = np.mgrid[0:height, 0:width].astype(np.float64)
there_x, there_y = x + forward[..., 0], y + forward[..., 1]
returned = at(backward, there_x, there_y)
size = (forward**2).sum(-1)
agrees = ((forward + returned) ** 2).sum(-1) <= 0.01 * (size + (returned**2).sum(-1)) + 0.5
bend = np.zeros((height, width))
bend[:, :-1] += ((forward[:, 1:] - forward[:, :-1]) ** 2).sum(-1)
bend[:-1] += ((forward[1:] - forward[:-1]) ** 2).sum(-1)
inside = (there_x >= 0) & (there_x <= width - 1) & (there_y >= 0) & (there_y <= height - 1)
seen = agrees & (bend <= 0.01 * size + 0.002) & inside
print(f"seen:{seen.mean():.9f}")
difference = (at(read("next", 3), there_x, there_y) - read("now", 3)) ** 2
print(f"warping_error:{difference[seen].mean():.12f}")

length = np.sqrt(((forward - other) ** 2).sum(-1))
print(f"motion_difference:{length[8:-8, 8:-8].mean():.9f}")

change = np.abs(sum(np.pad(read("still_next", 1)[..., 0] - read("still_now", 1)[..., 0], 2, mode="edge")[dy : dy + height, dx : dx + width]
                    for dy in range(5) for dx in range(5))) / 25
luma_now, luma_next = read("luma_now", 1)[..., 0], read("luma_next", 1)[..., 0]
still = change <= 2 / 255
print(f"still:{still.mean():.9f}")
print(f"flicker:{np.sqrt(((luma_next - luma_now)[still] ** 2).mean()):.9f}")


def gradient_energy(plane):
    across, down = (plane[1:-1, 2:] - plane[1:-1, :-2]) / 2, (plane[2:, 1:-1] - plane[:-2, 1:-1]) / 2
    return (across**2 + down**2).mean()


print(f"sharpness:{gradient_energy(luma_next) / gradient_energy(read('still_next', 1)[..., 0]):.9f}")

path = np.fromfile(folder / "path.raw", np.float32).astype(np.float64).reshape(-1, 5, 2)
bends = np.diff(path, 2, axis=0)
print(f"jitter:{np.sqrt((bends ** 2).sum(-1).mean()):.9f}")

means = np.fromfile(folder / "means.raw", np.float32).astype(np.float64).reshape(-1, 2)
print(f"pumping:{np.sqrt((np.diff(means[:, 0] - means[:, 1]) ** 2).mean()):.9f}")
