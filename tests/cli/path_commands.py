# SPDX-License-Identifier: Apache-2.0
"""Every command of the program as a line with one output that a test chooses; and what a folder holds."""

import hashlib
import os
from pathlib import Path


def snapshot(folder):
    """What every name in the folder is: a link with its target, a folder, or a file with its digest."""
    found = {}
    for place, folders, files in os.walk(folder):
        for name in folders + files:
            path = os.path.join(place, name)
            if os.path.islink(path):
                found[path] = ("link", os.readlink(path))
            elif os.path.isdir(path):
                found[path] = ("folder",)
            else:
                found[path] = ("file", hashlib.sha256(Path(path).read_bytes()).hexdigest())
    return found


class Command:
    """A command line with one output that the test chooses, and the files it reads."""

    def __init__(self, name, reads, words):
        self.name, self.reads, self.words = name, reads, words


def pictures(*words):
    return ["restore", "-m", "none", "--progress", "none", *words]


def restore(*words):
    return pictures("-c:v", "ffv1", *words)


COMMANDS = [
    Command("restore", ["film.mkv"], lambda out: restore("film.mkv", out)),
    Command("restore a photo's person", ["film.mkv", "photo.mkv", "tracks.mkv"],
            lambda out: restore("film.mkv", out, "--tracks", "tracks.mkv", "--face-selector-mode", "reference",
                                "--reference-face", "photo.mkv")),
    Command("restore with a model", ["film.mkv", "model.mkv"],
            lambda out: ["restore", "-m", "model.mkv", "film.mkv", out]),
    Command("restore --settings", ["film.mkv", "settings.mkv"],
            lambda out: restore("film.mkv", out, "--settings", "./settings.mkv")),
    Command("restore --report", ["film.mkv"], lambda out: restore("film.mkv", "new.mkv", "--report", out)),
    Command("restore --report page", ["film.html"], lambda out: restore("film.html", "new.mkv", "--report", out)),
    Command("restore --report twice", ["film.mkv"],
            lambda out: restore("film.mkv", "new.mkv", "--report", "first.json", "--report", out)),
    Command("restore pictures", ["d/000001.png"], lambda out: pictures("d", out)),
    Command("restore a pattern", ["d/000001.png"], lambda out: pictures("d/%06d.png", out)),
    Command("restore --resume", ["film.mkv"], lambda out: restore("film.mkv", out, "--resume")),
    Command("restore --resume --report", ["film.mkv"],
            lambda out: restore("film.mkv", "new.mkv", "--resume", "--report", out)),
    Command("analyze --tracks", ["film.mkv"], lambda out: ["analyze", "film.mkv", "--tracks", out]),
    Command("analyze --people", ["film.mkv"], lambda out: ["analyze", "film.mkv", "--people", out]),
    Command("compare --json", ["film.mkv", "clean.mkv"],
            lambda out: ["compare", "film.mkv", "--reference", "clean.mkv", "--measures", "basic", "--json", out]),
    Command("compare --csv", ["film.mkv", "clean.mkv"],
            lambda out: ["compare", "film.mkv", "--reference", "clean.mkv", "--measures", "basic", "--csv", out]),
    Command("compare --html", ["film.mkv", "clean.mkv"],
            lambda out: ["compare", "film.mkv", "--reference", "clean.mkv", "--measures", "basic", "--html", out]),
    Command("degrade", ["film.mkv"], lambda out: ["degrade", "film.mkv", out, "--set", "noise=8"]),
    Command("join", ["film.mkv", "work/plan.json", "work/part-00000"],
            lambda out: ["join", "work", "-o", out]),
    Command("join --report", ["film.mkv", "work/plan.json", "work/part-00000"],
            lambda out: ["join", "work", "-o", "joined.mkv", "--report", out]),
    Command("models convert", ["model.mkv"], lambda out: ["models", "convert", "model.mkv", out]),
]
