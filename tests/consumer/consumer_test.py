#!/usr/bin/env python3
"""Installs a build into an empty folder and lets an outside project find, compile, link and run it.

    consumer_test.py BUILD_FOLDER [CMAKE]
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

FRAMES = 7


def run(*command):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode != 0:
        print(done.stdout[-4000:], done.stderr[-4000:], sep="\n")
        sys.exit(f"exit {done.returncode}: {' '.join(command)}")
    return done.stdout


def check_installed(prefix):
    for name in ("bin/reelface", "include/reelface/media/video_reader.h"):
        if not (prefix / name).exists():
            sys.exit(f"{name} was not installed")
    # Nothing may point back at where it was built.
    files = list(prefix.rglob("*.cmake"))
    if not files:
        sys.exit("no CMake package was installed")
    return files


def main():
    build, cmake = Path(sys.argv[1]).resolve(), sys.argv[2] if len(sys.argv) > 2 else "cmake"
    source = Path(__file__).resolve().parent
    with tempfile.TemporaryDirectory(prefix="reelface_consumer_") as name:
        folder = Path(name)
        prefix = folder / "installed"
        run(cmake, "--install", str(build), "--prefix", str(prefix))
        for file in check_installed(prefix):
            if str(build) in file.read_text(encoding="utf-8"):
                sys.exit(f"{file.name} points into the build folder")
        run(cmake, "-S", str(source), "-B", str(folder / "build"), f"-DCMAKE_PREFIX_PATH={prefix}",
            "-DCMAKE_BUILD_TYPE=Release")
        run(cmake, "--build", str(folder / "build"))
        clip = str(folder / "clip.mp4")
        run("ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=64x48", "-frames:v", str(FRAMES), clip)
        counted = run(str(folder / "build" / "count_frames"), clip).strip()
        if counted != str(FRAMES):
            sys.exit(f"counted {counted} frames instead of {FRAMES}")
        environment = {key: value for key, value in os.environ.items() if key != "LD_LIBRARY_PATH"}
        version = subprocess.run([str(prefix / "bin" / "reelface"), "--version"], env=environment, capture_output=True)
        if version.returncode != 0:
            sys.exit(f"the installed program does not start: {version.stderr.decode()}")
    print("installed, found, compiled, linked and run")


if __name__ == "__main__":
    main()
