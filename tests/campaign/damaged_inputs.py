#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Films and pictures that were cut, overwritten, shuffled or made up, one after the other.

    damaged_inputs.py PROGRAM [--count 300] [--seed 1] [--seconds 20] [--only NAME] [--keep FOLDER] [--json FILE]

A small sound file of every kind is made, then damaged in every way; what is drawn follows from the seed. PROGRAM should have been built with
sanitizers. Each run has to end by itself in time, with an exit code of ours and no sanitizer's word, and it has to say what is wrong: a film
that comes out with other frames than the sound one has, and without a word, was lost silently.
"""
import argparse
import json
import os
import random
import re
import struct
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

SOUND = ["-f", "lavfi", "-i", "sine=d=0.8"]
KINDS = {
    "h264_aac.mp4": ["-c:v", "libx264", "-bf", "2", "-c:a", "aac"],
    "fragments.mp4": ["-c:v", "libx264", "-c:a", "aac", "-movflags", "frag_keyframe+empty_moov", "-g", "5"],
    "hevc.mov": ["-c:v", "libx265", "-x265-params", "log-level=error", "-c:a", "aac"],
    "prores.mov": ["-c:v", "prores_ks", "-c:a", "pcm_s16le"],
    "h264.mkv": ["-c:v", "libx264", "-bf", "2", "-c:a", "flac"],
    "ffv1.mkv": ["-c:v", "ffv1", "-c:a", "flac"],
    "vp9.webm": ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus"],
    "vp8.webm": ["-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libvorbis"],
    "mpeg4.avi": ["-c:v", "mpeg4", "-bf", "2", "-c:a", "libmp3lame"],
    "mjpeg.avi": ["-c:v", "mjpeg", "-c:a", "pcm_s16le"],
    "h264.ts": ["-c:v", "libx264", "-c:a", "aac"],
    "mpeg2.ts": ["-c:v", "mpeg2video", "-bf", "2", "-c:a", "mp2"],
    "mpeg2.mpg": ["-c:v", "mpeg2video", "-c:a", "mp2"],
    "flv1.flv": ["-c:v", "flv1", "-ar", "44100", "-c:a", "libmp3lame"],
    "theora.ogg": ["-c:v", "libtheora", "-c:a", "libvorbis"],
    "mpeg2.mxf": ["-c:v", "mpeg2video", "-c:a", "pcm_s16le"],
    "wmv2.asf": ["-c:v", "wmv2", "-c:a", "wmav2"],
    "dv.dv": ["-s", "720x576", "-pix_fmt", "yuv420p", "-c:v", "dvvideo", "-ar", "48000", "-ac", "2"],
    "raw.h264": ["-an", "-c:v", "libx264", "-bf", "2"],
    "mpeg4.nut": ["-c:v", "mpeg4", "-c:a", "mp2"],
    "film.gif": ["-an"],
    "film.apng": ["-an", "-plays", "0"],
    "still.png": ["-an", "-frames:v", "1"],
    "still.jpg": ["-an", "-frames:v", "1"],
    "still.tif": ["-an", "-frames:v", "1"],
    "still.dpx": ["-an", "-frames:v", "1"],
    "still.webp": ["-an", "-frames:v", "1"],
    "still.exr": ["-an", "-frames:v", "1"],
}
EXITS = {0: "done", 3: "refused", 5: "refused", 6: "damaged", 8: "no memory"}


def cut(data, draw):
    return data[:draw.randrange(1, len(data))]


def flipped(data, draw, count):
    changed = bytearray(data)
    for _ in range(count):
        changed[draw.randrange(len(changed))] ^= 1 << draw.randrange(8)
    return bytes(changed)


def flipped_in_head(data, draw):
    return flipped(data[:600], draw, 3) + data[600:]


def hole(data, draw):
    length = draw.randrange(1, max(2, len(data) // 4))
    at = draw.randrange(len(data) - length + 1)
    return data[:at] + bytes(length) + data[at + length:]


def lost(data, draw):
    length = draw.randrange(1, max(2, len(data) // 4))
    at = draw.randrange(len(data) - length + 1)
    return data[:at] + data[at + length:]


def doubled(data, draw):
    length = draw.randrange(1, max(2, len(data) // 4))
    at = draw.randrange(len(data) - length + 1)
    return data[:at + length] + data[at:]


def swapped(data, draw):
    size = max(1, len(data) // 16)
    blocks = [data[at:at + size] for at in range(0, len(data), size)]
    one, other = draw.randrange(len(blocks)), draw.randrange(len(blocks))
    blocks[one], blocks[other] = blocks[other], blocks[one]
    return b"".join(blocks)


def extreme_number(data, draw):
    """A size, a count or a stamp that is as large, or as negative, as it can be."""
    width = draw.choice((2, 4, 8))
    value = draw.choice((0, 1, (1 << 8 * width) - 1, (1 << 8 * width - 1) - 1, 1 << 8 * width - 1))
    at = draw.randrange(max(1, min(len(data) - width, draw.choice((200, 2000, 1 << 30)))))
    return data[:at] + value.to_bytes(width, draw.choice(("big", "little"))) + data[at + width:]


def without_parameter_sets(data, _):
    """H.264's and HEVC's, in streams that mark where units begin."""
    units = re.split(rb"(?=\x00\x00\x01)", data)
    return b"".join(unit for unit in units if len(unit) < 4 or unit[3] & 31 not in (7, 8) and unit[3] >> 1 & 63 not in (32, 33, 34))


def two_in_one(data, draw):
    return data + data[draw.randrange(len(data)):]


def noise_behind_the_head(data, draw):
    head = draw.randrange(8, min(400, len(data)))
    return data[:head] + draw.randbytes(len(data) - head)


WAYS = [cut, lambda data, draw: flipped(data, draw, 1), lambda data, draw: flipped(data, draw, 20), lambda data, draw: flipped(data, draw, 400),
        flipped_in_head, hole, lost, doubled, swapped, extreme_number, extreme_number, without_parameter_sets, two_in_one, noise_behind_the_head]
NAMES = ["cut", "1 bit", "20 bits", "400 bits", "head", "hole", "lost", "doubled", "swapped", "extreme", "extreme", "no sets", "two", "noise"]


def boxes_in_boxes(depth, kind=b"moov"):
    data = b""
    for _ in range(depth):
        data = struct.pack(">I", min(len(data) + 8, 0xFFFFFFFF)) + kind + data
    return struct.pack(">I", 16) + b"ftypisom\0\0\0\0" + data


def made_up():
    """Structures that no program writes: nested a thousand times, longer than the file, leading back to themselves."""
    yield "nested.mp4", boxes_in_boxes(2000)
    yield "nested_meta.mp4", boxes_in_boxes(2000, b"udta")
    yield "endless_box.mp4", struct.pack(">I", 16) + b"ftypisom\0\0\0\0" + struct.pack(">I4sQ", 1, b"moov", (1 << 64) - 1) + bytes(64)
    yield "empty_boxes.mp4", struct.pack(">I", 16) + b"ftypisom\0\0\0\0" + struct.pack(">I4s", 8, b"free") * 50_000
    ebml = bytes.fromhex("1a45dfa3934282886d6174726f736b614287810442858102")
    yield "nested.mkv", ebml + bytes.fromhex("18538067ffffffffffffffff") + bytes.fromhex("1254c367ffffffffffffffff7373ffffffffffffffff67c8ffffffffffffffff") * 2000
    yield "seek_to_itself.mkv", ebml + bytes.fromhex("1853806701ffffffffffffff") + bytes.fromhex("114d9b74 94 4dbb 91 53ab 84 114d9b74 53ac 88 0000000000000000".replace(" ", "")) * 500
    yield "long_name.avi", b"RIFF" + struct.pack("<I", 0x7FFFFFFF) + b"AVI LIST" + struct.pack("<I", 0x7FFFFFFF) + b"hdrl" + b"JUNK" * 5000


def make_sound_files(folder):
    made = {}
    for name, words in KINDS.items():
        path = folder / name
        command = ["ffmpeg", "-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc2=s=96x64:r=25:d=0.8"]
        done = subprocess.run(command + (SOUND if "-an" not in words else []) + words + ["-threads", "1", path], capture_output=True, check=False)
        if done.returncode == 0:
            made[name] = path.read_bytes()
        else:
            print(f"this ffmpeg makes no {name}, which is left out: {done.stderr.decode(errors='replace').strip().splitlines()[-1:]}")
    return made


def restored(program, path, output, seconds):
    """Exit code (None: too long), words, frames written."""
    environment = {**os.environ, "ASAN_OPTIONS": "detect_leaks=0:allocator_may_return_null=1", "UBSAN_OPTIONS": "halt_on_error=1",
                   "ONEDNN_MAX_CPU_ISA": "AVX512_CORE_BF16"}
    report = output.with_suffix(".json")
    command = [program, "restore", path, output, "--model", "none", "-c:v", "ffv1", "-y", "--drop-unsupported", "--progress", "none", "--threads", "2",
               "--report", report]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, env=environment, check=False)
    except subprocess.TimeoutExpired:
        return None, "", 0
    frames = json.loads(report.read_text(encoding="utf-8"))["output"]["frames"] if report.exists() else 0
    return done.returncode, done.stderr.decode(errors="replace"), frames


def complaint(code, said, frames, sound_frames):
    if code is None:
        return "HUNG"
    if "Sanitizer" in said or "runtime error:" in said:
        return "SANITIZER"
    if code < 0 or code not in EXITS:
        return f"CRASHED ({code})"
    if code != 0 and len(said) < 20:
        return "SAID NOTHING"
    if code == 0 and frames != sound_frames and "warning" not in said.lower():
        return f"SILENT: {frames} frames of {sound_frames}"
    return ""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=Path)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--only", help="files of this name")
    parser.add_argument("--keep", type=Path, help="where inputs that went wrong are put")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    program = options.program.resolve()
    with tempfile.TemporaryDirectory(prefix="reelface_damaged_") as temporary:
        folder = Path(temporary)
        sound = make_sound_files(folder)
        frames_of = {}
        for name in sound:
            code, said, frames_of[name] = restored(program, folder / name, folder / (name + ".out.mkv"), 60)
            if code != 0:
                sys.exit(f"the sound {name} is not restored: {code}\n{said}")
        draw, inputs = random.Random(options.seed), []
        for number in range(options.count):
            name = list(sound)[number % len(sound)]
            way = (number // len(sound) + number) % len(WAYS)
            inputs.append((f"{number:03}_{name}", NAMES[way], WAYS[way](sound[name], draw), frames_of[name]))
        inputs += [(f"made_up_{name}", "made up", data, 0) for name, data in made_up()]
        inputs = [one for one in inputs if not options.only or options.only in one[0]]

        def judged(one):
            name, way, data, sound_frames = one
            path, output = folder / name, folder / (name + ".out.mkv")
            path.write_bytes(data)
            code, said, frames = restored(program, path, output, options.seconds)
            for leftover in (path, output, output.with_suffix(".json")):
                leftover.unlink(missing_ok=True)
            return name, way, code, complaint(code, said, frames, sound_frames), said

        with ThreadPoolExecutor(options.jobs) as pool:
            results = list(pool.map(judged, inputs))
        bad = [result for result in results if result[3]]
        for name, way, _, found, said in bad:
            print(f"{name} ({way}): {found}\n    {said.strip()[-600:]}")
            if options.keep:
                options.keep.mkdir(parents=True, exist_ok=True)
                (options.keep / name).write_bytes(next(data for other, _, data, _ in inputs if other == name))
    counts = {word: sum(EXITS.get(code) == word for _, _, code, _, _ in results) for word in sorted(set(EXITS.values()))}
    print(f"{len(results)} damaged inputs of {len(sound)} kinds: {counts}; {len(bad)} not as they should be")
    if options.json:
        options.json.write_text(json.dumps({"tried": len(results), "bad": len(bad)}))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
