#!/usr/bin/env python3
"""clang-tidy over sources, with the settings of .clang-tidy. Fails when there is a finding.

    tidy.py BUILD_FOLDER [--jobs N] SOURCE…

Sources that the build doesn't compile are left out. Works on what GCC is called with, less what Clang doesn't know.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

# Precompiled headers are GCC's own; sources name all they include anyway.
GCC_ONLY = re.compile(r"\s(-include \S+cmake_pch\.hxx|-Winvalid-pch|-fpch-preprocess|-Wno-restrict)(?=\s)")


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
    arguments.add_argument("sources", nargs="*")
    arguments = arguments.parse_intermixed_args()
    commands = commands_for_clang(arguments.build)
    compiled = {os.path.realpath(os.path.join(command["directory"], command["file"])) for command in commands}
    sources = [source for source in arguments.sources if os.path.realpath(source) in compiled]
    print(f"clang-tidy: {len(sources)} sources", flush=True)
    failed = 0
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(arguments.jobs) as pool:
        Path(folder, "compile_commands.json").write_text(json.dumps(commands), encoding="utf-8")
        for found in pool.map(lambda source: findings(folder, source), sources):
            if found:
                failed += 1
                print(found, flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
