# SPDX-License-Identifier: Apache-2.0
"""Pixel formats and codecs, pictures included."""

from .builder import X264, Case

SOURCE = "testsrc2=s=64x48:r=25:d=0.2"


def h264_formats(b):
    # libav decodes monochrome H.264 to 4:2:0 with flat chroma; that is then the frame's own format.
    for name in ["yuv420p", "yuv422p", "yuv444p", "yuv420p10le", "yuv422p10le", "yuv444p10le", "gray", "gray10le"]:
        b.lavfi(f"h264_{name}.mkv", SOURCE, *X264, "-pix_fmt", name)
        traits = ["quick"] if name in ("yuv422p10le", "yuv444p") else []
        yield Case(f"h264_{name}", f"h264_{name}.mkv", f"H.264 {name}", traits=traits)
    b.lavfi("h264_gbrp.mkv", SOURCE, "-c:v", "libx264rgb", "-preset", "ultrafast", "-pix_fmt", "rgb24")
    yield Case("h264_gbrp", "h264_gbrp.mkv", "H.264 that stores RGB")


def hevc_formats(b):
    for name in ["yuv420p12le", "yuv422p12le", "gbrp10le", "yuv444p12le"]:
        b.lavfi(f"hevc_{name}.mkv", SOURCE, "-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", name,
                "-x265-params", "log-level=none:pools=none:frame-threads=1")
        yield Case(f"hevc_{name}", f"hevc_{name}.mkv", f"HEVC {name}")


def ffv1_formats(b):
    for name in ["yuva420p", "yuva444p10le", "bgra", "gbrap10le", "gbrp16le", "rgb48le", "rgba64le", "gray", "gray16le",
                 "yuv411p", "yuv410p", "yuv440p", "yuv420p16le", "ya8"]:
        b.lavfi(f"ffv1_{name}.mkv", SOURCE, "-c:v", "ffv1", "-strict", "-2", "-pix_fmt", name)
        traits = ["quick"] if name in ("yuva420p", "gray16le") else []
        yield Case(f"ffv1_{name}", f"ffv1_{name}.mkv", f"FFV1 {name}", traits=traits)


def raw_formats(b):
    """Formats that are not planar, or that only an uncompressed file has."""
    for name, container in {"uyvy422": "mov", "yuyv422": "avi", "nv12": "nut", "rgb24": "nut", "rgb555le": "avi",
                            "pal8": "avi", "yuv420p10be": "nut", "yuv420p": "y4m"}.items():
        encoder = [] if container == "y4m" else ["-c:v", "rawvideo"]
        b.lavfi(f"raw_{name}.{container}", SOURCE, *encoder, "-pix_fmt", name)
        traits = ["palette"] if name == "pal8" else []
        yield Case(f"raw_{name}", f"raw_{name}.{container}", f"uncompressed {name}", traits=traits)
    b.lavfi("v210.mov", SOURCE, "-c:v", "v210")
    yield Case("v210", "v210.mov", "uncompressed 4:2:2, 10 bits packed")
    b.lavfi("r210.mov", SOURCE, "-c:v", "r210")
    yield Case("r210", "r210.mov", "uncompressed RGB, 10 bits packed")


