# SPDX-License-Identifier: Apache-2.0
"""Makes media files with the ffmpeg program, the same bytes every time."""

import os
import random
import subprocess
import threading
from dataclasses import asdict, dataclass, field
from pathlib import Path

OK = "ok"  # must go through
REFUSED = "refused"  # must be refused with exit code 3 and leave nothing behind
DAMAGED = "damaged"  # must go through as far as it decodes (0), or be reported as too damaged (6)


@dataclass
class Case:
    """One input of the corpus, and what a correct program does with it."""

    name: str  # unique, plain ASCII
    path: str  # relative to the corpus folder; bytes that are not UTF-8 as surrogate escapes
    what: str
    expect: str = OK
    traits: list = field(default_factory=list)  # see make_corpus.py for the list
    caveats: list = field(default_factory=list)  # for people: why a check is softer than usual
    arguments: list = field(default_factory=list)  # extra arguments the program needs for this input
    reference: list = field(default_factory=list)  # input options ffmpeg needs to read the same frames
    outputs: list = field(default_factory=list)  # extra output file extensions that must work

    def as_json(self):
        return asdict(self)


class Builder:
    """Runs ffmpeg in the corpus folder. Thread-safe."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self._lock = threading.Lock()
        self._made = {}

    def ffmpeg(self, *arguments):
        # One thread and bitexact: encoders and muxers then leave out dates, random ids and version strings.
        command = ["ffmpeg", "-nostdin", "-y", "-v", "error", *[os.fsencode(a) for a in arguments]]
        done = subprocess.run(command, cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
        if done.returncode != 0:
            text = done.stderr.decode(errors="replace").strip()
            raise RuntimeError(f"ffmpeg {' '.join(arguments)}: exit {done.returncode}: {text}")

    def encode(self, output, *arguments):
        """ffmpeg ARGUMENTS… OUTPUT with the settings that make the result reproducible."""
        self.ffmpeg(*arguments, "-threads", "1", "-bitexact", output)

    def lavfi(self, output, source, *arguments):
        """Encodes one generated picture source."""
        self.encode(output, "-f", "lavfi", "-i", source, *arguments)

    def copy(self, output, source, *arguments):
        """Stream copy of everything in `source`."""
        self.encode(output, "-i", source, "-map", "0", "-c", "copy", *arguments)

    def shared(self, name):
        """A file several recipes start from; made once, whoever asks first."""
        with self._lock:
            if name not in self._made:
                SHARED[name](self, name)
                self._made[name] = True
        return name

    def read(self, name):
        return (self.folder / name).read_bytes()

    def write(self, name, data):
        (self.folder / name).write_bytes(data)

    def write_text(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")

    def truncate(self, output, source, fraction):
        data = self.read(source)
        self.write(output, data[: int(len(data) * fraction)])

    def flip_bytes(self, output, source, seed, count=40, first_fraction=0.3):
        """Damages `count` bytes behind the headers."""
        data = bytearray(self.read(source))
        generator = random.Random(seed)
        for _ in range(count):
            data[generator.randrange(int(len(data) * first_fraction), len(data) * 9 // 10)] ^= generator.randrange(1, 256)
        self.write(output, bytes(data))


X264 = ["-c:v", "libx264", "-preset", "ultrafast"]


def _base(builder, name):
    builder.encode(name, "-f", "lavfi", "-i", "testsrc2=s=160x120:r=25:d=2", "-f", "lavfi", "-i",
                   "sine=f=440:r=48000:d=2", *X264, "-bf", "2", "-g", "10", "-pix_fmt", "yuv420p", "-c:a", "aac")


def _subtitles(builder, name):
    builder.write_text(name, "1\n00:00:00,200 --> 00:00:00,900\nFirst line\n\n"
                             "2\n00:00:01,000 --> 00:00:01,800\nSecond line: <i>äöü</i>\n\n")


def _chapters(builder, name):
    builder.write_text(name, ";FFMETADATA1\ntitle=A film about tests\ncomment=semi\\;colon\nartist=Nobody\n"
                             "[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=800\ntitle=Opening\n"
                             "[CHAPTER]\nTIMEBASE=1/1000\nSTART=800\nEND=2000\ntitle=The end\n")


def _font(builder, name):
    # Never parsed, only carried: any bytes will do, odd in number.
    builder.write(name, random.Random(7).randbytes(4097))


# Files that are ingredients, not cases of their own ("base.mp4" is both).
SHARED = {
    "base.mp4": _base,
    "base.mkv": lambda b, n: b.copy(n, "base.mp4"),
    "base.ts": lambda b, n: b.copy(n, "base.mp4"),
    "ingredient.srt": _subtitles,
    "ingredient.ffmeta": _chapters,
    "ingredient.ttf": _font,
    "ingredient.png": lambda b, n: b.lavfi(n, "testsrc=s=64x48:d=0.04", "-frames:v", "1"),
}
INGREDIENT_ORDER = ["base.mp4", "base.mkv", "base.ts", "ingredient.srt", "ingredient.ffmeta", "ingredient.ttf",
                    "ingredient.png"]
