#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""All clips of ../shared, degraded with each preset, restored frame by frame and steadily, measured by `compare`.

usage: clips_table.py BUILD_FOLDER [--clips A,B] [--presets film,vhs] [--frames N] [--figures FILE.json] [--write]

Needs the build, ffmpeg and the clips. --figures keeps what was measured: a run that was stopped goes on there. --write
puts the table into RESULTS.md beside this script, between its two markers.

A preset's look is no damage to be undone: its sepia, fading and sway are in the reference too (the same seed makes the
same sway); blur, grain, noise, dirt and compression are not.
"""
import argparse
import json
import os
import pathlib
import sys
import tempfile

from called import run

HERE = pathlib.Path(__file__).resolve().parent
BEGIN, END = "<!-- clips_table.py begins -->", "<!-- clips_table.py ends -->"
CLEAN_FILM = ["blur=0", "shrink=1", "grain=0", "flicker=0", "dust=0", "scratches=0"]
CLEAN_TAPE = ["blur=0", "shrink=1", "noise=0", "chroma_blur=0", "chroma_shift=0", "line_jitter=0", "interlace=0"]
REFERENCES = {"film": CLEAN_FILM, "vhs": CLEAN_TAPE}  # of the others the clip itself
MODES = {"frame by frame": ["--match-grain", "off", "--temporal", "off"], "steady": ["--match-grain", "off"]}


def measure(program, clip, preset, frames, folder):
    """What `compare` says of both ways of restoring."""
    clean, bad, reference = folder / "clean.mkv", folder / "bad.mkv", folder / "clean.mkv"
    run("ffmpeg", "-v", "error", "-y", "-i", clip, "-frames:v", frames, "-an", "-c:v", "ffv1", "-pix_fmt", "yuv420p", clean)
    run(program, "degrade", clean, bad, "-y", "--preset", preset)
    if preset in REFERENCES:
        reference = folder / "reference.mkv"
        settings = [word for setting in REFERENCES[preset] for word in ("--set", setting)]
        run(program, "degrade", clean, reference, "-y", "--preset", preset, "-c:v", "ffv1", *settings)
    result = {}
    for mode, options in MODES.items():
        restored, figures = folder / "restored.mkv", folder / "figures.json"
        run(program, "restore", bad, restored, "-y", "-c:v", "ffv1", "--deinterlace", "off", "--progress", "none", *options)
        run(program, "compare", restored, "--reference", reference, "--input", bad, "--json", figures, "-y")
        result[mode] = json.loads(figures.read_text())
    return result


def change(figures, key, digits):
    before, after = figures["input"][key], figures["restored"][key]
    return "–" if before is None or after is None else f"{after - before:+.{digits}f}"


def share(figures, key):
    before, after = figures["input"][key], figures["restored"][key]
    return "–" if not before or after is None else f"{after / before:.2f}"


def row(name, preset, measured):
    frames, steady = measured["frame by frame"], measured["steady"]
    before = steady["input"]["face_psnr"]
    cells = [name, preset, f"{steady['frames_with_faces']}/{steady['frames']}", "–" if before is None else f"{before:.2f}"]
    for figures in (frames, steady):
        cells += [change(figures, "face_psnr", 2), change(figures, "face_ssim", 3), share(figures, "face_warping_error")]
    cells.append(change(steady, "psnr_luma", 2))
    return "| " + " | ".join(cells) + " |"


def table(figures):
    lines = ["| clip | preset | frames with a face | faces' PSNR before, dB | frame by frame: PSNR | SSIM | warping error, of the input's "
             "| steady: PSNR | SSIM | warping error, of the input's | whole picture, PSNR |", "|" + "---|" * 11]
    return "\n".join(lines + [row(*key.split("|"), measured) for key, measured in figures.items()])


def write_results(text):
    path = HERE / "RESULTS.md"
    before, rest = path.read_text().split(BEGIN)
    path.write_text(f"{before}{BEGIN}\n{text}\n{END}{rest.split(END)[1]}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--program", type=pathlib.Path, help="another reelface than the build's")
    parser.add_argument("--shared", type=pathlib.Path,
                        default=os.environ.get("REELFACE_SHARED", HERE / "../../../shared"))
    parser.add_argument("--clips", default="", help="parts of names, separated by commas; all clips otherwise")
    parser.add_argument("--presets", default="film,webcam,vhs,lowres")
    parser.add_argument("--frames", type=int, default=24)
    parser.add_argument("--figures", type=pathlib.Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    program = options.program or options.build / "src/app/reelface"
    wanted = options.clips.split(",")
    clips = [clip for clip in sorted((options.shared / "clips").glob("*.mp4")) if any(part in clip.name for part in wanted)]
    if not clips:
        print("skipped: no clips in", options.shared)
        return 77
    figures = json.loads(options.figures.read_text()) if options.figures and options.figures.exists() else {}
    for clip in clips:
        for preset in options.presets.split(","):
            key = f"{clip.stem}|{preset}"
            if key not in figures:
                with tempfile.TemporaryDirectory() as folder:
                    figures[key] = measure(program, clip, preset, options.frames, pathlib.Path(folder))
                if options.figures:
                    options.figures.write_text(json.dumps(figures))
            print(row(clip.stem, preset, figures[key]), flush=True)
    if options.write:
        write_results(table(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
