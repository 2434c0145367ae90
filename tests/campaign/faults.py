#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Calls that fail, one in each run: reading the film, writing the result, reading a model, large allocations.

    faults.py PROGRAM SHIM [--count 160] [--only READ] [--json FILE]

Whatever fails and wherever: the program ends by itself, with an exit code that says what failed and with words; the film that was read and
the file that had the output's name are as they were; nothing that looks like a finished film is one that is not. A failure that the program
can do without, it may survive: then the film is whole.
"""
import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))
from checking.clips import make_clip  # noqa: E402  pylint: disable=wrong-import-position
from checking.media import Media  # noqa: E402  pylint: disable=wrong-import-position

ROOT = Path(__file__).resolve().parents[2]
FRAMES = 40
OLD_CONTENT = b"what was here before\n"
EIO, ENOMEM, EACCES, EMFILE, ENOSPC = 5, 12, 13, 24, 28
DONE, USAGE, UNREADABLE, UNWRITABLE, REJECTED, DAMAGED, INTERNAL, NO_MEMORY = 0, 2, 3, 4, 5, 6, 7, 8
# What fails, in which folder, with which errors, and how the program may end, besides well.
FAULTS = {
    "open the film": ("open", "film", (EACCES, EMFILE, EIO), {UNREADABLE}),
    "read": ("read", "film", (EIO,), {UNREADABLE, DAMAGED}),
    "open the result": ("open", "result", (EACCES, EMFILE, ENOSPC), {UNWRITABLE}),
    "write": ("write", "result", (ENOSPC, EIO), {UNWRITABLE}),
    "fsync": ("fsync", "result", (ENOSPC, EIO), {UNWRITABLE}),
    "dirfsync": ("dirfsync", "result", (EIO,), {DONE, UNWRITABLE}),
    "rename": ("rename", "result", (EACCES, ENOSPC, EIO), {UNWRITABLE}),
    "close": ("close", "result", (ENOSPC, EIO), {UNWRITABLE}),
    "open a model": ("open", "models", (EACCES, EMFILE, EIO), {REJECTED}),
    "map a model": ("mmap", "models", (ENOMEM, EACCES), {REJECTED, NO_MEMORY}),
    "malloc": ("malloc", "result", (ENOMEM,), {NO_MEMORY}),
}
# x264 says that it has no memory in words alone, whether it starts or is at work.
X264_HAS_NO_MEMORY, ITS_EXITS = "x264 [error]: malloc of size", {USAGE, INTERNAL}
# A film like others, and one of which everything is wanted.
WANTED = {"plain": [], "all": ["--for", "film", "--checksums", "--report", "{result}/report.json", "--provenance", "{result}/told.json"]}


class Try:
    """One run in folders of its own."""

    def __init__(self, program, shim, clip, folder):
        self.program, self.shim, self.folder = program, shim, Path(folder)
        for name in ("film", "result"):
            (self.folder / name).mkdir()
        shutil.copytree(ROOT / "models", self.folder / "models")
        shutil.copyfile(clip, self.folder / "film/film.mkv")
        self.film = (self.folder / "film/film.mkv").read_bytes()
        self.output = self.folder / "result/new.mkv"

    def run(self, where, fault, wanted):
        self.output.write_bytes(OLD_CONTENT)
        environment = {**os.environ, "LD_PRELOAD": str(self.shim), "REELFACE_FAULT_FOLDER": str(self.folder / where), "REELFACE_FAULT": fault,
                       "REELFACE_FAULT_COUNTS": str(self.folder / "counts"), "REELFACE_MODELS": str(self.folder / "models")}
        return subprocess.run([self.program, "restore", self.folder / "film/film.mkv", self.output, "-y", "--progress", "none", "--threads", "2",
                               "-c:v", "libx264", *(word.format(result=self.output.parent) for word in WANTED[wanted])], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120,
                              check=False)

    def counts(self):
        return {name: int(count) for name, count in map(str.split, (self.folder / "counts").read_text().splitlines())}

    def complaints(self, done, allowed):
        found = []
        if done.returncode not in allowed | {DONE} | (ITS_EXITS if X264_HAS_NO_MEMORY in done.stderr else set()):
            found.append(f"ended with {done.returncode}, not {sorted(allowed)}")
        if len(done.stderr) < 20:
            found.append("said nothing")
        if (self.folder / "film/film.mkv").read_bytes() != self.film:
            found.append("THE FILM WAS CHANGED")
        here = self.output.read_bytes() if self.output.exists() else None
        if done.returncode == DONE:
            media = Media(str(self.output))
            if len(media.frames) != FRAMES or media.errors:
                found.append("said that all is well, and the film is not whole")
        elif here != OLD_CONTENT:
            # The name is the film's before the folder is synchronised: then it must be a whole one.
            if here is None or len(Media(str(self.output)).frames) != FRAMES:
                found.append("THE FILE THAT WAS THERE IS GONE")
        return found


def places(last, wanted):
    """So many calls of `last`: the first ones, the last ones, and some between."""
    chosen = sorted({1, 2, last, last - 1, *(1 + last * i // wanted for i in range(wanted))})
    return [place for place in chosen if 1 <= place <= last]


def hash_of(case):
    """Mixes places and kinds, the same way in every run."""
    return hashlib.sha256(repr(case).encode()).hexdigest()


def cases_of(counts, number):
    each = max(1, number // 4)
    cases = []
    for name, (call, where, errors, allowed) in FAULTS.items():
        of_kind = []
        for wanted in WANTED:
            last = counts[where, wanted].get(call, 0)
            of_kind += [(name, where, f"{call}:{place}:{error}", allowed, wanted) for place in places(last, each) for error in errors]
        cases.append(sorted(of_kind, key=lambda case: hash_of(case[2:])))
    # As many as are wanted, from every kind in turn.
    chosen, place = [], 0
    while len(chosen) < number and any(place < len(of_kind) for of_kind in cases):
        chosen += [of_kind[place] for of_kind in cases if place < len(of_kind)]
        place += 1
    return chosen[:max(number, 0)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=Path)
    parser.add_argument("shim", type=Path)
    parser.add_argument("--count", type=int, default=160)
    parser.add_argument("--only", help="one kind of failure")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    program, shim = options.program.resolve(), options.shim.resolve()
    with tempfile.TemporaryDirectory(prefix="reelface_faults_") as folder:
        clip = make_clip(Path(folder) / "clip.mkv", frames=FRAMES, size="160x120")

        counts = {}
        for where in ("film", "result", "models"):
            for wanted in WANTED:
                with tempfile.TemporaryDirectory(dir=folder) as own:
                    one = Try(program, shim, clip, own)
                    done = one.run(where, "none:0:0", wanted)
                    if found := one.complaints(done, {DONE}):
                        sys.exit(f"without a fault: {found}\n{done.stderr}")
                    counts[where, wanted] = one.counts()
        cases = [case for case in cases_of(counts, options.count) if options.only in (None, case[0])]

        def judged(case):
            name, where, fault, allowed, wanted = case
            with tempfile.TemporaryDirectory(dir=folder) as own:
                one = Try(program, shim, clip, own)
                try:
                    done = one.run(where, fault, wanted)
                except subprocess.TimeoutExpired:
                    return name, f"{fault} ({wanted})", None, ["hung"], ""
                return name, f"{fault} ({wanted})", done.returncode, one.complaints(done, allowed), done.stderr

        with ThreadPoolExecutor(options.jobs) as pool:
            results = list(pool.map(judged, cases))
    bad = [result for result in results if result[3]]
    for name, fault, code, found, said in bad:
        print(f"{name} {fault}: ended with {code}: {'; '.join(found)}\n    {said.strip()[-400:]}")
    print(f"{'what fails':20} tried  exit codes")
    for name in FAULTS:
        codes = [code for kind, _, code, _, _ in results if kind == name]
        if codes:
            print(f"{name:20} {len(codes):5}  {sorted(set(codes), key=str)}")
    print(f"{len(results)} faults, {len(bad)} not as they should be")
    if options.json:
        options.json.write_text(json.dumps({"tried": len(results), "bad": len(bad)}))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
