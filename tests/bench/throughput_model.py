#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What would it do on a machine that is not here? A model of the graph, fed with measured times of its steps.

    throughput_model.py [--report REPORT.json] [--card MS] [--cores N ...] [--check]

Groups of eight frames pass the steps in order, as pipeline/graph has them: a serial step takes one group at a time, in
order; a parallel one as many as there are cores; the card one batch. A step that waits for the card holds a thread of the graph,
but no core. Decoding and encoding run on threads of their own and share the cores. As many groups are on their way as the
program admits. Printed for each case: frames a second, and what is busy all the time.

Times are CPU milliseconds of one core with AVX-512, from `--serial --threads 1` (decoding: ffmpeg), but for what is marked as assumed:
nobody had a card. Compare rows with each other, not with another machine. --report takes those of the steps from a report of
your own (one face in every frame; the rest stays). Faces on the card are 512 px, on the processor 256 px.

Before: blending was one serial step, colours matched inside it, and the card had one lane: nothing else went on while it was fed.
After: only recalling who follows whom is serial, and two lanes feed the card from one queue. --lanes N says what N would do.
"""

import argparse
import heapq
import json
from collections import namedtuple
from pathlib import Path

GROUP = 8
SIZES = ("720p", "1080p", "2160p")

# A frame's own, by size, in ms of one core.
DECODE = {"720p": 12, "1080p": 21, "2160p": 69}
ENCODE = {"720p": 20.4, "1080p": 38.4, "2160p": 211}
DETECT = {"720p": 6.9, "1080p": 8.3, "2160p": 9.7}
TRACK = 0.2
# A face's.
ALIGN = {"720p": 1.3, "1080p": 2.9, "2160p": 8.2}
PASTE = {"720p": 4.8, "1080p": 9.4, "2160p": 34}
RESTORE = {256: 26.0}            # on the processor: `faithful`
AROUND_THE_CARD = 2.0            # assumed: pictures of 512 px into tensors and back, by one thread, while the card waits
MATCH, BLEND = {256: 1.5, 512: 5.0}, {256: 2.7, 512: 12.0}  # one serial step before: 4.2 at 256; the shares and 512 px are assumed
RECALL = 0.01

# ms of a group. A step takes one group at a time and in order (serial), so many (at_once), or any number (0).
Step = namedtuple("Step", "name core card serial at_once", defaults=(0,))


def steps_of(size, faces, side, card, is_after, lanes=2):
    """A group's way, in ms."""
    frame, face = GROUP, GROUP * faces
    steps = [Step("detect", frame * DETECT[size], 0, False), Step("track", frame * TRACK, 0, True),
             Step("align", face * ALIGN[size], 0, False)]
    if card:
        steps.append(Step("restore", face * AROUND_THE_CARD, face * card, False, lanes if is_after else 1))
    else:
        steps.append(Step("restore", face * RESTORE[side], 0, False))
    if is_after:
        steps += [Step("match", face * MATCH[side], 0, False), Step("recall", face * RECALL, 0, True),
                  Step("blend", face * BLEND[side], 0, False)]
    else:
        steps.append(Step("blend", face * (MATCH[side] + BLEND[side]), 0, True))
    steps.append(Step("paste", face * PASTE[size], 0, False))
    return steps


