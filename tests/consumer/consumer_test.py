#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
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
    if len(list(prefix.rglob("reelface_networks.so"))) != 1:
        sys.exit("the library of networks was not installed")
    # Nothing may point back at where it was built.
    files = list(prefix.rglob("*.cmake"))
    if not files:
        sys.exit("no CMake package was installed")
    return files


def check_networks(prefix, outside_program):
    """The installed program finds the installed library of networks; an outside program is told where that is."""
    library = next(prefix.rglob("reelface_networks.so"))
    environment = {key: value for key, value in os.environ.items() if key != "LD_LIBRARY_PATH"}
    opened = subprocess.run([str(prefix / "bin" / "reelface"), "devices"], capture_output=True, text=True,
                            env=environment | {"LD_DEBUG": "files"})
    if opened.returncode != 0 or f"file={library}" not in opened.stderr:
        sys.exit(f"the installed program does not open {library}:\n{opened.stdout}\n{opened.stderr[-2000:]}")
    named = subprocess.run([str(outside_program)], capture_output=True, text=True,
                           env=environment | {"REELFACE_NETWORKS": str(library)})
    if not named.stdout.startswith("cpu\n"):
        sys.exit(f"an outside program cannot list devices: {named.stderr}")


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
        transcoded = run(str(folder / "build" / "transcode"), clip, str(folder / "transcoded.mp4")).strip()
        if transcoded != str(FRAMES):
            sys.exit(f"transcoded {transcoded} frames instead of {FRAMES}")
        check_networks(prefix, folder / "build" / "name_devices")
    print("installed, found, compiled, linked and run")


if __name__ == "__main__":
    main()
