#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Memory, threads and open files do not grow with the length of the film.

    soak_test.py PRODUCT [--frames 72000]
    soak_test.py PRODUCT --compare [--frames 20000]     the same of `reelface compare`, with a page and a table of all frames
    soak_test.py PRODUCT --film [--frames 8000]         the same of every step of an old film's line, with grain, dirt and light
    soak_test.py PRODUCT --faces [--frames 3000]        the same with a face in every frame, restored; with a report

Compares a long film with a short one. The film of ten hours has two frames a second, so that it is made in seconds. Memory is looked at
over time as well: what grows slowly shows in the later half before it shows in the peak.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import namedtuple
from pathlib import Path

from face_clips import STILL, WORN

LARGEST_GROWTH = 1.05
SAMPLE_SECONDS = 0.1


def make_long_clip(path, frames):
    subprocess.run(["ffmpeg", "-nostdin", "-y", "-v", "error", "-f", "lavfi", "-i", "color=s=64x36:r=2", "-frames:v",
                    str(frames), "-c:v", "libx264", "-preset", "ultrafast", "-threads", "1", str(path)], check=True)


def status_of(pid):
    """(peak RSS in KiB, threads, open files, RSS in KiB), or None when the process is gone."""
    try:
        fields = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":" in line)
        files = len(list(Path(f"/proc/{pid}/fd").iterdir()))
        return int(fields["VmHWM"].split()[0]), int(fields["Threads"]), files, int(fields["VmRSS"].split()[0])
    except (FileNotFoundError, ProcessLookupError, KeyError, PermissionError):
        return None


def make_moving_clip(path, frames):
    """Something to measure: a picture that moves, with noise."""
    subprocess.run(["ffmpeg", "-nostdin", "-y", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=64x36:r=25", "-vf",
                    "noise=alls=8:allf=t", "-frames:v", str(frames), "-c:v", "libx264", "-preset", "ultrafast", str(path)],
                   check=True)


