# SPDX-License-Identifier: Apache-2.0
"""The picture's form: colour, pixel aspect, field order, rotation, HDR."""

from .containers import encoder_takes
from .pixels import plain_format, same_samples, similarity_db

COLOUR_KEYS = ("color_range", "color_space", "color_primaries", "color_transfer")
# What libav's decoder makes of formats that the encoder does take.
DECODED_AS = {"nv12": "yuv420p", "gray": "yuv420p", "gray10le": "yuv420p10le"}
LEAST_SIMILARITY_DB = 24  # an x264 at ordinary quality is far above, a mirrored or shifted picture far below


def is_rgb(pixel_format):
    return any(part in pixel_format for part in ("rgb", "bgr", "gbr", "pal8", "0rgb"))


def colour(source, result):
    old, new = source.frames[0], result.frames[0]
    if is_rgb(old["pix_fmt"]) != is_rgb(new["pix_fmt"]):
        return []  # another family of colours needs other tags
    problems = []
    for key in COLOUR_KEYS:
        expected, got = old.get(key, "unknown"), new.get(key, "unknown")
        if expected == got:
            continue
        if is_rgb(old["pix_fmt"]) and key in ("color_space", "color_range") and {expected, got} <= {"unknown", "gbr",
                                                                                                    "pc"}:
            continue  # RGB has one matrix and one range, said or unsaid
        if key == "color_range" and {expected, got} == {"unknown", "tv"} and is_untagged(old):
            continue  # neither H.264 nor MP4 can say "limited" and nothing else
        problems.append(f"{key} is {got} instead of {expected}")
    return problems + chroma_location(old, new, result.video["codec_name"])


def is_untagged(frame):
    return all(frame.get(key, "unknown") == "unknown" for key in COLOUR_KEYS[1:])


def chroma_location(old, new, result_codec):
    expected, got = old.get("chroma_location", "unspecified"), new.get("chroma_location", "unspecified")
    if expected == got or is_rgb(old["pix_fmt"]) or "444" in old["pix_fmt"] or "gray" in old["pix_fmt"]:
        return []
    if expected == "unspecified" and got == "left" and result_codec == "h264":
        return []  # what a decoder reports when an H.264 stream says nothing
    return [f"chroma_location is {got} instead of {expected}"]


def pixel_aspect(source, result):
    expected, got = (media.frames[0].get("sample_aspect_ratio", "1:1").replace("0:1", "1:1")
                     for media in (source, result))
    return [] if expected == got else [f"pixel aspect is {got} instead of {expected}"]


def size(source, result):
    if shows_rotated_pixels(source, result):
        return []
    old, new = source.frames[0], result.frames[0]
    expected, got = ((frame["width"], frame["height"]) for frame in (old, new))
    problems = [] if expected == got else [f"size is {got} instead of {expected}"]
    others = {(frame["width"], frame["height"]) for frame in result.frames} - {got}
    return problems + ([f"the output changes its size: {sorted(others)}"] if others else [])


def pixel_format(case, source, result, encoder, told):
    """`told`: everything the product said to people, where a change of format has to appear."""
    expected, got = (plain_format(media.frames[0]["pix_fmt"]) for media in (source, result))
    if expected == got or {expected: got}.items() <= DECODED_AS.items():
        return []
    if case.has("alpha_lost_by_ffprobe") and got == "yuva420p":
        return []
    if encoder_takes(encoder, expected):
        return [f"pixel format is {got} instead of {expected}"]
    if not any(name in told for name in (got, *(name for name, seen in DECODED_AS.items() if seen == got))):
        return [f"pixel format silently became {got} instead of {expected}"]
    return []


def fields(source, result, encoder):
    old, new = ([(frame["interlaced_frame"], frame["top_field_first"] if frame["interlaced_frame"] else 0)
                 for frame in media.frames] for media in (source, result))
    if encoder == "libx264":
        # x264 codes a whole stream one way; the larger part decides.
        old, new = ([max(set(flags), key=flags.count)] for flags in (old, new))
    if old == new or len(old) != len(new):
        return []  # a wrong count is told by frame_count
    wrong = next(number for number, pair in enumerate(zip(old, new)) if pair[0] != pair[1])
    return [f"field order (interlaced, top first) is {new[wrong:wrong + 1]} instead of {old[wrong:wrong + 1]} from "
            f"frame {wrong}"]


def turn(matrix):
    """The part of a display matrix that turns and flips."""
    return None if matrix is None else (matrix[0], matrix[1], matrix[3], matrix[4])


def shows_rotated_pixels(source, result):
    return source.display_matrix() is not None and result.display_matrix() is None


def rotation(source, result):
    """Either the matrix is kept, or the pixels were turned and there is none; never both."""
    expected, got = turn(source.display_matrix()), turn(result.display_matrix())
    identity = (1 << 16, 0, 0, 1 << 16)
    if (expected or identity) == (got or identity) or got is None:
        return []  # turned pixels are judged by likeness()
    return [f"display matrix is {got} instead of {expected}"]


def hdr(source, result):
    expected, got = source.hdr_side_data(), result.hdr_side_data()
    return [f"{kind}: {got.get(kind, 'lost')} instead of {value}" for kind, value in expected.items()
            if got.get(kind) != value]


def likeness(case, source, result, encoder):
    """Bit for bit where nothing is lost, else that it is the same picture at all."""
    if case.expect == "damaged" or case.has("size_change"):
        return []  # concealed and rescaled pictures have no single right answer
    if encoder != "libx264" and not shows_rotated_pixels(source, result):
        return same_samples(source, result)
    decibels = similarity_db(source, result)
    if decibels is None:
        return ["the pictures cannot be compared: another size?"]
    return [] if decibels >= LEAST_SIMILARITY_DB else [f"another picture: {decibels:.1f} dB"]
