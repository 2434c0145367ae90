#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How long a two-hour film takes on so many machines, and where more of them stop helping.

    cluster_simulation.py [--start S --plan-frame S --look-frame S --restore-frame S --join-frame S]

Machines fetch the next part as soon as they are free. Parts differ in what they cost (seeded, a tenth up or down). Planning
and joining are done by one machine. Shared file systems are taken to be fast enough. Costs are wall seconds of one machine;
parts_speed.py measures them.
"""

import argparse
import heapq
import random
from dataclasses import dataclass, fields

FRAMES_PER_SECOND = 25
FILM_SECONDS = 2 * 3600
SECONDS_LOOKED_AT = 5.0  # warm-up where there is no cut: faces followed, then restored as well (docs/decisions/12)
SECONDS_RESTORED = 4.0
FRAMES_AT_CUT = 16  # and where there is one
FRAMES_AHEAD = 24
SPREAD = 0.1


@dataclass
class Costs:
    """Seconds of one machine: of a process's start, and of a frame in each kind of work."""
    start: float = 1.0
    plan_frame: float = 0.01
    look_frame: float = 0.03
    restore_frame: float = 0.1
    join_frame: float = 0.0005


@dataclass
class Run:
    wall: float
    parts: int
    machine_seconds: float
    serial: float


def part_seconds(costs, frames, at_cut, dice):
    looked_at = FRAMES_AHEAD + (FRAMES_AT_CUT if at_cut else SECONDS_LOOKED_AT * FRAMES_PER_SECOND)
    restored = frames + (0 if at_cut else SECONDS_RESTORED * FRAMES_PER_SECOND)
    work = looked_at * costs.look_frame + restored * costs.restore_frame
    return costs.start + work * dice.uniform(1 - SPREAD, 1 + SPREAD)


def simulate(costs, workers, parts, share_at_cuts, seed=1):
    dice = random.Random(seed)
    frames = FILM_SECONDS * FRAMES_PER_SECOND
    jobs = [part_seconds(costs, frames / parts, dice.random() < share_at_cuts, dice) for _ in range(parts)]
    free_at = [0.0] * workers
    for job in jobs:
        heapq.heappush(free_at, heapq.heappop(free_at) + job)
    serial = frames * (costs.plan_frame + costs.join_frame) + 2 * costs.start
    return Run(serial + max(free_at), parts, sum(jobs), serial)


def best_run(costs, workers, share_at_cuts):
    """Of parts from five seconds to ten minutes."""
    lengths = (5, 10, 15, 30, 60, 120, 300, 600)
    return min((simulate(costs, workers, FILM_SECONDS // length, share_at_cuts) for length in lengths), key=lambda run: run.wall)


def duration(seconds):
    return f"{seconds / 3600:.2f} h" if seconds >= 3600 else f"{seconds / 60:.1f} min"


def print_table(costs):
    print("simulated, a film of two hours, 25 frames a second; costs in seconds of one machine: "
          + ", ".join(f"{field.name} {getattr(costs, field.name):.4g}" for field in fields(costs)))
    frames = FILM_SECONDS * FRAMES_PER_SECOND
    alone = frames * costs.restore_frame + costs.start
    print(f"one run without parts: {duration(alone)}")
    print(f"{'machines':>8}  {'borders at cuts':15}  {'best part':>9}  {'wall time':>10}  {'of it plan and join':>19}  {'speed-up':>8}  "
          f"{'machine time':>12}")
    for share in (1.0, 0.0):
        for workers in (1, 10, 100, 1000):
            run = best_run(costs, workers, share)
            print(f"{workers:8}  {'all' if share else 'none':15}  {FILM_SECONDS // run.parts:7} s  {duration(run.wall):>10}  "
                  f"{100 * run.serial / run.wall:17.0f} %  {alone / run.wall:8.1f}  {run.machine_seconds / alone:11.2f}x")
        limit = stops_scaling(costs, share)
        print(f"          twice the machines save less than a fifth from {limit} on")


def stops_scaling(costs, share):
    """The number of machines from which twice as many save less than a fifth of the time."""
    workers = 1
    while workers < 1 << 14 and best_run(costs, 2 * workers, share).wall < 0.8 * best_run(costs, workers, share).wall:
        workers *= 2
    return workers


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for field in fields(Costs):
        parser.add_argument("--" + field.name.replace("_", "-"), type=float, default=field.default)
    options = parser.parse_args()
    print_table(Costs(**{field.name: getattr(options, field.name) for field in fields(Costs)}))


if __name__ == "__main__":
    main()
