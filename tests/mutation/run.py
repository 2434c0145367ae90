#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Would the fast tests notice? Makes one small mistake after the other in a copy of the tree, and runs the tests that link it.

    run.py [--count 60] [--seed 1] [--only FOLDER…] [--minutes 120] [--budget 90] [--own] [--json FILE] [--again FILE] [--list]

A mistake is noticed if a test fails, crashes or takes far longer than usual. What does not compile, warnings included, is no mistake that
anybody could hand in; another is drawn. --again makes the mistakes of an earlier run once more that nobody had noticed.
"""
import argparse
import json
import os
import signal
import sys
import time
from pathlib import Path

from mutants import Mutant, applied, drawn, mutants_of
from workplace import Workplace

ROOT = Path(__file__).resolve().parents[2]
# Needs LibTorch in every program, which takes a minute to link and half of one to start.
USUALLY_LEFT_OUT = ("src/networks",)


def sources(only):
    names = sorted(str(path.relative_to(ROOT)) for top in ("src", "pipeline") for path in (ROOT / top).rglob("*.cpp"))
    if only:
        return [name for name in names if any(name.startswith(folder.rstrip("/") + "/") or name == folder for folder in only)]
    return [name for name in names if not name.startswith(USUALLY_LEFT_OUT)]


def object_of(place, file):
    for inputs in place.inputs.values():
        for name in inputs:
            if place.is_object_of(name, file):
                return name
    return None


def judge(place, mutant, budget):
    """What becomes of one mistake, which is in the copy already: (result, by whom, the words of who noticed)."""
    compiled, output = place.ninja(object_of(place, mutant.file), is_changed=True)
    if compiled != 0:
        return "does not compile", "", output
    asked, spent = [], 0.0
    for program in place.programs_for(mutant.file):
        usual = place.seconds_of[program]
        if usual is None or asked and spent + usual > budget:
            continue
        if place.ninja(program, is_changed=True)[0] != 0:
            return "does not compile", "", ""
        code, output = place.test(program, 3 * usual + 10)
        name = Path(program).name
        if code != 0:
            failed = [line.split("] ")[1].split(" (")[0] for line in output.splitlines() if line.startswith("[  FAILED  ] ")]
            how = "too long" if code in (None, -signal.SIGXCPU, -signal.SIGKILL) else failed[0] if failed else f"crash ({code})"
            return "noticed", f"{name}: {how}", ""
        asked.append(name)
        spent += usual
    return "survived", ", ".join(asked), ""


def with_mistake(place, mutant, budget):
    """The same, with the copy's source as it was in any case."""
    path = place.tree / mutant.file
    text = path.read_text(encoding="utf-8")
    changed = applied(mutant, text)
    if changed is None:
        return "is gone", "", ""
    try:
        path.write_text(changed, encoding="utf-8")
        return judge(place, mutant, budget)
    finally:
        path.write_text(text, encoding="utf-8")


def chosen(options):
    """The mistakes to make, in order; more than are wanted, for those that do not compile."""
    if options.again:
        rows = json.loads(Path(options.again).read_text(encoding="utf-8"))["mutants"]
        return [Mutant(*(row[field] for field in Mutant._fields)) for row in rows if row["result"] == "survived"]
    every = [mutant for name in sources(options.only) for mutant in mutants_of(name, (ROOT / name).read_text(encoding="utf-8"))]
    return drawn(every, options.seed)


def measure(place, file):
    for program in place.programs_for(file):
        place.measured(program)


def show(number, mutant, result, by, seconds):
    print(f"{number:3}  {result:9} {mutant.kind:11} {mutant.file}:{mutant.line}  {by}  ({seconds:.0f} s)", flush=True)
    if result == "survived":
        print(f"       - {mutant.before.strip()}\n       + {mutant.after.strip()}", flush=True)


def summary(rows):
    table = {}
    for row in rows:
        parts = Path(row["file"]).parts
        counts = table.setdefault("/".join(parts[:2]), {"noticed": 0, "survived": 0})
        counts[row["result"]] += 1
    lines = [f"{'folder':20} noticed  survived"]
    lines += [f"{folder:20} {counts['noticed']:7} {counts['survived']:9}" for folder, counts in sorted(table.items())]
    total = sum(row["result"] == "noticed" for row in rows)
    return "\n".join(lines + [f"{total} of {len(rows)} mistakes were noticed"])


def write(options, rows):
    if options.json:
        text = json.dumps({"seed": options.seed, "mutants": rows}, indent=1)
        Path(options.json).write_text(text + "\n", encoding="utf-8")


def parsed():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", action="append", default=[], metavar="FOLDER", help="src/film, pipeline/stages, or one file")
    parser.add_argument("--minutes", type=float, default=120, help="no mistake is begun after that")
    parser.add_argument("--budget", type=float, default=90, help="seconds of tests for each mistake; its own folder's always run")
    parser.add_argument("--folder", type=Path, default=ROOT / "build/mutation", help="where the copy lies")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--own", action="store_true", help="only the tests of a mistake's own folder: quicker, and more survive")
    parser.add_argument("--json")
    parser.add_argument("--again", metavar="FILE")
    parser.add_argument("--list", action="store_true", help="only say which mistakes would be made")
    return parser.parse_args()


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    options, rows, started = parsed(), [], time.monotonic()
    if options.list:
        for number, mutant in zip(range(1, options.count + 1), chosen(options)):
            print(f"{number:3}  {mutant.kind:11} {mutant.file}:{mutant.line}\n       - {mutant.before.strip()}\n       + {mutant.after.strip()}")
        return 0
    place = Workplace(ROOT, options.folder, options.jobs, options.own)
    place.prepare()
    for mutant in chosen(options):
        begun = time.monotonic()
        if len(rows) == options.count or begun - started > 60 * options.minutes:
            break
        if not place.programs_for(mutant.file):
            continue
        measure(place, mutant.file)
        begun = time.monotonic()
        result, by, _ = with_mistake(place, mutant, options.budget)
        if result not in ("noticed", "survived"):
            continue
        rows.append({**mutant._asdict(), "result": result, "by": by, "seconds": round(time.monotonic() - begun, 1)})
        show(len(rows), mutant, result, by, rows[-1]["seconds"])
        write(options, rows)
    print(summary(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
