# SPDX-License-Identifier: Apache-2.0
"""Compares decoded pictures by way of the ffmpeg program."""

import re

from .media import MediaError, run_tool

# A palette cannot be rebuilt from its colours, and ffmpeg dithers when it goes back to five bits.
COARSE_FORMATS = {"pal8", "rgb555le", "rgb565le"}


def plain_format(pixel_format):
    """yuvj420p is yuv420p with the range said in the name."""
    return re.sub(r"^yuvj", "yuv", pixel_format)


def frame_hashes(media, pixel_format=None):
    """One MD5 per decoded frame of the main video stream, not rotated; converted first if a format is given."""
    convert = ["-pix_fmt", pixel_format, "-sws_flags", "accurate_rnd+full_chroma_int+full_chroma_inp+bitexact"]
    code, output, errors = run_tool(
        ["ffmpeg", "-nostdin", "-v", "error", "-threads", "1", "-noautorotate", *media.input_options, "-i",
         "file:" + media.path, "-map", f"0:{media.video['index']}", *(convert if pixel_format else []), "-fps_mode",
         "passthrough", "-f", "framehash", "-hash", "md5", "-"])
    if code != 0:
        raise MediaError(errors.strip())
    return hash_column(output)


def hash_column(listing):
    """The hashes of ffmpeg's framehash output; columns for side data may follow them."""
    return [line.split(b",")[5].strip().decode() for line in listing.splitlines() if not line.startswith(b"#")]


def same_samples(source, result):
    """Problems found when the result ought to hold the source's samples bit for bit."""
    source_format, result_format = (media.frames[0]["pix_fmt"] for media in (source, result))
    if plain_format(source_format) == plain_format(result_format):
        expected, got = frame_hashes(source), frame_hashes(result)
    elif source_format in COARSE_FORMATS:
        expected, got = frame_hashes(source, "bgra"), frame_hashes(result, "bgra")
    else:
        # Another arrangement of the same samples (nv12 for yuv420p) converts back without loss.
        expected, got = frame_hashes(source), frame_hashes(result, source_format)
    if len(expected) != len(got):
        return [f"{len(got)} frames to compare instead of {len(expected)}"]
    different = [number for number, (left, right) in enumerate(zip(expected, got)) if left != right]
    if different:
        return [f"samples differ in {len(different)} of {len(got)} frames, first in frame {different[0]} "
                f"({source_format} -> {result_format})"]
    return []


def similarity_db(source, result):
    """PSNR of the pictures as a viewer sees them, in decibels; None if they cannot be compared."""
    number = "settb=1/25,setpts=N"
    # When both are to be turned (the same way, which is checked elsewhere), they are compared as they are stored.
    turn = ["-noautorotate"] if source.display_matrix() and result.display_matrix() else []
    code, _, errors = run_tool(
        ["ffmpeg", "-nostdin", "-v", "info", "-threads", "1", *turn, *source.input_options, "-i", "file:" + source.path,
         "-threads", "1", *turn, "-i", "file:" + result.path, "-lavfi",
         f"[0:{source.video['index']}]{number}[a];[1:{result.video['index']}]{number}[b];[a][b]psnr", "-f", "null", "-"])
    match = re.search(r"PSNR .*average:(\S+)", errors)
    if code != 0 or not match:
        return None
    return float(match[1])
