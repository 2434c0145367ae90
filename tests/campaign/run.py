#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The hard tests, in numbers: what the promises are worth under damage, faults, kills, for hours.

    run.py [--only NAME…] [--short] [--summary FILE] [--list]

Each row of the campaign is a program of its own that prints what it tried last. Their outputs lie in build/campaign, and so does the summary:
what was tried, how often, with which result, how long it took, on which commit. --short tries a little of everything, for a first look. It ends
with 1 if a row has failed. Builds are those of build/release and, for damage and fuzzers, of build/asan: `./dev campaign` makes both.
"""
import argparse
import os
import re
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RELEASE, ASAN = ROOT / "build/release", ROOT / "build/asan"
PROGRAM = RELEASE / "src/app/reelface"
SHIM = RELEASE / "tests/cli/reelface_io_fault.so"
CLI = ROOT / "tests/cli"


class Row:
    """A name, what is promised, a command, and a shorter one."""

    def __init__(self, name, promise, command, short=None):
        self.name, self.promise, self.command, self.short = name, promise, command, short or command


def python(script, *words):
    return [sys.executable, str(script), *map(str, words)]


def of_ctest(pattern):
    return ["ctest", "--test-dir", str(RELEASE), "-R", f"^({pattern})$", "--output-on-failure", "--no-tests=error"]


def rows(folder):
    corpus = folder / "corpus"
    return [
        Row("conversions", "frames, stamps, sound, streams of every kind of input in four kinds of output", python(CLI / "check_corpus.py", PROGRAM, corpus),
            python(CLI / "check_corpus.py", PROGRAM, corpus, "--quick")),
        Row("damage", "damaged inputs under sanitizers: reported, never crashing, never hanging",
            python(ROOT / "tests/campaign/damaged_inputs.py", ASAN / "src/app/reelface", "--keep", folder / "damage"),
            python(ROOT / "tests/campaign/damaged_inputs.py", ASAN / "src/app/reelface", "--keep", folder / "damage", "--count", 28)),
        Row("models", "hostile and damaged model files: refused, nothing run",
            [str(RELEASE / "tests/inference_tests"), "--gtest_filter=*ostile*:*utant*:*heckpoint*:*npickler*:*afetensors*:*Zip*"]),
        Row("kills", "killed at any moment: the name holds a whole film or what was there",
            python(CLI / "kill_test.py", PROGRAM, "--moments", 72, "--seed", 7), python(CLI / "kill_test.py", PROGRAM, "--moments", 7, "--frames", 500)),
        Row("resumed", "killed while resuming, again and again: the same film as without", of_ctest("cli.resume_kills|cli.resume_kills_faces"),
            of_ctest("cli.resume")),
        Row("faults", "calls that fail: the right exit code, nothing lost", python(ROOT / "tests/campaign/faults.py", PROGRAM, SHIM),
            python(ROOT / "tests/campaign/faults.py", PROGRAM, SHIM, "--count", 22)),
        Row("outputs", "full disks, two writers, links, the input itself", of_ctest("cli.output_faults|cli.hostile_paths")),
        Row("parts", "in parts, on several machines: the same film", of_ctest("cli.parts_all|cli.parts_faces|cli.cluster"), of_ctest("cli.parts")),
        Row("clock and locale", "another time zone, another locale: the same bytes", python(ROOT / "tests/campaign/surroundings.py", PROGRAM)),
        Row("hours of film", "72,000 frames through every step for old film: memory does not grow",
            python(CLI / "soak_test.py", PROGRAM, "--film", "--frames", 72000), of_ctest("cli.film_soak")),
        Row("hours of faces", "with faces: memory does not grow", of_ctest("cli.face_soak"), of_ctest("cli.soak")),
        Row("studio", "killed at ten moments; forty attacks", of_ctest("cli.studio_kills|cli.studio_attacks"), of_ctest("cli.studio_attacks")),
        Row("fuzzers", "every parser, by chance", [str(ROOT / "tests/fuzz/run.sh"), "3600"], [str(ROOT / "tests/fuzz/run.sh"), "10"]),
        Row("mistakes", "small mistakes in the sources: noticed by the fast tests",
            python(ROOT / "tests/mutation/run.py", "--count", 60, "--minutes", 240, "--json", folder / "mistakes.json"),
            python(ROOT / "tests/mutation/run.py", "--count", 4, "--minutes", 30, "--json", folder / "mistakes.json")),
    ]


RESULTS = (r"\d+ passed, \d+ failed.*", r"\d+ damaged inputs.*", r"\d+ faults, .*", r"\d+ of \d+ mistakes.*", r"\d+ surroundings.*",
           r"\[  PASSED  \] \d+ tests.*", r"\d+% tests passed.*")


def result_of(output):
    """The last line that says what was tried; of fuzzers, how much all of them ran."""
    executed = re.findall(r"number_of_executed_units: (\d+)", output)
    if executed:
        return f"{len(executed)} fuzzers, {sum(map(int, executed)):,} inputs"
    lines = [line for line in output.splitlines() if any(re.fullmatch(pattern, line.strip()) for pattern in RESULTS)]
    return lines[-1].strip() if lines else (output.strip().splitlines() or ["said nothing"])[-1][:120]


def run(row, is_short, folder):
    started = time.monotonic()
    log = folder / (row.name.replace(" ", "_") + ".log")
    with open(log, "w", encoding="utf-8") as file:
        done = subprocess.run(row.short if is_short else row.command, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT, cwd=ROOT,
                              env={**os.environ, "REELFACE_MODELS": str(ROOT / "models")}, check=False)
    output = log.read_text(encoding="utf-8", errors="replace")
    return done.returncode == 0, result_of(output), time.monotonic() - started, log


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", action="extend", default=[], metavar="NAME")
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--summary", type=Path)
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    folder = ROOT / "build/campaign"
    every = rows(folder)
    unknown = set(options.only) - {row.name for row in every}
    if unknown:
        sys.exit(f"no row is called {', '.join(sorted(unknown))}; there are: {', '.join(row.name for row in every)}")
    chosen = [row for row in every if not options.only or row.name in options.only]
    if options.list:
        print("\n".join(f"{row.name:17} {row.promise}" for row in chosen))
        return 0
    folder.mkdir(parents=True, exist_ok=True)
    commit = subprocess.run(["git", "-C", str(ROOT), "describe", "--always", "--dirty"], capture_output=True, text=True, check=False).stdout.strip()
    lines = [f"Campaign of {commit or 'no commit'}, {date.today()}, {os.cpu_count()} cores" + (", short" if options.short else ""), "",
             "| what | promise | tried | minutes | result |", "|---|---|---|---|---|"]
    print("\n".join(lines), flush=True)
    summary = options.summary or folder / "summary.md"
    is_good = True
    for row in chosen:
        passed, tried, seconds, log = run(row, options.short, folder)
        lines.append(f"| {row.name} | {row.promise} | {tried} | {seconds / 60:.1f} | {'good' if passed else f'**FAILED**: {log.relative_to(ROOT)}'} |")
        print(lines[-1], flush=True)
        summary.write_text("\n".join(lines) + "\n", encoding="utf-8")
        is_good &= passed
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
