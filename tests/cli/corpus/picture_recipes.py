# SPDX-License-Identifier: Apache-2.0
"""Picture geometry: rotation, pixel aspect, interlacing, sizes; and colour."""

import struct

from .builder import X264, Case


def _patched_matrix(b, output, a, c_b, c, d):
    """Copies base.mp4 with the 2x2 part of the video track header's matrix replaced (16.16 fixed point)."""
    data = bytearray(b.read(b.shared("base.mp4")))
    at = data.index(b"tkhd") + 4 + 40  # version, flags and 36 bytes of times, ids and duration come first
    identity = struct.pack(">9i", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)
    assert data[at:at + 36] == identity
    data[at:at + 36] = struct.pack(">9i", a << 16, c_b << 16, 0, c << 16, d << 16, 0, 0, 0, 1 << 30)
    b.write(output, bytes(data))


def rotations(b):
    for degrees, matrix in {90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}.items():
        _patched_matrix(b, f"rotate_{degrees}.mp4", *matrix)
        traits = ["rotated"] + (["quick"] if degrees == 90 else [])
        yield Case(f"rotate_{degrees}", f"rotate_{degrees}.mp4", f"to be shown turned by {degrees} degrees",
                   traits=traits)
    for name, matrix in {"mirror": (-1, 0, 0, 1), "upside_down": (1, 0, 0, -1), "transpose": (0, 1, 1, 0),
                         "transverse": (0, -1, -1, 0)}.items():
        _patched_matrix(b, f"{name}.mp4", *matrix)
        yield Case(f"flip_{name}", f"{name}.mp4", f"to be shown flipped ({name})", traits=["rotated"])


def pixel_aspect(b):
    b.lavfi("sar.mp4", "testsrc2=s=720x576:r=25:d=0.4,setsar=64/45", *X264)
    yield Case("sar_pal_wide", "sar.mp4", "PAL wide screen: pixels are 64/45", traits=["quick"])
    b.lavfi("sar.mkv", "testsrc2=s=352x480:r=25:d=0.2,setsar=20/11", "-c:v", "ffv1")
    yield Case("sar_mkv", "sar.mkv", "half D1: pixels are 20/11")


def interlaced(b):
    tff, bff = (f"testsrc2=s=720x576:r=50:d=1,interlace=scan={order}" for order in ("tff", "bff"))
    b.lavfi("tff.mp4", tff, *X264, "-flags", "+ilme+ildct", "-x264-params", "tff=1", "-vf", "setfield=tff")
    yield Case("interlaced_tff", "tff.mp4", "interlaced H.264, top field first", traits=["interlaced", "quick"])
    b.lavfi("bff.ts", bff, "-c:v", "mpeg2video", "-b:v", "4M", "-flags", "+ilme+ildct", "-vf", "setfield=bff")
    yield Case("interlaced_bff", "bff.ts", "interlaced MPEG-2 in TS, bottom field first", traits=["interlaced"])
    b.lavfi("telecine.mkv", "testsrc2=s=352x288:r=24:d=1,telecine=pattern=23", "-c:v", "mpeg2video", "-b:v", "4M",
            "-flags", "+ilme+ildct")
    yield Case("telecine", "telecine.mkv", "film at 24 frames with pulldown", traits=["interlaced"])
    b.lavfi("dv.avi", "testsrc2=s=720x576:r=25:d=0.2", "-c:v", "dvvideo", "-pix_fmt", "yuv420p")
    yield Case("dv_pal", "dv.avi", "DV tape, interlaced by definition", traits=["interlaced"])


