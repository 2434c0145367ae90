#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What does it cost to make a film in parts, and how far does it scale?

    parts_speed.py PRODUCT [--frames 400] [--film-frames 800] [--repetitions 3]

CPU time counts the processes' own, start included. The films are made from the portrait in examples/media; cuts lie where
parts end, as they mostly do in films, so that warm-ups are short; what warm-ups cost is taken off by what a frame of them
costs. The simulation takes the costs measured here.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cluster_simulation import Costs, print_table

STILL = Path(__file__).resolve().parents[2] / "examples" / "media" / "eileen-collins.jpg"
PARTS = 20
MINUTE = 60 * 25  # frames


def make_film(path, frames, shot, size):
    """A face over a moving background; two views of it take turns, `shot` frames each."""
    width, height = size
    second = f"lt(mod(n,{2 * shot}),{shot})"
    graph = (f"[0:v]scale={height * 2 // 3}:-2,gblur=sigma=1,split[a][b];[b]hflip,eq=brightness=-0.2[c];"
             f"[1:v]gblur=sigma=2,noise=alls=5:allf=t:all_seed=1,split[d][e];[e]negate[f];"
             f"[d][a]overlay=x='{width // 8}+20*sin(n/9)':y={height // 6}[near];[f][c]overlay=x='{width // 3}+20*cos(n/9)':y={height // 8}[far];"
             f"[near][far]overlay=enable='{second}'[out]")
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", "-loop", "1", "-framerate", "25", "-i", str(STILL), "-f", "lavfi", "-i",
                    f"testsrc2=s={width}x{height}:r=25", "-filter_complex", graph, "-map", "[out]", "-frames:v", str(frames),
                    "-c:v", "libx264", "-preset", "veryfast", "-crf", "18", "-pix_fmt", "yuv420p", str(path)], check=True)


def run(*command, errors=None):
    """(wall seconds, CPU seconds)"""
    started = time.monotonic()
    child = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} ended with {child.returncode}")
    return time.monotonic() - started, usage.ru_utime + usage.ru_stime


class Measurement:
    def __init__(self, product, folder, film, words):
        self.product, self.folder, self.film = product, folder, film
        self.words = ["--progress", "none", "-c:v", "libx264", "--preset", "veryfast", *words]

    def restore(self, *words):
        return run(self.product, "restore", self.film, self.folder / "whole.mkv", "-y", *self.words, *words)

    def plan(self, parts, *words):
        shutil.rmtree(self.folder / "parts", ignore_errors=True)
        cost = run(self.product, "plan", self.film, self.folder / "joined.mkv", "--folder", self.folder / "parts", "--parts", parts, "-y",
                   *self.words, *words)
        return cost, json.loads((self.folder / "parts" / "plan.json").read_text())["parts"]

    def start(self):
        """A part of one frame."""
        self.plan(1, "--frames", "0:1")
        return self.part(0)

    def part(self, number, *words):
        return run(self.product, "part", self.folder / "parts", number, "--progress", "none", *words)

    def look(self):
        """What following the faces costs, which is all that is done in the first half of a warm-up."""
        return run(self.product, "analyze", self.film, "--no-people", errors=subprocess.DEVNULL)

    def join(self):
        return run(self.product, "join", self.folder / "parts", "-y")

    def in_parts(self, count):
        """CPU seconds of all processes together, and the plan's parts."""
        planning, parts = self.plan(count)
        return planning[1] + sum(self.part(number)[1] for number in range(len(parts))) + self.join()[1], parts

    def both_at_once(self, parts):
        """(wall seconds, CPU seconds) of two processes with one thread each."""
        for name in (self.folder / "parts").glob("part-*"):
            name.unlink()
        started = time.monotonic()
        children = [subprocess.Popen([str(self.product), "part", str(self.folder / "parts"), str(number), "--threads", "1",
                                      "--progress", "none"]) for number in range(len(parts))]
        cpu = 0.0
        for child in children:
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            if child.returncode != 0:
                sys.exit("a part could not be made")
            cpu += usage.ru_utime + usage.ru_stime
        return time.monotonic() - started, cpu


