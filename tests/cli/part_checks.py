# SPDX-License-Identifier: Apache-2.0
"""Calling the program for films in parts, and comparing two films packet by packet."""

import functools
import json
import os
import random
import subprocess

from checking.media import Media


def expect(truth, message):
    if not truth:
        raise AssertionError(message)


class Program:
    def __init__(self, path):
        self.path = os.path.abspath(path)

    def run(self, *words, code=0, env=None):
        done = subprocess.run([self.path, *map(str, words)], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=600, env={**os.environ, **(env or {})})
        expect(done.returncode == code,
               f"{' '.join(map(str, words))} ended with {done.returncode} instead of {code}: {done.stderr[-600:]}")
        return done

    def restore(self, film, output, *options):
        self.run("restore", film, output, "--progress", "none", *options)
        return output

    def plan(self, film, output, folder, *options):
        self.run("plan", film, output, "--folder", folder, "--progress", "none", *options)
        with open(os.path.join(folder, "plan.json"), encoding="utf-8") as file:
            return json.load(file)

    def make_parts(self, folder, count, seed=1):
        order = list(range(count))
        random.Random(seed).shuffle(order)
        self.run("part", folder, *order, "--progress", "none")

    def status(self, folder):
        return json.loads(self.run("status", folder, "--json").stdout)


def media_of(path):
    return probed(path, os.stat(path).st_mtime_ns)


@functools.lru_cache(maxsize=8)
def probed(path, _made):
    return Media(path)


def compare_copied_streams(one, other):
    """Packets of all streams but the video, by their contents and times."""
    first, second = media_of(one), media_of(other)
    expect(not second.errors, f"{other} has errors: {second.errors[:200]}")
    expect([s["codec_type"] for s in first.streams] == [s["codec_type"] for s in second.streams], "other streams")
    for stream, twin in zip(first.streams, second.streams):
        if stream["codec_type"] == "video":
            continue
        facts = [[(p.get("pts"), p.get("dts"), p["data_hash"]) for p in media.packets_of(s)]
                 for media, s in ((first, stream), (second, twin))]
        expect(facts[0] == facts[1], f"stream {stream['index']} was copied otherwise")


def compare_copied(one, other):
    """All that is copied: streams, chapters, tags and how the picture is turned."""
    compare_copied_streams(one, other)
    first, second = media_of(one), media_of(other)
    expect(first.chapters == second.chapters, "other chapters")
    expect(Media.tags(first.format) == Media.tags(second.format), "other tags")
    expect(first.display_matrix() == second.display_matrix(), "turned otherwise")


def compare_times(one, other, reordered=False):
    """`reordered`: both encoders chose their B-frames on their own, so only the order of being shown is the same."""
    first, second = media_of(one), media_of(other)
    expect(first.frame_times() == second.frame_times(), f"{os.path.basename(other)}: frames at other times")
    expect(first.last_durations() == second.last_durations(), "another end")
    facts = [[(p.get("pts"), p.get("dts"), p.get("duration")) for p in media.packets_of(media.video)]
             for media in (first, second)]
    if reordered:
        rising = [dts for _, dts, _ in facts[1] if dts is not None]
        expect(all(a < b for a, b in zip(rising, rising[1:])), "decoding stamps do not rise")
        facts = [sorted((pts, duration) for pts, _, duration in packets) for packets in facts]
    expect(facts[0] == facts[1], "the video's packets have other stamps")
