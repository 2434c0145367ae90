#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A film comes out the same, picture by picture, wherever and whenever it is restored.

    surroundings.py PROGRAM

Time zones, locales with commas for points, private files, another folder, few open files, one thread, a clock of another year (if faketime is
there).
"""
import hashlib
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))
from checking.clips import make_clip  # noqa: E402  pylint: disable=wrong-import-position


def few_files():
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


SURROUNDINGS = {
    "as usual": {},
    "time zone": {"environment": {"TZ": "Pacific/Kiritimati"}},
    "no time zone of that name": {"environment": {"TZ": "Nowhere/Nothing"}},
    "commas for points": {"environment": {"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"}},
    "no locale of that name": {"environment": {"LC_ALL": "xx_XX"}},
    "plain C": {"environment": {"LC_ALL": "C"}},
    "private files": {"umask": 0o077},
    "few open files": {"before": few_files},
    "no home": {"environment": {"HOME": "/nonexistent"}},
    "another folder": {"folder": "/"},
    "one thread": {"words": ["--threads", "1"]},
    "serial": {"words": ["--serial"]},
    "another clock": {"prefix": ["faketime", "1999-12-31 23:59:58"]},
}


def restored(program, film, folder, name, how):
    output = folder / (name.replace(" ", "_") + ".mkv")
    command = [*how.get("prefix", []), program, "restore", film, output, "--for", "film", "-c:v", "ffv1", "--progress", "none", "-y", *how.get("words", [])]
    before = os.umask(how.get("umask", 0o022))
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd=how.get("folder", folder),
                              env={**os.environ, **how.get("environment", {})}, preexec_fn=how.get("before"), check=False)
    finally:
        os.umask(before)
    if done.returncode:
        return f"ended with {done.returncode}: {done.stderr.strip()[-300:]}"
    # Matroska numbers every file by chance, and FFV1 has slices for threads; pictures, sound, times and tags are what was made.
    told = subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-i", output, "-map", "0", "-f", "framemd5", "-", "-f", "ffmetadata", "-"],
                          capture_output=True, check=True).stdout
    return hashlib.sha256(told).hexdigest()


def main():
    program = Path(sys.argv[1]).resolve()
    found = {}
    with tempfile.TemporaryDirectory(prefix="reelface_surroundings_") as temporary:
        folder = Path(temporary)
        film = make_clip(folder / "film.mkv", frames=30, size="160x120", filters="noise=alls=12:allf=t:all_seed=3")
        for name, how in SURROUNDINGS.items():
            if how.get("prefix") and not shutil.which(how["prefix"][0]):
                print(f"not tried: {name} ({how['prefix'][0]} is not installed)")
                continue
            found[name] = restored(program, film, folder, name, how)
    bad = [name for name, digest in found.items() if digest != found["as usual"] or len(digest) != 64]
    for name in bad:
        print(f"{name}: {found[name]}, and not {found['as usual']}")
    print(f"{len(found)} surroundings, {len(bad)} with another film")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
