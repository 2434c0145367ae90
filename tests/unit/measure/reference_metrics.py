# SPDX-License-Identifier: Apache-2.0
"""Metrics a second time, from numpy and (where installed) scikit-image, to check the C++ ones against.

usage: reference_metrics.py WIDTH HEIGHT BITS PICTURE.raw REFERENCE.raw   one plane each, 1 or 2 bytes a sample
       reference_metrics.py colours FILE   lines of six numbers: two L*a*b* colours; prints their CIEDE2000
       reference_metrics.py lab FILE       lines of three numbers: sRGB 0..1; prints L*a*b*
Prints "name:value" lines.
"""
import sys

import numpy as np

WEIGHTS = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333)


def valid_blur(image):
    """Direct two-dimensional 11x11 convolution, on purpose not separable."""
    axis = np.arange(-5, 6, dtype=np.float64)
    kernel = np.exp(-(axis[:, None] ** 2 + axis[None, :] ** 2) / (2 * 1.5**2))
    kernel /= kernel.sum()
    height, width = image.shape[0] - 10, image.shape[1] - 10
    total = np.zeros((height, width))
    for dy in range(11):
        for dx in range(11):
            total += kernel[dy, dx] * image[dy : dy + height, dx : dx + width]
    return total


def ssim_parts(a, b, peak):
    c1, c2 = (0.01 * peak) ** 2, (0.03 * peak) ** 2
    mean_a, mean_b = valid_blur(a), valid_blur(b)
    var_a = valid_blur(a * a) - mean_a**2
    var_b = valid_blur(b * b) - mean_b**2
    covariance = valid_blur(a * b) - mean_a * mean_b
    structure = (2 * covariance + c2) / (var_a + var_b + c2)
    luminance = (2 * mean_a * mean_b + c1) / (mean_a**2 + mean_b**2 + c1)
    return (luminance * structure).mean(), structure.mean()


def pool(image):
    height, width = image.shape[0] // 2 * 2, image.shape[1] // 2 * 2
    return image[:height, :width].reshape(height // 2, 2, width // 2, 2).mean(axis=(1, 3))


def ms_ssim(a, b, peak):
    result = 1.0
    for scale, weight in enumerate(WEIGHTS):
        whole, structure = ssim_parts(a, b, peak)
        last = scale == len(WEIGHTS) - 1
        result *= max(whole if last else structure, 0) ** weight
        a, b = pool(a), pool(b)
    return result


def planes(width, height, bits, picture, reference):
    kind = np.uint8 if bits == 8 else np.dtype("<u2")
    peak = float(2**bits - 1)
    a, b = (np.fromfile(name, kind).reshape(height, width).astype(np.float64) for name in (picture, reference))
    print(f"psnr:{10 * np.log10(peak**2 / ((a - b) ** 2).mean()):.9f}")
    print(f"ssim:{ssim_parts(a, b, peak)[0]:.9f}")
    if min(width, height) >= 176:
        print(f"ms_ssim:{ms_ssim(a, b, peak):.9f}")
    try:
        from skimage.metrics import structural_similarity
    except ImportError:
        print("skimage:absent")
        return
    value = structural_similarity(a, b, data_range=peak, gaussian_weights=True, sigma=1.5, use_sample_covariance=False)
    print(f"skimage_ssim:{value:.9f}")


def main():
    if sys.argv[1] in ("colours", "lab"):
        from skimage import color

        rows = np.loadtxt(sys.argv[2])
        if sys.argv[1] == "colours":
            for value in color.deltaE_ciede2000(rows[:, :3], rows[:, 3:]):
                print(f"{value:.9f}")
        else:
            for lab in color.rgb2lab(rows[None])[0]:
                print(*(f"{value:.9f}" for value in lab))
    else:
        planes(*(int(text) for text in sys.argv[1:4]), *sys.argv[4:6])


main()
