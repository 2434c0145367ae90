#!/usr/bin/env python3
"""What each folder may know: the include direction, foreign headers in their place, self-contained public headers.

    include_rules_test.py SOURCE_FOLDER [COMPILER [INCLUDE_FOLDER…]]
"""

import re
import subprocess
import sys
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = None
COMPILER = "c++"
INCLUDE_FOLDERS = []
LONGEST_FILE = 450

# app -> pipeline -> {media, inference, faces, …} -> image -> core
ALLOWED = {
    "core": {"core"},
    "image": {"core", "image"},
    "media": {"core", "image", "media"},
    "faces": {"core", "image", "faces"},
    "inference": {"core", "inference"},
    "networks": {"core", "inference", "networks"},
    "measure": {"core", "image", "measure"},
    "degrade": {"core", "image", "degrade"},
    "report": {"core", "report"},
}
# Nobody includes networks: inference opens it as a library when a network is wanted.
ALLOWED["pipeline"] = set().union(*(ALLOWED[name] for name in ALLOWED if name != "networks")) | {"pipeline", "restore", "parts"}
# Measures films as a pipeline of its own: what pipeline/ may know, but not pipeline/ itself.
ALLOWED["evidence"] = set().union(*(ALLOWED[name] for name in ("media", "faces", "inference", "measure", "degrade",
                                                             "report"))) | {"evidence"}
ALLOWED["app"] = ALLOWED["pipeline"] | ALLOWED["evidence"] | {"app"}
SAME_FOLDER = {"restore": "pipeline", "parts": "pipeline"}  # the public faces of pipeline/

# The graph and its serial twin can be built and tested without libav, LibTorch or a GPU.
GRAPH_FILES = re.compile(r"^pipeline/graph/")

FOREIGN = {  # header -> folders it may appear in
    r"lib(av\w+|swscale|swresample|postproc)/": {"media"},
    r"(torch|ATen|c10|caffe2)/": {"networks"},
    r"(tbb|oneapi)/": {"pipeline"},
    r"(CLI|spdlog|curl)/": {"app"},
    r"opencv2/": {"image", "faces", "measure", "degrade", "pipeline", "report", "evidence"},
}
STANDARD = re.compile(r"^[a-z_0-9]+$")
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.MULTILINE)


def folder_of(path):
    """The part a source or header belongs to: src/media/x.cpp and include/reelface/media/x.h are both media."""
    parts = path.relative_to(ROOT).parts
    name = {"src": parts[1], "include": parts[2] if len(parts) > 3 else "core"}.get(parts[0], parts[0])
    return SAME_FOLDER.get(name, name)


def included_folder(name):
    """The part an include points to; None for foreign headers and for files beside the including one."""
    parts = name.split("/")
    if parts[0] == "reelface":
        return parts[1] if len(parts) > 2 else "core"
    return parts[0] if len(parts) > 1 and parts[0] in ALLOWED else None


def sources():
    return sorted(path for top in ("src", "include", "pipeline") for path in (ROOT / top).rglob("*")
                  if path.suffix in (".h", ".cpp", ".hpp"))


def public_headers():
    return sorted((ROOT / "include").rglob("*.h"))


def includes(path):
    return INCLUDE.findall(path.read_text(encoding="utf-8"))


class IncludeRules(unittest.TestCase):
    def check(self, problems):
        self.assertEqual(problems, [])

    def test_direction(self):
        problems = []
        for path in sources():
            folder = folder_of(path)
            self.assertIn(folder, ALLOWED, f"{path}: a new folder: say above what it may know")
            allowed = {SAME_FOLDER.get(name, name) for name in ALLOWED[folder]}
            for name in includes(path):
                target = included_folder(name)
                if target and SAME_FOLDER.get(target, target) not in allowed:
                    problems.append(f"{path.relative_to(ROOT)} includes {name}")
        self.check(problems)

    def test_the_graph_knows_neither_media_nor_networks(self):
        files = [path for path in sources() if GRAPH_FILES.match(str(path.relative_to(ROOT)))]
        self.assertGreaterEqual(len(files), 4)
        self.check([f"{path.name} includes {name}" for path in files for name in includes(path)
                    if included_folder(name) in ("media", "inference", "restore", "app")])

    def test_foreign_headers_stay_in_their_folder(self):
        problems = []
        for path in sources():
            for name in includes(path):
                for pattern, folders in FOREIGN.items():
                    if re.match(pattern, name) and folder_of(path) not in folders:
                        problems.append(f"{path.relative_to(ROOT)} includes {name}")
        self.check(problems)

    def test_public_headers_show_no_library_but_opencv_core(self):
        self.check([f"{path.relative_to(ROOT)} includes {name}" for path in public_headers() for name in includes(path)
                    if not (STANDARD.match(name) or name.startswith(("reelface/", "opencv2/core")))])

    def test_public_headers_are_guarded(self):
        self.check([str(path) for path in public_headers() if "#pragma once" not in path.read_text(encoding="utf-8")])

    def test_public_headers_compile_alone(self):
        def compile_alone(path):
            command = [COMPILER, "-std=c++17", "-fsyntax-only", "-Wall", "-Wextra", "-x", "c++",
                       *[f"-I{folder}" for folder in [ROOT / "include", *INCLUDE_FOLDERS]], "-include", str(path), "-"]
            done = subprocess.run(command, input="", capture_output=True, text=True, timeout=120)
            return f"{path.relative_to(ROOT)}: {done.stderr[:500]}" if done.returncode or done.stderr else None
        with ThreadPoolExecutor(2) as pool:
            self.check([problem for problem in pool.map(compile_alone, public_headers()) if problem])

    def test_files_are_short(self):
        tops = ["src", "include", "pipeline", "tests", "examples", "cmake"]
        files = [path for top in tops for path in (ROOT / top).rglob("*")
                 if path.suffix in (".h", ".cpp", ".c", ".py", ".cmake", ".txt", ".sh")]
        self.assertGreater(len(files), 50)
        lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
        self.check([f"{name}: {length} lines" for name, length in lengths.items() if length > LONGEST_FILE])

    def test_nothing_is_left_for_later(self):
        words = re.compile("TO" + "DO|FIX" + "ME|X" + "XX")
        self.check([f"{path.relative_to(ROOT)}" for path in sources() if words.search(path.read_text(encoding="utf-8"))])


if __name__ == "__main__":
    ROOT = Path(sys.argv.pop(1)).resolve()
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-"):
        COMPILER = sys.argv.pop(1)
    while len(sys.argv) > 1 and not sys.argv[1].startswith("-"):
        INCLUDE_FOLDERS.append(sys.argv.pop(1))
    unittest.main(verbosity=1)