class Model:
    """Work that waits for a core, first come, first served; later steps first, as groups that are far on free memory."""

    def __init__(self, cores):
        self.now, self.free, self.cores, self.order = 0.0, cores, cores, 0
        self.waiting, self.events, self.busy = [], [], {}
        self.card_is_free_at = 0.0

    def at(self, time, call):
        self.order += 1
        heapq.heappush(self.events, (time, self.order, call))

    def compute(self, name, milliseconds, rank, then):
        self.order += 1
        heapq.heappush(self.waiting, (-rank, self.order, name, milliseconds, then))
        self.start()

    def start(self):
        while self.free and self.waiting:
            _, _, name, milliseconds, then = heapq.heappop(self.waiting)
            self.free -= 1
            self.busy[name] = self.busy.get(name, 0) + milliseconds

            def finish(then=then):
                self.free += 1
                then()
                self.start()

            self.at(self.now + milliseconds, finish)

    def compute_on_card(self, milliseconds, then):
        """One after the other, however many lanes have something for it."""
        self.busy["card"] = self.busy.get("card", 0) + milliseconds
        self.card_is_free_at = max(self.now, self.card_is_free_at) + milliseconds
        self.at(self.card_is_free_at, then)

    def run(self):
        while self.events:
            self.now, _, call = heapq.heappop(self.events)
            call()


def simulate(cores, size, steps, groups=120):
    """Frames a second, and how busy each thing is, 0 to 1."""
    model = Model(cores)
    turn = [0] * (len(steps) + 2)     # which group a serial step takes next
    is_taken = [False] * (len(steps) + 2)
    inside = [0] * (len(steps) + 2)
    arrived = [set() for _ in range(len(steps) + 2)]
    state = {"read": 0, "alive": 0, "done": 0, "writing": 0.0}
    admitted = cores + 2 + 3  # groups that track and gather hold come on top
    held = {}

    def read_more():
        if state["read"] < groups and state["alive"] < admitted and not held.get("reading"):
            group = state["read"]
            state["read"] += 1
            state["alive"] += 1
            held["reading"] = True
            frames_left = [GROUP]

            def decoded():
                frames_left[0] -= 1
                if frames_left[0] == 0:
                    held["reading"] = False
                    arrive(0, group)
                    read_more()

            for _ in range(GROUP):  # frame threads
                model.compute("decode", DECODE[size], 0, decoded)

    def arrive(place, group):
        arrived[place].add(group)
        go_on(place)

    def go_on(place):
        if place == len(steps):
            return write()
        step = steps[place]
        while arrived[place]:
            if step.serial and (is_taken[place] or turn[place] not in arrived[place]):
                return None
            if step.at_once and inside[place] == step.at_once:
                return None
            group = turn[place] if step.serial else min(arrived[place])
            arrived[place].discard(group)
            inside[place] += 1
            if step.serial:
                is_taken[place] = True
                turn[place] += 1

            def finish(group=group):
                is_taken[place] = False
                inside[place] -= 1
                arrive(place + 1, group)
                go_on(place)

            def after_core(finish=finish):
                if not step.card:
                    return finish()
                return model.compute_on_card(step.card, finish)

            model.compute(step.name, step.core, place + 1, after_core)
        return None

    def write():
        place = len(steps)
        if is_taken[place] or turn[place] not in arrived[place]:
            return
        is_taken[place] = True
        held["writing since"] = model.now
        arrived[place].discard(turn[place])
        turn[place] += 1
        frames_left = [GROUP]

        def encoded():
            frames_left[0] -= 1
            if frames_left[0]:
                return
            is_taken[place] = False
            state["writing"] += model.now - held["writing since"]
            state["alive"] -= 1
            state["done"] += 1
            read_more()
            write()

        for _ in range(GROUP):  # the encoder's threads take several frames at a time
            model.compute("encode", ENCODE[size], place + 1, encoded)

    read_more()
    model.run()
    assert state["done"] == groups, f"{state['done']} of {groups} groups came out"
    busy = {"cores": sum(time for name, time in model.busy.items() if name != "card") / cores / model.now}
    # An encoder takes no more frames at a time than a group has; where cores are idle, that holds it back.
    if busy["cores"] < 0.8:
        busy["encode"] = state["writing"] / model.now
    for step in steps:
        if step.serial:
            busy[step.name] = step.core * groups / model.now
        if step.card:
            # One lane is fed, then works, then is fed; of several the card is what can be busy.
            busy[step.name] = ((step.core if step.at_once == 1 else 0) + step.card) * groups / model.now
    return 1000 * groups * GROUP / model.now, busy