def sizes(b):
    b.lavfi("odd.mkv", "color=red:s=322x242:d=0.2,format=gbrp,crop=161:121:0:0", "-c:v", "ffv1", "-pix_fmt", "yuv420p")
    yield Case("odd_size", "odd.mkv", "161x121 with shared chroma", traits=["odd_size", "quick"])
    b.lavfi("odd.webm", "testsrc2=s=322x242:d=0.2,format=gbrp,crop=161:121:8:8", "-c:v", "libvpx-vp9", "-deadline",
            "realtime", "-cpu-used", "8", "-pix_fmt", "yuv420p")
    yield Case("odd_size_vp9", "odd.webm", "161x121 VP9", traits=["odd_size"])
    b.lavfi("odd444.mp4", "testsrc2=s=322x242:d=0.2,format=gbrp,crop=161:121:8:8", *X264, "-pix_fmt", "yuv444p")
    yield Case("odd_size_444", "odd444.mp4", "161x121 with full chroma: every encoder can do it")
    b.lavfi("tiny.mkv", "testsrc2=s=32x32:d=0.2,format=gbrp,crop=2:2:8:8", "-c:v", "ffv1", "-pix_fmt", "yuv420p")
    yield Case("two_by_two", "tiny.mkv", "2x2 pixels")
    b.lavfi("ribbon.mkv", "testsrc2=s=4096x64:d=0.08", "-c:v", "ffv1", "-pix_fmt", "yuv420p")
    yield Case("ribbon", "ribbon.mkv", "4096x64")
    b.lavfi("cropped.mp4", "testsrc2=s=320x180:r=25:d=0.4", *X264)
    yield Case("cropped_macroblocks", "cropped.mp4", "180 rows are stored as 192 and cropped")


def _tags(space, primaries, transfer, picture_range="tv"):
    return ["-colorspace", space, "-color_primaries", primaries, "-color_trc", transfer, "-color_range", picture_range]


def colour(b):
    source = "testsrc2=s=160x120:r=25:d=0.4"
    master = ("master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1):max-cll=1000,400")
    x265 = ["-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le", "-tag:v", "hvc1"]
    b.lavfi("hdr10.mp4", source, *x265, "-x265-params", "log-level=none:pools=none:frame-threads=1:hdr10=1:"
            f"repeat-headers=1:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:{master}")
    yield Case("hdr10", "hdr10.mp4", "HDR10 with mastering display and light level", traits=["hdr", "quick"])
    b.copy("hdr10.mkv", "hdr10.mp4")
    yield Case("hdr10_mkv", "hdr10.mkv", "the same in Matroska", traits=["hdr"])
    b.lavfi("hlg.mp4", source, *x265, "-x265-params", "log-level=none:pools=none:frame-threads=1:repeat-headers=1:"
            "colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc")
    yield Case("hlg", "hlg.mp4", "HLG, 10 bits, BT.2020")
    b.lavfi("full709.mp4", source, "-vf", "scale=out_range=full:out_color_matrix=bt709", *X264,
            *_tags("bt709", "bt709", "bt709", "pc"))
    yield Case("full_range", "full709.mp4", "BT.709 in full range", traits=["quick"])
    b.lavfi("pal601.mp4", source, *X264, *_tags("bt470bg", "bt470bg", "gamma28"))
    yield Case("bt601_pal", "pal601.mp4", "BT.601 as PAL has it")
    b.lavfi("ntsc601.mkv", source, *X264, *_tags("smpte170m", "smpte170m", "smpte170m"))
    yield Case("bt601_ntsc", "ntsc601.mkv", "BT.601 as NTSC has it")
    b.lavfi("untagged.mkv", source, "-c:v", "ffv1", "-pix_fmt", "yuv420p")
    yield Case("untagged", "untagged.mkv", "no colour tags: none may appear")
    b.lavfi("motion.avi", source, "-c:v", "mjpeg", "-pix_fmt", "yuvj420p")
    yield Case("mjpeg_full_range", "motion.avi", "motion JPEG: full range, chroma in the centre")
    b.lavfi("topleft.mp4", source, *X264, "-x264-params", "chromaloc=2:threads=1")
    yield Case("chroma_top_left", "topleft.mp4", "chroma samples top left, as BT.2020 discs have it")


RECIPES = [rotations, pixel_aspect, interlaced, sizes, colour]
