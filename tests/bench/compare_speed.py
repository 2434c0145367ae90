#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How fast `reelface compare` is on 1080p films.   usage: compare_speed.py REELFACE [--frames N]"""
import argparse
import json
import pathlib
import subprocess
import tempfile


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--frames", type=int, default=150)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        clean, bad, figures = (pathlib.Path(folder) / name for name in ("clean.mkv", "bad.mkv", "figures.json"))
        for path, effect in ((clean, "null"), (bad, "gblur=1,noise=alls=6:allf=t")):
            subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=1920x1080:r=25", "-vf",
                            f"rotate=0.05*t,{effect},format=yuv420p", "-frames:v", str(options.frames), "-c:v", "libx264", "-preset",
                            "veryfast", "-crf", "23", path], check=True)
        for measures in ("basic", "all"):
            frames = options.frames if measures == "basic" else options.frames // 5
            part = pathlib.Path(folder) / "part.mkv"
            subprocess.run(["ffmpeg", "-nostdin", "-y", "-v", "error", "-i", bad, "-frames:v", str(frames), "-c", "copy", part], check=True)
            subprocess.run([options.program, "compare", part, "--reference", clean, "--faces", "off", "--measures",
                            measures, "--json", figures, "-y"], check=True, capture_output=True)
            seconds = json.loads(figures.read_text())["elapsed_seconds"]
            print(f"compare --measures {measures}, two 1080p H.264 films: {frames / seconds:.1f} frames/s")


main()
