#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tracks of real clips: drop-outs and how much they tremble before and after smoothing.

clip_tracks.py REELFACE CLIPS… A row a track of 20 frames or more. A drop-out: one to five frames in which a face that is there before
and after is missing. Jitter: second difference of the face's place, per cent of its size.
"""
import argparse
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../cli"))
from face_clips import run  # noqa: E402

LONGEST = 5


def drop_outs(tracks):
    """Short gaps in a track, and short ones between the end of a track and another's beginning in the same place and shot."""
    count = 0
    for track in tracks:
        frames = [face["frame"] for face in track["faces"]]
        count += sum(1 for one, next_ in zip(frames, frames[1:]) if 1 < next_ - one <= LONGEST + 1)
        last = track["faces"][-1]
        for other in tracks:
            first = other["faces"][0]
            gap = first["frame"] - last["frame"] - 1
            near = all(abs(first["box"][axis] - last["box"][axis]) < 0.5 * last["size"] for axis in (0, 1))
            count += other is not track and other["shot"] == track["shot"] and 1 <= gap <= LONGEST and near
    return count


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("clips", nargs="+")
    options = parser.parse_args()
    print("| clip | frames, shots | track | its frames | size | drop-outs of the clip | jitter before | after |\n"
          "|---|---|---|---|---|---|---|---|")
    failures = 0
    for clip in options.clips:
        analysis = json.loads(run([options.program, "analyze", clip, "--no-people"]))
        name, missing = os.path.splitext(os.path.basename(clip))[0], drop_outs(analysis["tracks"])
        failures += missing
        for track in analysis["tracks"]:
            faces = track["faces"]
            if len(faces) < 20:
                continue
            size = sum(face["size"] for face in faces) / len(faces)
            print(f"| {name} | {analysis['frames']}, {len(analysis['shots'])} | {track['id']} | {faces[0]['frame']}–{faces[-1]['frame']} | "
                  f"{size:.0f} px | {missing} | {track['jitter_before_percent']:.2f} % | {track['jitter_after_percent']:.2f} % |",
                  flush=True)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
