#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How much slower than ffmpeg is a transcode that restores nothing?

    transcode_speed.py PRODUCT [--repetitions 5] [--frames 300]

Both programs get the same file, encoder, preset and number of threads. Repetitions are interleaved, so that whatever else
the machine does hits both; the medians are compared. What both write is checked: the same number of frames.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

THREADS = "2"
SIZES = {"720p": "1280x720", "1080p": "1920x1080"}
ENCODERS = {"x264 medium": ["libx264", "--preset", "medium", "--crf", "23"], "FFV1": ["ffv1"]}


def make_source(path, size, frames):
    """A textured, moving picture: moving bars and text over a fractal, with grain."""
    graph = (f"testsrc2=s={size}:r=25[bars];mandelbrot=s={size}:r=25:maxiter=200[fractal];"
             "[bars][fractal]blend=all_mode=average,noise=alls=6:allf=t,format=yuv420p")
    subprocess.run(["ffmpeg", "-nostdin", "-y", "-v", "error", "-f", "lavfi", "-i", graph, "-frames:v", str(frames),
                    "-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-threads", THREADS, str(path)], check=True)


def product_command(product, source, output, encoder):
    return [product, "restore", "--model", "none", "--progress", "none", "-y", "--threads", THREADS, "-c:v", *encoder,
            str(source), str(output)]


def ffmpeg_command(source, output, encoder):
    settings = [word[1:] if word.startswith("--") else word for word in encoder]
    return ["ffmpeg", "-nostdin", "-y", "-v", "error", "-threads", THREADS, "-i", str(source), "-map", "0", "-c", "copy",
            "-c:v", *settings, "-threads", THREADS, "-fps_mode", "passthrough", str(output)]


def seconds_of(command):
    start = time.monotonic()
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return time.monotonic() - start


def count_frames(path):
    done = subprocess.run(["ffprobe", "-v", "error", "-select_streams", "v", "-count_packets", "-show_entries",
                           "stream=nb_read_packets", "-of", "csv=p=0", str(path)], capture_output=True, check=True)
    return int(done.stdout.decode().strip().split(",")[0])


def compare(product, source, folder, encoder, frames, repetitions):
    """Frames per second of (product, ffmpeg), medians."""
    outputs = [folder / "product.mkv", folder / "ffmpeg.mkv"]
    commands = [product_command(product, source, outputs[0], encoder), ffmpeg_command(source, outputs[1], encoder)]
    for command in commands:
        seconds_of(command)  # warms the file cache
    times = [[], []]
    for repetition in range(repetitions):
        for which in (0, 1) if repetition % 2 == 0 else (1, 0):
            times[which].append(seconds_of(commands[which]))
    for output in outputs:
        if count_frames(output) != frames:
            sys.exit(f"{output} holds {count_frames(output)} frames instead of {frames}: the comparison means nothing")
    return [frames / statistics.median(part) for part in times]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("product")
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--frames", type=int, default=300)
    options = parser.parse_args()
    print(f"{options.repetitions} interleaved repetitions, {options.frames} frames, {THREADS} threads, "
          f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"{'size':6} {'encoder':12} {'reelface':>12} {'ffmpeg':>12} {'ratio':>7}")
    with tempfile.TemporaryDirectory(prefix="reelface_speed_") as name:
        folder = Path(name)
        for size, pixels in SIZES.items():
            source = folder / f"{size}.mkv"
            make_source(source, pixels, options.frames)
            for encoder, settings in ENCODERS.items():
                ours, theirs = compare(options.product, source, folder, settings, options.frames, options.repetitions)
                print(f"{size:6} {encoder:12} {ours:8.1f} fps {theirs:8.1f} fps {ours / theirs:7.3f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
