#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""clang-tidy over sources, with the settings of .clang-tidy. Fails when there is a finding.

    tidy.py BUILD_FOLDER [--jobs N] [--seconds N] SOURCE…

With --seconds no source is begun after so long, and those left are counted: a change of hundreds of files is looked at by hand.
Sources that the build doesn't compile are left out. Works on what GCC is called with, less what Clang doesn't know.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

# Precompiled headers are GCC's own; sources name all they include anyway.
GCC_ONLY = re.compile(r"\s(-include \S+cmake_pch\.hxx|-Winvalid-pch|-fpch-preprocess|-Wno-restrict|-Wno-stringop-over\w+)(?=\s)")


LEFT = "left"


def commands_for_clang(build):
    commands = json.loads((build / "compile_commands.json").read_text(encoding="utf-8"))
    return [{**command, "command": GCC_ONLY.sub("", command["command"])} for command in commands]


def findings(folder, source):
    """What clang-tidy says about one source; None when it has nothing to say."""
    done = subprocess.run(["clang-tidy", "--quiet", "--warnings-as-errors=*", "-p", folder, source],
                          capture_output=True, text=True)
    return None if done.returncode == 0 else done.stdout + done.stderr


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("build", type=Path)
    arguments.add_argument("--jobs", type=int, default=os.cpu_count())
    arguments.add_argument("--seconds", type=float, default=float("inf"))
    arguments.add_argument("sources", nargs="*")
    arguments = arguments.parse_intermixed_args()
    commands = commands_for_clang(arguments.build)
    compiled = {os.path.realpath(os.path.join(command["directory"], command["file"])) for command in commands}
    sources = [source for source in arguments.sources if os.path.realpath(source) in compiled]
    print(f"clang-tidy: {len(sources)} sources", flush=True)
    end = time.monotonic() + arguments.seconds
    failed = left = 0
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(arguments.jobs) as pool:
        Path(folder, "compile_commands.json").write_text(json.dumps(commands), encoding="utf-8")
        for found in pool.map(lambda source: findings(folder, source) if time.monotonic() < end else LEFT, sources):
            if found == LEFT:
                left += 1
            elif found:
                failed += 1
                print(found, flush=True)
    if left:
        print(f"clang-tidy: no time for {left} of them; `./dev tidy` looks at all", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
