# SPDX-License-Identifier: Apache-2.0
"""Damaged, hostile and useless inputs."""

import random
import struct
import zlib

from .builder import DAMAGED, REFUSED, X264, Case


def truncated(b):
    base = b.shared("base.mp4")
    b.copy("whole_faststart.mp4", base, "-movflags", "+faststart")
    b.copy("whole_fragments.mp4", base, "-movflags", "+frag_keyframe+empty_moov+delay_moov")
    b.copy("whole.avi", base)
    for name, output, source in [
            ("truncated_faststart", "cut_faststart.mp4", "whole_faststart.mp4"),
            ("truncated_fragments", "cut_fragments.mp4", "whole_fragments.mp4"),
            ("truncated_mkv", "cut.mkv", b.shared("base.mkv")),
            ("truncated_ts", "cut.ts", b.shared("base.ts")),
            ("truncated_avi", "cut.avi", "whole.avi")]:
        b.truncate(output, source, 0.6)
        traits = (["adts"] if output.endswith(".ts") else []) + (["no_stamps"] if output.endswith(".avi") else [])
        traits += ["quick"] if name == "truncated_mkv" else []
        yield Case(name, output, f"{source} without its last 40 %", expect=DAMAGED, traits=traits)
    b.truncate("cut_moov_last.mp4", base, 0.6)
    yield Case("truncated_moov_last", "cut_moov_last.mp4", "MP4 that lost its index", expect=REFUSED,
               traits=["quick"])


def flipped(b):
    for extension in ("mp4", "mkv", "ts"):
        output = f"flipped.{extension}"
        b.flip_bytes(output, b.shared(f"base.{extension}"), seed=4, first_fraction=0.05 if extension == "mp4" else 0.2)
        yield Case(f"flipped_{extension}", output, "40 damaged bytes", expect=DAMAGED,
                   traits=["adts"] if extension == "ts" else [])
    b.copy("noise.mkv", b.shared("base.mp4"), "-bsf:v", "noise=amount=20")
    yield Case("noise", "noise.mkv", "noise in every packet", expect=DAMAGED, traits=["quick"])
    data = bytearray(b.read(b.shared("base.mkv")))
    data[len(data) // 2:len(data) // 2 + 20000] = bytes(20000)
    b.write("hole.mkv", bytes(data))
    yield Case("hole_mkv", "hole.mkv", "20 kB of zeros in the middle, as a bad disk leaves them", expect=DAMAGED)
    data = b.read(b.shared("base.ts"))
    generator = random.Random(5)
    packets = [data[at:at + 188] for at in range(0, len(data), 188)]
    b.write("lost.ts", b"".join(p for i, p in enumerate(packets) if i < 20 or generator.random() > 0.01))
    yield Case("lost_packets_ts", "lost.ts", "a broadcast with lost packets", expect=DAMAGED, traits=["adts"])


def useless(b):
    b.write("zero.mp4", b"")
    yield Case("zero_bytes", "zero.mp4", "an empty file", expect=REFUSED, traits=["quick"])
    b.write("random.mp4", random.Random(6).randbytes(20000))
    yield Case("random_bytes", "random.mp4", "20 kB of noise", expect=REFUSED)
    b.write_text("page.mp4", "<!DOCTYPE html><html><body>404 not found</body></html>\n" * 40)
    yield Case("web_page", "page.mp4", "an error page saved as a film", expect=REFUSED)
    b.lavfi("empty.mkv", "testsrc2=s=64x48:d=1", "-t", "0", *X264)
    yield Case("no_frames", "empty.mkv", "headers without a single frame", expect=REFUSED, traits=["quick"])
    b.encode("sound.m4a", "-f", "lavfi", "-i", "sine=d=1", "-c:a", "aac")
    yield Case("audio_only", "sound.m4a", "no picture at all", expect=REFUSED, traits=["quick"])
    b.encode("song.mp3", "-f", "lavfi", "-i", "sine=d=1", "-i", b.shared("ingredient.png"), "-map", "0", "-map", "1",
             "-c:a", "libmp3lame", "-c:v", "copy", "-disposition:v", "attached_pic")
    yield Case("song_with_cover", "song.mp3", "music with cover art: the cover is not a film", expect=REFUSED)


def hostile(b):
    b.shared("base.mp4")
    b.write_text("list.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nbase.ts\n#EXT-X-ENDLIST\n")
    yield Case("playlist", "list.m3u8", "a playlist may name any file or address", expect=REFUSED)
    b.write_text("playlist.mp4", "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nbase.ts\n#EXT-X-ENDLIST\n")
    yield Case("playlist_in_disguise", "playlist.mp4", "the same, called .mp4", expect=REFUSED, traits=["quick"])
    b.write_text("list.ffconcat", "ffconcat version 1.0\nfile base.mp4\n")
    yield Case("concat_list", "list.ffconcat", "libav's own list format", expect=REFUSED)

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    header = struct.pack(">IIBBBBB", 65500, 65500, 8, 2, 0, 0, 0)
    b.write("bomb.png", b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000)))
            + chunk(b"IEND", b""))
    yield Case("picture_bomb", "bomb.png", "200 bytes that claim 65500x65500 pixels", expect=REFUSED)


RECIPES = [truncated, flipped, useless, hostile]