def warm_up_frames(parts):
    """(frames only looked at, frames restored as well) beyond the parts' own"""
    looked_at = sum(part["read_to"] - part["read_from"] - (part["end_frame"] - part["restore_from"]) for part in parts)
    return looked_at, sum(part["first_frame"] - part["restore_from"] for part in parts)


def overhead_of_parts(measure, frames, repetitions, name):
    """Prints what 20 parts cost more than one. The warm-ups' share is what so many frames cost elsewhere; what is left is the
    parts' own, the same for each part however long it is."""
    one, many = [], []
    for _ in range(repetitions):
        one.append(measure.in_parts(1)[0])
        cost, parts = measure.in_parts(PARTS)
        many.append(cost)
    start = measure.start()[1]
    frame = (min(one) - start) / frames
    looked_at, restored = warm_up_frames(parts)
    looking = max(0.0, min(measure.look()[1] for _ in range(repetitions)) - start) / frames if looked_at else 0
    warm_ups = looked_at * looking + restored * frame
    each = (min(many) - min(one) - warm_ups) / (len(parts) - 1)
    print(f"{name}: 1 part {min(one):.2f} s CPU, {len(parts)} parts {min(many):.2f} s, of which warm-ups {warm_ups:.2f} s ({looked_at} "
          f"frames looked at, {restored} restored); a part's own {each:.2f} s, which is {100 * each / (frame * MINUTE):.1f} % of a part of "
          f"one minute, {100 * each / (frame * frames / PARTS):.0f} % of these of {frames / PARTS / 25:.1f} s (asked: 5)", flush=True)


def two_at_once(measure, frames, repetitions):
    single, double = [], []
    for _ in range(repetitions):
        single.append(measure.restore("--threads", "2"))
        _, parts = measure.plan(2)
        double.append(measure.both_at_once(parts))
    (wall_one, cpu_one), (wall_two, cpu_two) = min(single), min(double)
    print(f"two parts at once, one thread each: {frames / wall_two:.2f} frames/s, {cpu_two:.1f} s CPU; one run with two threads: "
          f"{frames / wall_one:.2f} frames/s, {cpu_one:.1f} s CPU; ratio {wall_one / wall_two:.3f} (asked: 0.95); "
          f"{sum(warm_up_frames(parts))} of the two parts' frames are warm-up", flush=True)


def costs_of(measure, frames):
    """Wall seconds on this machine, all cores. What a call costs with one frame is its start."""
    (planning_one, _), _ = measure.plan(1, "--frames", "0:1")
    start, _ = measure.part(0)
    joining_one, _ = measure.join()
    (planning, _), _ = measure.plan(1)
    part, _ = measure.part(0)
    joining, _ = measure.join()
    looking, _ = measure.look()

    def each(seconds, of_start):
        return max(0.0, seconds - of_start) / (frames - 1)

    return Costs(start=start, plan_frame=each(planning, planning_one), look_frame=each(looking, planning_one),
                 restore_frame=each(part, start), join_frame=each(joining, joining_one))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("product")
    parser.add_argument("--frames", type=int, default=400)
    parser.add_argument("--film-frames", type=int, default=800, help="of the 720p film of which two parts are made at once")
    parser.add_argument("--repetitions", type=int, default=3)
    options = parser.parse_args()
    frames, film_frames, repetitions = options.frames, options.film_frames, options.repetitions
    print(f"best of {repetitions} interleaved repetitions, {frames} frames, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory(prefix="reelface_parts_speed_") as name:
        folder = Path(name)
        film, small = folder / "film.mp4", folder / "small.mp4"
        make_film(small, frames, frames // PARTS, (320, 240))
        overhead_of_parts(Measurement(options.product, folder, small, []), frames, repetitions, "320x240, one face")
        many = folder / "many.mp4"
        make_film(many, 10 * frames, 10 * frames // PARTS, (320, 240))
        overhead_of_parts(Measurement(options.product, folder, many, ["--model", "none"]), 10 * frames, repetitions,
                          f"320x240, {10 * frames} frames, none")
        # Both views in both halves: else one part is the dearer one, and the other machine waits for it.
        make_film(film, film_frames, film_frames // 4, (1280, 720))
        measure = Measurement(options.product, folder, film, [])
        two_at_once(measure, film_frames, repetitions)
        print_table(costs_of(measure, film_frames))
    return 0


if __name__ == "__main__":
    sys.exit(main())
