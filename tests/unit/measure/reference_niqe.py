# SPDX-License-Identifier: Apache-2.0
"""NIQE a second time, written from its definition with numpy alone, on made-up parameters.

usage: reference_niqe.py parameters FILE.npz                     writes parameters as numpy does
       reference_niqe.py value FILE.npz WIDTH HEIGHT PICTURE.raw  prints NIQE of three floats a pixel, 0..1
"""
import math
import sys

import numpy as np

SHAPES = np.arange(0.2, 10.0005, 0.001)
GAMMA = np.vectorize(math.gamma)
RATIOS = GAMMA(2 / SHAPES) ** 2 / (GAMMA(1 / SHAPES) * GAMMA(3 / SHAPES))


def write_parameters(path):
    random = np.random.default_rng(5)
    root = random.normal(size=(36, 60)) * np.linspace(0.3, 1, 36)[:, None]
    axis = np.exp(-np.arange(-3, 4) ** 2 / (2 * (7 / 6) ** 2))
    window = np.outer(axis, axis)
    np.savez(path, mu_pris_param=np.asfortranarray(random.normal(size=(1, 36)) * 0.3 + 0.8),
             cov_pris_param=np.asfortranarray(root @ root.T / 60), gaussian_window=np.asfortranarray(window / window.sum()))


def weighted_mean(plane, window):
    padded = np.pad(plane, 3, mode="edge")
    return sum(window[dy, dx] * padded[dy : dy + plane.shape[0], dx : dx + plane.shape[1]] for dy in range(7) for dx in range(7))


def halve(plane):
    """Every output pixel as the definition has it: all taps of a kernel stretched to twice its width."""
    size = plane.shape[0]
    matrix = np.zeros((size // 2, size))
    for row in range(size // 2):
        centre = 2 * row + 0.5
        taps = np.arange(math.floor(centre) - 5, math.floor(centre) + 7)
        x = np.abs(0.5 * (taps - centre))
        weights = np.where(x <= 1, 1.5 * x**3 - 2.5 * x**2 + 1, np.where(x < 2, -0.5 * x**3 + 2.5 * x**2 - 4 * x + 2, 0))
        mirrored = np.where(taps < 0, -1 - taps, np.where(taps >= size, 2 * size - 1 - taps, taps))
        np.add.at(matrix[row], mirrored, weights / weights.sum())
    return matrix @ plane


def fit(values):
    values = values.ravel()
    left, right = np.sqrt(np.mean(values[values < 0] ** 2)), np.sqrt(np.mean(values[values > 0] ** 2))
    skew = left / right
    ratio = np.mean(np.abs(values)) ** 2 / np.mean(values**2) * (skew**3 + 1) * (skew + 1) / (skew**2 + 1) ** 2
    shape = SHAPES[np.argmin((RATIOS - ratio) ** 2)]
    width = math.sqrt(math.gamma(1 / shape) / math.gamma(3 / shape))
    return shape, left * width, right * width


def features(block):
    shape, left, right = fit(block)
    result = [shape, (left + right) / 2]
    for step in ((0, 1), (1, 0), (1, 1), (1, -1)):
        shape, left, right = fit(block * np.roll(block, step, axis=(0, 1)))
        result += [shape, (right - left) * math.gamma(2 / shape) / math.gamma(1 / shape), left, right]
    return result


def value(path, width, height, picture):
    parameters = np.load(path)
    rgb = np.fromfile(picture, np.float32).reshape(height, width, 3).astype(np.float64)
    luma = np.round(rgb @ (65.481, 128.553, 24.966) + 16)[: height // 96 * 96, : width // 96 * 96]
    halves = []
    for side in (96, 48):
        mean = weighted_mean(luma, parameters["gaussian_window"])
        spread = np.sqrt(np.abs(weighted_mean(luma**2, parameters["gaussian_window"]) - mean**2))
        plane = (luma - mean) / (spread + 1)
        plane[np.abs(plane) < 1e-9] = 0  # rounding is no texture
        halves.append([features(plane[y : y + side, x : x + side]) for y in range(0, plane.shape[0], side)
                       for x in range(0, plane.shape[1], side)])
        luma = halve(halve(luma / 255).T).T * 255
    rows = np.hstack(halves)
    whole = rows[~np.isnan(rows).any(axis=1)]
    step = parameters["mu_pris_param"] - np.nanmean(rows, axis=0)
    inverse = np.linalg.pinv((parameters["cov_pris_param"] + np.cov(whole, rowvar=False)) / 2)
    return math.sqrt((step @ inverse @ step.T).item())


if sys.argv[1] == "parameters":
    write_parameters(sys.argv[2])
else:
    np.seterr(invalid="ignore", divide="ignore")
    print(f"niqe:{value(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5]):.9f}")
