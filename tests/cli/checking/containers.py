# SPDX-License-Identifier: Apache-2.0
"""What each output container can hold, written down from libav's documentation and trials, not from the product."""

import functools
import re

from .media import run_tool

YES, NO = "yes", "no"
CONVERT = "convert"  # only in another form: the product may convert and say so, or refuse
MAYBE = "maybe"  # some players, some libav versions: both answers are right

TEXT_SUBTITLES = {"subrip", "srt", "ass", "ssa", "webvtt", "mov_text", "text"}

MP4_AUDIO = {"aac", "ac3", "eac3", "mp3", "mp2", "alac", "opus", "dts"}  # FLAC counts as experimental
MOV_AUDIO = {"aac", "ac3", "eac3", "mp3", "mp2", "alac"}
COVER_CODECS = {"png", "mjpeg", "bmp"}


def holds(container, stream):
    """Can `container` (mkv, mp4, mov) hold this copied stream of a source?"""
    kind, codec = stream["codec_type"], stream.get("codec_name", "")
    if kind == "attachment":
        return YES if container == "mkv" else NO
    if kind == "data":
        # Only time codes are in the corpus; the time code itself must survive as a tag.
        return CONVERT
    if stream["disposition"].get("attached_pic"):
        return YES if container == "mkv" or (container == "mp4" and codec in COVER_CODECS) else MAYBE
    if kind == "video":
        return YES if codec == "h264" or container == "mkv" else MAYBE
    if kind == "subtitle":
        return _holds_subtitle(container, codec)
    return _holds_audio(container, codec)


def _holds_subtitle(container, codec):
    if container == "mkv":
        return CONVERT if codec == "mov_text" else YES
    if codec == "mov_text":
        return YES
    return CONVERT if codec in TEXT_SUBTITLES else NO


def _holds_audio(container, codec):
    if container == "mkv":
        return YES
    if container == "mov":
        if codec.startswith("pcm_"):
            return YES
        return YES if codec in MOV_AUDIO else NO if codec in ("flac", "opus") else MAYBE
    return YES if codec in MP4_AUDIO else NO if codec.startswith("pcm_") else MAYBE


def verdict(container, streams):
    """The strictest answer over all copied streams."""
    answers = [holds(container, stream) for stream in streams]
    for answer in (NO, MAYBE, CONVERT):
        if answer in answers:
            return answer
    return YES


@functools.lru_cache(maxsize=None)
def encoder_formats(encoder):
    _, output, _ = run_tool(["ffmpeg", "-hide_banner", "-h", f"encoder={encoder}"])
    match = re.search(rb"Supported pixel formats: (.*)", output)
    return set(match[1].decode().split()) if match else set()


def encoder_takes(encoder, pixel_format):
    """Whether the encoder keeps this pixel format as it is."""
    return pixel_format in encoder_formats(encoder)