def limit_of(busy):
    name, share = max(busy.items(), key=lambda item: item[1])
    return f"{name} ({100 * share:.0f} %)"


def take_report(path):
    """The steps of a run with one face in every frame, in place of those above at 720p and 256 px."""
    report = json.loads(Path(path).read_text(encoding="utf-8"))
    frames = report["run"]["frames"]
    faces = max(1, report["faces"]["restored"])
    milliseconds = {stage["name"]: 1000 * stage["cpu_seconds"] for stage in report["run"]["stages"]}
    DETECT["720p"] = milliseconds["detect"] / frames
    ALIGN["720p"] = milliseconds["align"] / max(1, report["faces"]["seen"])
    RESTORE[256] = milliseconds["restore"] / faces
    BLEND[256] = milliseconds["blend"] / faces
    MATCH[256] = milliseconds.get("match", 0) / faces
    PASTE["720p"] = milliseconds["paste"] / faces


def take_off_the_cores(names):
    """These are done on the card, beside the network or in no time."""
    for name, times in (("decode", DECODE), ("encode", ENCODE), ("detect", DETECT), ("align", ALIGN), ("paste", PASTE), ("match", MATCH),
                        ("blend", BLEND)):
        if name in names:
            times.update({key: 0.0 for key in times})


def print_table(cores_asked, card, lanes):
    print("| restored by | size | faces | cores | before: frames/s | limit | after: frames/s | limit |")
    print("|---|---|---|---|---|---|---|---|")
    rows = {}
    for side, name, on_card in ((256, "processor, 256 px", 0), (512, f"card, {card:g} ms a face of 512 px", card)):
        for size in SIZES:
            for faces in (1, 5):
                for cores in cores_asked:
                    found = [simulate(cores, size, steps_of(size, faces, side, on_card, is_after, lanes)) for is_after in (False, True)]
                    rows[(side, size, faces, cores)] = found
                    cells = " | ".join(f"{speed:.1f} | {limit_of(busy)}" for speed, busy in found)
                    print(f"| {name} | {size} | {faces} | {cores} | {cells} |", flush=True)
    return rows


def check(rows):
    """What must hold of any model like this."""
    for (side, size, faces, cores), ((before, _), (after, busy)) in rows.items():
        assert after >= 0.97 * before, (side, size, faces, cores, before, after)
        assert max(busy.values()) <= 1.001, busy
        per_frame = DECODE[size] + ENCODE[size] + DETECT[size] + faces * PASTE[size]
        assert after <= 1000 * cores / per_frame, "more than the cores can do"
    step = steps_of("720p", 5, 512, 0.001, False)
    serial = next(s for s in step if s.name == "blend")
    speed, busy = simulate(64, "720p", step)
    assert abs(speed - 1000 * GROUP / serial.core) < 0.05 * speed and limit_of(busy).startswith("blend"), (speed, busy)
    print("throughput_model: holds")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--report", help="a report of `restore --serial --threads 1` of a film with a face in each frame")
    parser.add_argument("--card", type=float, default=5, help="ms a face")
    parser.add_argument("--on-card", nargs="+", default=[], metavar="STEP",
                        choices=["decode", "encode", "detect", "align", "match", "blend", "paste"],
                        help="what would be if these were done there; rows of the processor mean nothing then")
    parser.add_argument("--lanes", type=int, default=2, help="ways to the card after")
    parser.add_argument("--cores", type=int, nargs="+", default=[1, 2, 4, 8, 16])
    parser.add_argument("--check", action="store_true", help="judge the model instead of trusting it")
    options = parser.parse_args()
    if options.report:
        take_report(options.report)
    take_off_the_cores(options.on_card)
    rows = print_table(options.cores, options.card, options.lanes)
    if options.check:
        check(rows)


if __name__ == "__main__":
    main()
