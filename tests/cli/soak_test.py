#!/usr/bin/env python3
"""Memory, threads and open files do not grow with the length of the film.

    soak_test.py PRODUCT [--frames 72000]
    soak_test.py PRODUCT --compare [--frames 20000]     the same of `reelface compare`, with a page and a table of all frames
    soak_test.py PRODUCT --film [--frames 8000]         the same of every step of an old film's line, with grain, dirt and light

Compares a long film with one of 2,000 frames. The film of ten hours has two frames a second, so that it is made in seconds. Memory is
looked at over time as well: what grows slowly shows in the later half before it shows in the peak.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SHORT_FRAMES = 2000
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


def make_old_clip(path, frames):
    """A minute of a picture that moves, with grain and light that flickers, again and again."""
    piece = path.with_suffix(".piece.mkv")
    subprocess.run(["ffmpeg", "-nostdin", "-y", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=128x96:r=25", "-vf",
                    "gblur=1,noise=alls=8:allf=t,crop=96:64:x='10+6*sin(n/50)':y='10+4*sin(n/31)',eq=brightness='0.03*sin(n*1.7)':eval=frame,"
                    "format=yuv420p", "-frames:v", "1000", "-c:v", "libx264", "-preset", "ultrafast", "-crf", "20", str(piece)], check=True)
    pieces = path.with_suffix(".txt")
    pieces.write_text(f"file {piece.name}\n" * ((frames + 999) // 1000))
    subprocess.run(["ffmpeg", "-nostdin", "-y", "-v", "error", "-f", "concat", "-i", str(pieces), "-c", "copy", "-frames:v", str(frames),
                    str(path)], check=True)


def film_words(clip, output):
    return ["restore", "--model", "none", "--for", "film", "--levels", "auto", "--grain", "keep", "--progress", "none", "-c:v", "libx264",
            "--preset", "ultrafast", clip, output]


def restore_words(clip, output):
    return ["restore", "--model", "none", "--progress", "none", "-c:v", "libx264", "--preset", "ultrafast", clip, output]


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


def count_frames(path):
    done = subprocess.run(["ffprobe", "-v", "error", "-select_streams", "v", "-count_packets", "-show_entries",
                           "stream=nb_read_packets", "-of", "csv=p=0", str(path)], capture_output=True, check=True)
    return int(done.stdout.decode().strip().split(",")[0])


def steady_part(samples):
    """Without the first and last tenth, where threads start and end."""
    edge = max(1, len(samples) // 10)
    return samples[edge:-edge] or samples


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("product")
    parser.add_argument("--compare", action="store_true")
    parser.add_argument("--film", action="store_true")
    parser.add_argument("--frames", type=int)
    options = parser.parse_args()
    options.frames = options.frames or (20000 if options.compare else 8000 if options.film else 72000)
    problems, peaks = [], {}
    with tempfile.TemporaryDirectory(prefix="reelface_soak_") as folder:
        for frames in (SHORT_FRAMES, options.frames):
            clip = Path(folder) / f"{frames}.mkv"
            if options.compare:
                output = Path(folder) / f"out_{frames}.csv"
                make_moving_clip(clip, frames)
                samples, seconds = run(options.product, compare_words(clip, output))
                written = len(output.read_text().splitlines()) - 1
            else:
                output = Path(folder) / f"out_{frames}.mkv"
                (make_old_clip if options.film else make_long_clip)(clip, frames)
                samples, seconds = run(options.product, (film_words if options.film else restore_words)(clip, output))
                written = count_frames(output)
            if written != frames:
                problems.append(f"{written} frames instead of {frames}")
            peaks[frames] = max(sample[0] for sample in samples)
            middle = steady_part(samples)
            half = len(middle) // 2
            for name, column in (("threads", 1), ("open files", 2)):
                first, second = (max(sample[column] for sample in part) for part in
                                 (middle[:half] or middle, middle[half:] or middle))
                print(f"{frames} frames: most {name} {first}, later {second}")
                if frames == options.frames and second > first:
                    problems.append(f"{name} grow from {first} to {second}")
            early, late = (statistics.median(sample[3] for sample in part) for part in (middle[:half] or middle, middle[half:] or middle))
            print(f"{frames} frames: usual memory {early / 1024:.1f} MiB, later {late / 1024:.1f} MiB")
            if frames == options.frames and late > LARGEST_GROWTH * early:
                problems.append(f"memory grows from {early / 1024:.1f} to {late / 1024:.1f} MiB")
            print(f"{frames} frames: peak memory {peaks[frames] / 1024:.1f} MiB, {frames / seconds:.0f} frames/s, "
                  f"{len(samples)} samples")
    growth = peaks[options.frames] / peaks[SHORT_FRAMES]
    print(f"memory grows by a factor of {growth:.3f}, at most {LARGEST_GROWTH} is allowed")
    if growth > LARGEST_GROWTH:
        problems.append("memory grows with the length of the film")
    for problem in problems:
        print(f"FAIL {problem}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