def repeat_piece(path, frames, source, chain, length):
    """A clip of `length` frames, again and again."""
    piece = path.with_suffix(".piece.mkv")
    subprocess.run(["ffmpeg", "-nostdin", "-y", "-v", "error", *source, "-vf", chain + ",format=yuv420p", "-frames:v", str(length),
                    "-c:v", "libx264", "-preset", "ultrafast", "-crf", "20", str(piece)], check=True)
    pieces = path.with_suffix(".txt")
    pieces.write_text(f"file {piece.name}\n" * -(-frames // length))
    subprocess.run(["ffmpeg", "-nostdin", "-y", "-v", "error", "-f", "concat", "-i", str(pieces), "-c", "copy", "-frames:v", str(frames),
                    str(path)], check=True)


def make_old_clip(path, frames):
    """A picture that moves, with grain and light that flickers."""
    repeat_piece(path, frames, ["-f", "lavfi", "-i", "testsrc2=s=128x96:r=25"],
                 "gblur=1,noise=alls=8:allf=t,crop=96:64:x='10+6*sin(n/50)':y='10+4*sin(n/31)',eq=brightness='0.03*sin(n*1.7)':eval=frame",
                 1000)


def make_face_clip(path, frames):
    """A worn face of 65 pixels that moves, with grain and light that flickers."""
    repeat_piece(path, frames, ["-loop", "1", "-framerate", "25", "-i", STILL],
                 WORN + ",crop=256:256:x='90+12*sin(n/20)':y='8+8*sin(n/13)',scale=128:128:flags=area,noise=alls=8:allf=t:all_seed=5,"
                 "eq=brightness='0.03*sin(n*1.7)':eval=frame", 250)


ENCODED = ["--progress", "none", "-c:v", "libx264", "--preset", "ultrafast"]
OLD_FILM = ["--for", "film", "--levels", "auto", "--grain", "keep"]


def plain_words(clip, output):
    return ["restore", "--model", "none", *ENCODED, clip, output]


def film_words(clip, output):
    return ["restore", "--model", "none", *OLD_FILM, *ENCODED, clip, output]


def face_words(clip, output):
    return ["restore", *OLD_FILM, *ENCODED, "--report", output.with_suffix(".json"), clip, output]


def compare_words(clip, output):
    return ["compare", clip, "--reference", clip, "--input", clip, "--faces", "off", "--csv", output, "--html",
            output.with_suffix(".html")]


def run(product, words):
    """(samples, seconds) of one run."""
    start = time.monotonic()
    process = subprocess.Popen([product, *map(str, words)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE)
    os.set_blocking(process.stderr.fileno(), False)
    samples = []
    while process.poll() is None:
        sample = status_of(process.pid)
        if sample:
            samples.append(sample)
        process.stderr.read()  # progress; a full pipe would stop the program
        time.sleep(SAMPLE_SECONDS)  # the distance of samples, nothing is waited for
    if process.returncode != 0:
        sys.exit(f"exit {process.returncode}: {(process.stderr.read() or b'').decode(errors='replace')}")
    return samples, time.monotonic() - start


def written_frames(path):
    if path.suffix == ".csv":
        return len(path.read_text().splitlines()) - 1
    done = subprocess.run(["ffprobe", "-v", "error", "-select_streams", "v", "-count_packets", "-show_entries",
                           "stream=nb_read_packets", "-of", "csv=p=0", str(path)], capture_output=True, check=True)
    return int(done.stdout.decode().strip().split(",")[0])


def steady_part(samples):
    """Without the first and last tenth, where threads start and end."""
    edge = max(1, len(samples) // 10)
    return samples[edge:-edge] or samples


# The short film fills all that may wait between reading and writing: with faces, 500 frames do not yet.
Mode = namedtuple("Mode", "make words ending short long")
MODES = {"plain": Mode(make_long_clip, plain_words, "mkv", 2000, 72000),
         "compare": Mode(make_moving_clip, compare_words, "csv", 2000, 20000),
         "film": Mode(make_old_clip, film_words, "mkv", 2000, 8000),
         "faces": Mode(make_face_clip, face_words, "mkv", 1000, 3000)}


def check_restored(report):
    """A run in which no face was restored says nothing about faces."""
    faces, frames = json.loads(report.read_text())["faces"], json.loads(report.read_text())["output"]["frames"]
    print(f"{frames} frames: {faces['restored']} faces restored")
    return [] if faces["restored"] > 0.8 * frames else [f"only {faces['restored']} faces restored in {frames} frames"]


def growth_within(samples, frames):
    """What grows between the first and the second half of a run."""
    problems, middle = [], steady_part(samples)
    half = len(middle) // 2
    early, late = middle[:half] or middle, middle[half:] or middle
    for name, column in (("threads", 1), ("open files", 2)):
        first, second = (max(sample[column] for sample in part) for part in (early, late))
        print(f"{frames} frames: most {name} {first}, later {second}")
        if second > first:
            problems.append(f"{name} grow from {first} to {second}")
    first, second = (statistics.median(sample[3] for sample in part) / 1024 for part in (early, late))
    print(f"{frames} frames: usual memory {first:.1f} MiB, later {second:.1f} MiB")
    if second > LARGEST_GROWTH * first:
        problems.append(f"memory grows from {first:.1f} to {second:.1f} MiB")
    return problems


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("product")
    chosen = parser.add_mutually_exclusive_group()
    for name in MODES:
        chosen.add_argument("--" + name, dest="mode", action="store_const", const=name)
    parser.add_argument("--frames", type=int)
    options = parser.parse_args()
    mode = MODES[options.mode or "plain"]
    problems, peaks = [], []
    with tempfile.TemporaryDirectory(prefix="reelface_soak_") as folder:
        for frames in (mode.short, options.frames or mode.long):
            clip, output = Path(folder) / f"{frames}.mkv", Path(folder) / f"out_{frames}.{mode.ending}"
            mode.make(clip, frames)
            samples, seconds = run(options.product, mode.words(clip, output))
            if written_frames(output) != frames:
                problems.append(f"{written_frames(output)} frames instead of {frames}")
            if mode is MODES["faces"]:
                problems += check_restored(output.with_suffix(".json"))
            peaks.append(max(sample[0] for sample in samples))
            print(f"{frames} frames: peak memory {peaks[-1] / 1024:.1f} MiB, {frames / seconds:.0f} frames/s, {len(samples)} samples")
    problems += growth_within(samples, frames)
    growth = peaks[1] / peaks[0]
    print(f"memory grows by a factor of {growth:.3f}, at most {LARGEST_GROWTH} is allowed")
    if growth > LARGEST_GROWTH:
        problems.append("memory grows with the length of the film")
    for problem in problems:
        print(f"FAIL {problem}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
