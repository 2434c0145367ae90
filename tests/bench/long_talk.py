#!/usr/bin/env python3
"""A talking clip over and over, as long as wanted: memory must stay flat and the labels of faces sane.

long_talk.py REELFACE CLIP [--loops 500] [--side 160] [--restore] [--also "-m identity"]. The clip is made small once and its packets repeated. Prints peak
memory after a tenth of the film and at its end, and how many tracks there are in each loop. --restore restores all of it (hours);
without it faces are found and tracked only, and 400 bytes are allowed for each, for they are all printed at the end. Ends with 1
if memory has grown by more than a twentieth.
"""
import argparse
import json
import os
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


def peak_memory(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmHWM")) / 1024


def watched(words, result):
    """(output, [(seconds, MiB)])"""
    samples, started = [], time.monotonic()
    with open(result, "wb") as output, subprocess.Popen(list(map(str, words)), stdout=output, stderr=subprocess.DEVNULL) as process:
        ended = threading.Event()

        def sample():
            while not ended.wait(0.5):
                try:
                    samples.append((time.monotonic() - started, peak_memory(process.pid)))
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
            words = [options.program, "restore", film, os.path.join(folder, "out.mkv"), "--preset", "ultrafast", "--progress", "none"]
        samples = watched(words + options.also.split(), result)
        tenth = next(memory for seconds, memory in samples if seconds >= samples[-1][0] / 10)
        print(f"{options.loops} loops, {options.loops * frames} frames, {samples[-1][0]:.0f} s: peak {tenth:.1f} MiB after a tenth, "
              f"{samples[-1][1]:.1f} MiB at the end")
        if not options.restore:
            with open(result, encoding="utf-8") as file:
                analysis = json.load(file)
            lengths = sorted(len(track["faces"]) for track in analysis["tracks"])
            print(f"{len(analysis['shots'])} shots, {len(lengths)} tracks of {lengths[0]} to {lengths[-1]} frames, "
                  f"{sum(lengths) / options.loops / frames:.3f} faces a frame; labels {analysis['tracks'][0]['id']} to "
                  f"{max(track['id'] for track in analysis['tracks'])}")
    kept = 0 if options.restore else 400 * options.loops * frames / 2**20
    return 0 if samples[-1][1] <= LARGEST_GROWTH * tenth + kept else 1


if __name__ == "__main__":
    sys.exit(main())
