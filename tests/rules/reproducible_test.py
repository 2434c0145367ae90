#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Two builds in two folders install the same bits.

    reproducible_test.py SOURCE_FOLDER CMAKE [--against BUILD_FOLDER] [--jobs N]

The folders have names of different length; time zone, language, home and umask differ too, and no compiler cache helps. --against takes
a build that is there already in place of the first: whoever has one that no cache had a hand in saves half of the time.
"""
import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SURROUNDINGS = ({"TZ": "UTC", "LC_ALL": "C.UTF-8"}, {"TZ": "Pacific/Chatham", "LC_ALL": "C"})
UMASKS = (0o022, 0o027)


def run(words, **how):
    done = subprocess.run([str(word) for word in words], stdin=subprocess.DEVNULL, capture_output=True, text=True, **how)
    assert done.returncode == 0, f"{' '.join(map(str, words))}: {done.stdout[-3000:]}{done.stderr[-3000:]}"


def built(source, cmake, folder, number, jobs):
    """The tree, copied and built in `folder`."""
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("build", ".git", "__pycache__"))
    home = folder / "home"
    home.mkdir()
    environment = {**os.environ, **SURROUNDINGS[number], "HOME": str(home), "CCACHE_DISABLE": "1"}
    before = os.umask(UMASKS[number])
    try:
        run([cmake, "--preset", "program"], cwd=folder, env=environment)
        run([cmake, "--build", folder / "build/release", "--target", "all", "-j", jobs], cwd=folder, env=environment)
    finally:
        os.umask(before)
    return folder / "build/release"


def installed(cmake, build, prefix):
    """{name: SHA-256} of what an installation consists of."""
    for component in ("program", "development"):
        run([cmake, "--install", build, "--prefix", prefix, "--component", component])
    return {str(path.relative_to(prefix)): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(prefix.rglob("*")) if path.is_file()}


def first_difference(one, other):
    left, right = one.read_bytes(), other.read_bytes()
    at = next((place for place, pair in enumerate(zip(left, right)) if pair[0] != pair[1]), min(len(left), len(right)))
    around = slice(max(0, at - 60), at + 60)
    return f"from byte {at} of {len(left)} and {len(right)} on: {left[around]!r} and {right[around]!r}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("cmake")
    parser.add_argument("--against", type=Path, metavar="BUILD_FOLDER")
    parser.add_argument("--jobs", default=os.cpu_count())
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="reelface_twice_") as temporary:
        folder = Path(temporary)
        first = options.against or built(options.source, options.cmake, folder / "one", 0, options.jobs)
        second = built(options.source, options.cmake, folder / "another/and/a/longer/name", 1, options.jobs)
        prefixes = [folder / "installed_1", folder / "installed_2"]
        files, others = (installed(options.cmake, build, prefix) for build, prefix in zip((first, second), prefixes))
        assert "bin/reelface" in files, f"no program among {sorted(files)[:20]}"
        problems = [f"only in one of them: {name}" for name in sorted(set(files) ^ set(others))]
        problems += [f"{name} differs {first_difference(*(prefix / name for prefix in prefixes))}" for name in sorted(set(files) & set(others))
                     if files[name] != others[name]]
        for problem in problems:
            print(f"FAIL {problem}")
        print(f"{len(files)} files installed twice, {len(problems)} differ; bin/reelface has SHA-256 {files['bin/reelface']}")
        return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
