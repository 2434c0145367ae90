# SPDX-License-Identifier: Apache-2.0
"""Programs that benches call and films that they read. A bench ends with what the program said when a program fails."""
import subprocess
import sys

import numpy


def completed(*words, data=None):
    words = [str(word) for word in words]
    given = {"input": data} if data is not None else {"stdin": subprocess.DEVNULL}
    done = subprocess.run(words, capture_output=True, check=False, **given)
    if done.returncode:
        sys.exit(f"{' '.join(words)}\nended with {done.returncode}:\n{done.stderr.decode(errors='replace')[-2000:]}")
    return done


def run(*words, data=None):
    """What the program writes."""
    return completed(*words, data=data).stdout


def luma_of(path, size):
    """The brightness of each frame of a film of this width and height."""
    raw = run("ffmpeg", "-v", "error", "-i", path, "-vf", "extractplanes=y", "-f", "rawvideo", "-pix_fmt", "gray", "-fps_mode", "passthrough", "-")
    return numpy.frombuffer(raw, numpy.uint8).reshape(-1, size[1], size[0])


def psnr_of(squares):
    """Of squared differences of 8-bit samples."""
    error = numpy.mean(squares)
    return 99.0 if error == 0 else 10 * numpy.log10(255 ** 2 / error)
