#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs every benchmark there is and prints their tables.

    run.py BUILD_FOLDER [NAME…]

Benchmarks are tests/bench/*_speed.py, called with the program, and what the build made of tests/bench/*_bench.cpp.
With names, only those whose file name contains one of them. Anything that cannot run says why; nothing is skipped silently.
"""

import os
import subprocess
import sys
from pathlib import Path


def commands(build):
    product = build / "src" / "app" / "reelface"
    for script in sorted(Path(__file__).parent.glob("*_speed.py")):
        yield script.stem, [sys.executable, str(script), str(product)], product
    for program in sorted((build / "tests" / "bench").glob("*_bench")):
        if program.is_file() and os.access(program, os.X_OK):
            yield program.name, [str(program)], program


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    build, names = Path(sys.argv[1]).resolve(), sys.argv[2:]
    chosen = [entry for entry in commands(build) if not names or any(name in entry[0] for name in names)]
    failed = []
    for name, command, needed in chosen:
        print(f"\n== {name}", flush=True)
        if not needed.exists():
            print(f"cannot run: {needed} is not built")
            failed.append(name)
        elif subprocess.run(command).returncode != 0:
            failed.append(name)
    print(f"\n{len(chosen) - len(failed)} of {len(chosen)} benchmarks ran" + (f"; failed: {failed}" if failed else ""))
    return 1 if failed or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
