#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
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
LONGEST_FILE = 350

FOREIGN = {  # header -> folders it may appear in
    r"lib(av\w+|swscale|swresample|postproc)/": {"media"},
    r"(torch|ATen|c10|caffe2)/": {"networks"},
    r"(tbb|oneapi)/": {"graph"},
    r"(CLI|spdlog|curl)/": {"app"},
    r"httplib\.h$": {"studio"},
    r"opencv2/": {"image", "film", "layout", "faces", "measure", "motion", "people", "degrade", "restore", "stages", "values", "parts", "report",
                  "evidence"},
}
STANDARD = re.compile(r"^[a-z_0-9]+$")
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.MULTILINE)


def folder_of_public_header(folder, name):
    """include/reelface/media/x.h is media. The headers of the graph lie in pipeline/, and those in restore/ are values,
    apart from those whose functions pipeline/restore has."""
    if folder == "restore" and not (ROOT / "pipeline/restore" / name).with_suffix(".cpp").exists():
        return "values"
    return "graph" if folder == "pipeline" else folder


def folder_of(path):
    """src/media/x.cpp is media, and so is include/reelface/media/x.h."""
    parts = path.relative_to(ROOT).parts
    if parts[0] == "include":
        return folder_of_public_header(parts[2], parts[-1])
    return parts[1]


def included_folder(name, folders):
    """The folder an include points to; None for foreign headers and for files beside the including one."""
    parts = name.split("/")
    if parts[0] == "reelface" and len(parts) > 2:
        return folder_of_public_header(parts[1], parts[-1])
    if parts[0] == "pipeline":
        return parts[1]
    return parts[0] if len(parts) > 1 and parts[0] in folders else None


def told_arrows():
    """Folder -> the folders it includes, as ARCHITECTURE.md says it, from top to bottom."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    block = re.search(r"## Who may include whom\n```\n(.*?)```", text, re.DOTALL).group(1)
    lines = [re.match(r"(\w+) *─►(.*)$", line) for line in block.splitlines()]
    return {line.group(1): set(line.group(2).split()) for line in lines if line}


def arrows_there_are():
    folders = {path.name for path in (ROOT / "src").iterdir()}
    arrows = {folder_of(path): set() for path in sources()}
    for path in sources():
        arrows[folder_of(path)] |= {included_folder(name, folders) for name in includes(path)} - {None, folder_of(path)}
    return arrows


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

    def test_arrows_are_those_of_the_picture(self):
        told, there = told_arrows(), arrows_there_are()
        order = list(told)
        self.assertEqual(sorted(order), sorted(there), "ARCHITECTURE.md names the folders there are, each with its arrows")
        lines = [f"{name:<12}─► " + " ".join(sorted(there[name], key=order.index)) for name in order
                 if told[name] != there[name]]
        self.assertEqual(lines, [], "ARCHITECTURE.md shows other arrows than the includes are; the includes are these")

    def test_arrows_point_down(self):
        order = list(told_arrows())
        self.check([f"{name} ─► {other}" for name, others in told_arrows().items() for other in others
                    if order.index(other) <= order.index(name)])

    def test_the_graph_knows_no_faces(self):
        self.assertEqual(arrows_there_are()["graph"], {"image", "core"})

    def test_nobody_includes_networks(self):
        self.check([name for name, others in arrows_there_are().items() if "networks" in others])

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

    def test_headers_include_what_has_sizes(self):
        """Which other standard header brings std::int64_t along, differs from compiler to compiler."""
        named = re.compile(r"std::u?int(8|16|32|64)_t")
        self.check([str(path.relative_to(ROOT)) for top in ("src", "include", "pipeline", "tests", "examples") for path in (ROOT / top).rglob("*.h")
                    if named.search(path.read_text(encoding="utf-8")) and "cstdint" not in includes(path)])

    def test_files_are_short(self):
        tops = ["src", "include", "pipeline", "tests", "examples", "cmake"]
        files = [path for top in tops for path in (ROOT / top).rglob("*")
                 if path.suffix in (".h", ".cpp", ".c", ".py", ".cmake", ".txt", ".sh")]
        self.assertGreater(len(files), 50)
        lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
        self.check([f"{name}: {length} lines" for name, length in lengths.items() if length > LONGEST_FILE])

    def test_sources_name_their_licence(self):
        """In the first two lines: a shebang or a document's type comes before it."""
        suffixes = (".h", ".cpp", ".c", ".inl", ".in", ".py", ".sh", ".cmake", ".js", ".css", ".html", ".svg")
        tops = ["src", "include", "pipeline", "tests", "examples", "cmake"]
        files = [ROOT / "CMakeLists.txt", ROOT / "dev"]
        files += [path for top in tops for path in (ROOT / top).rglob("*") if path.suffix in suffixes or path.name == "CMakeLists.txt"]
        marks = {path: path.read_text(encoding="utf-8").splitlines()[:2] for path in files}
        self.check([str(path.relative_to(ROOT)) for path, lines in marks.items()
                    if not any("SPDX-License-Identifier: Apache-2.0" in line for line in lines)])

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
