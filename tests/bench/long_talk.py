#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A talking clip over and over, as long as wanted: memory must stay flat and the labels of faces sane.

long_talk.py REELFACE CLIP [--loops 500] [--side 160] [--restore] [--also "-m identity"]. The clip is made small once and its packets repeated. Prints memory
held in the second tenth of the time and in the last (medians of what is sampled five times a second), its peak, and the tracks. --restore
restores all of it (hours); without it faces are found and tracked only, and 400 bytes are allowed for each, for they are all printed
at the end. Ends with 1 if memory has grown by more than a twentieth.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time

LARGEST_GROWTH = 1.05


def loop_film(folder, clip, loops, side):
    """(path, frames of one loop)"""
    small, film = os.path.join(folder, "small.mkv"), os.path.join(folder, "long.mkv")
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", clip, "-vf", f"scale={side}:-2", "-an", "-c:v", "libx264", "-preset",
                    "veryfast", "-crf", "20", small], check=True)
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-stream_loop", str(loops - 1), "-i", small, "-c", "copy", film], check=True)
    count = subprocess.run(["ffprobe", "-v", "error", "-count_packets", "-select_streams", "v:0", "-show_entries",
                            "stream=nb_read_packets", "-of", "csv=p=0", small], check=True, capture_output=True).stdout
    return film, int(count.decode().strip().strip(","))


def memory_held(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS")) / 1024


def watched(words, result):
    """[(seconds, MiB)] of the program while it ran; what it prints goes to the file `result`"""
    samples, started = [], time.monotonic()
    with open(result, "wb") as output, subprocess.Popen(list(map(str, words)), stdout=output, stderr=subprocess.DEVNULL) as process:
        ended = threading.Event()

        def sample():
            while not ended.wait(0.2):
                try:
                    samples.append((time.monotonic() - started, memory_held(process.pid)))
                except (FileNotFoundError, StopIteration, ProcessLookupError):
                    return

        watcher = threading.Thread(target=sample)
        watcher.start()
        code = process.wait()
        ended.set()
        watcher.join()
    if code:
        raise SystemExit(f"{words[1]} ended with {code}")
    return samples


def held_between(samples, first, last):
    """median of what was held in this part of the run, from 0 to 1"""
    end = samples[-1][0]
    return statistics.median(memory for seconds, memory in samples if first * end <= seconds <= last * end)


def print_tracks(tracks, loops, frames):
    lengths = sorted(tracks.values())
    print(f"{len(lengths)} tracks of {lengths[0]} to {lengths[-1]} frames, {sum(lengths) / loops / frames:.3f} faces a frame; labels "
          f"{min(tracks)} to {max(tracks)}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("clip")
    parser.add_argument("--loops", type=int, default=500)
    parser.add_argument("--side", type=int, default=160)
    parser.add_argument("--restore", action="store_true")
    parser.add_argument("--also", default="", help="more options for the program")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        film, frames = loop_film(folder, options.clip, options.loops, options.side)
        result = os.path.join(folder, "result.json")
        words = [options.program, "analyze", film, "--no-people"]
        if options.restore:
            words = [options.program, "restore", film, os.path.join(folder, "out.mkv"), "--preset", "ultrafast", "--progress", "none",
                     "--report", result]
        samples = watched(words + options.also.split(), os.devnull if options.restore else result)
        early, late = held_between(samples, 0.1, 0.2), held_between(samples, 0.9, 1.0)
        print(f"{options.loops} loops, {options.loops * frames} frames, {samples[-1][0]:.0f} s: {early:.1f} MiB held in the second tenth, "
              f"{late:.1f} MiB in the last, {max(memory for _, memory in samples):.1f} MiB at the most")
        with open(result, encoding="utf-8") as file:
            found = json.load(file)
        frames_of = (lambda track: track["frames"]) if options.restore else (lambda track: len(track["faces"]))
        print_tracks({track["id"]: frames_of(track) for track in found["tracks"]}, options.loops, frames)
    kept = 0 if options.restore else 400 * options.loops * frames / 2**20
    return 0 if late <= LARGEST_GROWTH * early + kept else 1


if __name__ == "__main__":
    sys.exit(main())