def codecs(b):
    small = "testsrc2=s=160x120:r=25:d=0.4"
    vp9 = ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8"]
    tone = ["-f", "lavfi", "-i", "sine=d=0.4:r=48000"]
    b.encode("opus.webm", "-f", "lavfi", "-i", small, *tone, *vp9, "-pix_fmt", "yuv420p", "-c:a", "libopus")
    yield Case("vp9_opus", "opus.webm", "WebM: VP9 and Opus")
    b.lavfi("alpha.webm", small, *vp9, "-pix_fmt", "yuva420p")
    yield Case("vp9_alpha", "alpha.webm", "VP9 with alpha", traits=["alpha_lost_by_ffprobe"],
               caveats=["libav's own VP9 decoder does not see the alpha, libvpx's does"])
    b.encode("vp8.webm", "-f", "lavfi", "-i", small, *tone, "-c:v", "libvpx", "-deadline", "realtime", "-c:a",
             "libvorbis")
    yield Case("vp8_vorbis", "vp8.webm", "WebM: VP8 and Vorbis")
    b.lavfi("av1.mkv", SOURCE, "-c:v", "libaom-av1", "-cpu-used", "8", "-usage", "realtime")
    yield Case("av1", "av1.mkv", "AV1")
    b.encode("mpeg4.avi", "-f", "lavfi", "-i", small, *tone, "-c:v", "mpeg4", "-c:a", "libmp3lame")
    yield Case("mpeg4_mp3_avi", "mpeg4.avi", "MPEG-4 part 2 and MP3 in AVI")
    b.encode("vob.mpg", "-f", "lavfi", "-i", small, *tone, "-c:v", "mpeg2video", "-c:a", "mp2", "-f", "vob")
    yield Case("mpeg_ps", "vob.mpg", "MPEG-2 program stream with MP2, as on a DVD")
    b.encode("wm.asf", "-f", "lavfi", "-i", small, *tone, "-c:v", "msmpeg4", "-c:a", "wmav2")
    yield Case("asf", "wm.asf", "ASF: MS-MPEG-4 and WMA")
    b.encode("flash.flv", "-f", "lavfi", "-i", small, *tone, "-c:v", "flv", "-c:a", "libmp3lame")
    yield Case("flv", "flash.flv", "Flash video")
    b.encode("theora.ogv", "-f", "lavfi", "-i", small, *tone, "-c:v", "libtheora", "-c:a", "libvorbis")
    yield Case("theora_ogg", "theora.ogv", "Ogg: Theora and Vorbis")
    b.encode("phone.3gp", "-f", "lavfi", "-i", "testsrc2=s=176x144:r=15:d=0.4", "-c:v", "h263")
    yield Case("h263_3gp", "phone.3gp", "H.263 from an old phone")
    b.lavfi("prores.mov", small, "-c:v", "prores_ks", "-profile:v", "3")
    yield Case("prores_hq", "prores.mov", "ProRes 422 HQ, 10 bits")
    b.lavfi("prores4444.mov", small, "-c:v", "prores_ks", "-profile:v", "4", "-pix_fmt", "yuva444p10le")
    yield Case("prores_4444", "prores4444.mov", "ProRes 4444 with alpha")
    b.lavfi("dnx.mov", "testsrc2=s=1280x720:r=25:d=0.08", "-c:v", "dnxhd", "-profile:v", "dnxhr_sq", "-pix_fmt",
            "yuv422p")
    yield Case("dnxhr", "dnx.mov", "DNxHR")
    b.lavfi("animation.mov", SOURCE, "-c:v", "qtrle", "-pix_fmt", "argb")
    yield Case("qtrle_argb", "animation.mov", "QuickTime animation with alpha")
    b.lavfi("picture.gif", SOURCE)
    yield Case("gif", "picture.gif", "animated GIF")


def pictures(b):
    for name, extension, what, arguments in [
            ("png_rgb", "png", "PNG", ["-pix_fmt", "rgb24"]),
            ("png_rgba", "png", "PNG with alpha", ["-pix_fmt", "rgba"]),
            ("png_gray16", "png", "PNG, grey, 16 bits", ["-pix_fmt", "gray16be"]),
            ("png_rgb48", "png", "PNG, 16 bits", ["-pix_fmt", "rgb48be"]),
            ("png_mono", "png", "PNG with one bit", ["-pix_fmt", "monob"]),
            ("jpeg", "jpg", "JPEG", ["-pix_fmt", "yuvj420p"]),
            ("jpeg_444", "jpg", "JPEG with full chroma", ["-pix_fmt", "yuvj444p"]),
            ("tiff", "tiff", "TIFF", ["-pix_fmt", "rgb24"]),
            ("bmp", "bmp", "BMP", [])]:
        b.lavfi(f"{name}.{extension}", "testsrc2=s=64x48:d=0.04", *arguments, "-frames:v", "1")
        yield Case(name, f"{name}.{extension}", what, traits=["image"] + (["quick"] if name == "png_rgb" else []),
                   outputs=["png"] if extension == "png" else [])
    b.lavfi("sequence_%03d.png", SOURCE, "-start_number", "7", "-pix_fmt", "rgb24")
    yield Case("numbered_pictures", "sequence_%03d.png", "numbered pictures that start at 7",
               traits=["sequence", "quick"], reference=["-framerate", "25", "-start_number", "7"])
    (b.folder / "pictures").mkdir(exist_ok=True)
    b.lavfi("pictures/shot_%04d.png", SOURCE, "-pix_fmt", "rgb24")
    yield Case("folder_of_pictures", "pictures", "a folder of pictures", traits=["sequence"],
               reference=["-framerate", "25", "PATH=pictures/shot_%04d.png"])


RECIPES = [h264_formats, hevc_formats, ffv1_formats, raw_formats, codecs, pictures]
