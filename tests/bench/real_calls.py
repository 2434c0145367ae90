#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What --for call does to real people who talk, encoded as a call: 360 lines, x264 veryfast at 200 kbit/s.

    real_calls.py REELFACE [--frames N] [--kbits N] [--words "--light off"] [--keep FOLDER]

For each talking clip of ../shared, beside the clip as it was before it was encoded, before and after: PSNR of luma and SSIM of the whole picture,
warping error, and how far faces are from themselves.
"""
import argparse
import json
import os
import tempfile
from pathlib import Path

from called import run

SHARED = Path(os.environ.get("REELFACE_SHARED", Path(__file__).resolve().parents[3] / "shared"))
CLIPS = ("talk_512_25fps_audio", "talk_512_30fps_audio", "half_body_720p_audio")
MEASURES = {"psnr_luma": "PSNR", "psnr_rgb": "of RGB", "ssim": "SSIM", "warping_error": "warping error", "face_identity": "identity"}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--frames", type=int, default=40)
    parser.add_argument("--kbits", type=int, default=200)
    parser.add_argument("--words", default="", help="more options for restore")
    parser.add_argument("--keep", metavar="FOLDER")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="reelface_real_calls_") as temporary:
        folder = Path(arguments.keep or temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for clip in CLIPS:
            clean, call, restored, told = (folder / f"{clip}.{ending}" for ending in ("clean.mkv", "call.mkv", "restored.mkv", "json"))
            run("ffmpeg", "-y", "-v", "error", "-i", SHARED / "clips" / f"{clip}.mp4", "-an", "-frames:v", arguments.frames, "-vf",
                "scale=-2:360:flags=area", "-c:v", "ffv1", "-pix_fmt", "yuv420p", clean)
            run("ffmpeg", "-y", "-v", "error", "-i", clean, "-c:v", "libx264", "-preset", "veryfast", "-b:v", f"{arguments.kbits}k", call)
            run(arguments.program, "restore", call, restored, "--for", "call", "-c:v", "ffv1", "-y", "--progress", "none", *arguments.words.split())
            run(arguments.program, "compare", restored, "--reference", clean, "--input", call, "--json", told, "-y")
            figures = json.loads(told.read_text(encoding="utf-8"))
            print(f"{clip:24}" + "".join(f"  {name} {figures['input'][key]:.4g} -> {figures['restored'][key]:.4g}" for key, name in MEASURES.items()),
                  flush=True)


if __name__ == "__main__":
    main()
