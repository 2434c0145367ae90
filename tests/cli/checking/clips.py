# SPDX-License-Identifier: Apache-2.0
"""Clips for the tests that need one film rather than a corpus."""

import subprocess


def make_clip(path, frames=100, size="320x240", rate=25, sound=True, source="testsrc2", preset="ultrafast",
              filters="null"):
    """H.264 with B-frames and, usually, AAC. The name decides the container."""
    seconds = frames / rate
    command = ["ffmpeg", "-nostdin", "-y", "-v", "error", "-f", "lavfi", "-i", f"{source}=s={size}:r={rate},{filters}"]
    if sound:
        command += ["-f", "lavfi", "-i", f"sine=f=440:r=48000:d={seconds}", "-c:a", "aac"]
    command += ["-frames:v", str(frames), "-c:v", "libx264", "-preset", preset, "-bf", "2", "-pix_fmt", "yuv420p",
                "-threads", "2", "-bitexact", str(path)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, timeout=120)
    return path
