#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Whether two builds make the same of the same films: frames, packets, tracks and reports. For changes of structure.

    same_bytes.py OLD_PROGRAM NEW_PROGRAM [--films NAME,NAME…] [--except FIELD,FIELD…]

Thirteen films with faces and of awkward making are restored by both, in one run and in parts, and analysed. Compared are a
digest of every decoded frame with its time, one of every packet of the other streams, what analysis prints, the file of
tracks, and the JSON report without times, names of files, the list of stages, and fields that were added on purpose
(--except). Ends with 1 if anything differs.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "cli"))
from part_films import FACES, make_film  # noqa: E402

FILMS = ("faces_without_cuts,faces_with_cuts,faces_come_and_go,faces_pass,faces_seldom_looked_at_with_cuts,b_frames,"
         "open_groups,variable_rate,ten_bits,turned,interlaced,subtitles,a_piece")
WAYS = {
    "plain": ["-m", "none"],
    "faces": [],
    "frame by frame": ["--temporal", "off"],
    "enlarged": ["-s", "2", "--compare", "side"],
    "boxes": ["--compare", "boxes", "--detect-every", "3"],
}
FACE_WAYS, PLAIN_WAYS = ["faces", "frame by frame", "boxes"], ["plain", "enlarged"]


def run(*words, folder):
    done = subprocess.run([str(word) for word in words], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True)
    return done.returncode, done.stdout


def digest_of_film(path, folder):
    """Decoded frames with their times, and the packets of all other streams."""
    digests = []
    for words in (["-map", "0:v", "-fps_mode", "passthrough", "-f", "framemd5"],
                  ["-map", "0", "-map", "-0:v", "-c", "copy", "-f", "framemd5"]):
        code, text = run("ffmpeg", "-nostdin", "-v", "error", "-i", path, *words, "-", folder=folder)
        lines = [line for line in text.decode().splitlines() if not line.startswith("#software")]
        digests.append(hashlib.sha256("\n".join(lines).encode()).hexdigest() if code == 0 else "none")
    return digests


VARYING = {"wall_seconds", "busy_seconds", "cpu_seconds", "stages", "path", "input", "output", "bytes"}
ADDED = set()  # on purpose


def without_what_varies(value):
    """A report without times of the clock, names of files and the stages there were."""
    if isinstance(value, dict):
        return {key: without_what_varies(entry) for key, entry in value.items()
                if key not in ADDED and (key not in VARYING or isinstance(entry, dict))}
    if isinstance(value, list):
        return [without_what_varies(entry) for entry in value]
    return value


def results_of(program, film, ways, options, folder):
    """Everything that one program makes of a film, by name."""
    found = {}
    for way in ways:
        for in_parts in (False, True):
            name = way + (", in parts" if in_parts else "")
            words = [program, "restore", film, "out.mkv", "-y", "-c:v", "ffv1", "--progress", "none", "--deterministic",
                     "--report", "report.json", *options, *WAYS[way], *(["--resume", "--part-length", "1.2"] if in_parts else [])]
            code, _ = run(*words, folder=folder)
            found[name] = [code, *(digest_of_film("out.mkv", folder) if code == 0 else [])]
            if code == 0:
                report = json.loads(Path(folder, "report.json").read_text())
                found[name].append(json.dumps(without_what_varies(report), sort_keys=True))
            for leftover in ("out.mkv", "report.json"):
                Path(folder, leftover).unlink(missing_ok=True)
    code, text = run(program, "analyze", film, "--tracks", "tracks.json", folder=folder)
    found["analysis"] = [code, text.decode()]
    tracks = Path(folder, "tracks.json")
    found["tracks"] = [tracks.read_text() if tracks.exists() else "none"]
    tracks.unlink(missing_ok=True)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("old")
    parser.add_argument("new")
    parser.add_argument("--films", default=FILMS)
    parser.add_argument("--except", dest="fields", default="")
    options = parser.parse_args()
    ADDED.update(options.fields.split(","))
    different = compared = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in options.films.split(","):
            film, words = make_film(name, folder)
            ways = FACE_WAYS if name in FACES else PLAIN_WAYS
            old, new = (results_of(os.path.abspath(program), film, ways, words, folder)
                        for program in (options.old, options.new))
            for entry, before in old.items():
                compared += 1
                if new[entry] != before:
                    different += 1
                    print(f"{name}: {entry} differs: {[a == b for a, b in zip(before, new[entry])]}", flush=True)
            print(f"{name}: {len(old)} results compared", flush=True)
    print(f"{compared - different} of {compared} results are the same")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
