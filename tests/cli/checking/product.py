# SPDX-License-Identifier: Apache-2.0
"""Runs the program under test and says what it did."""

import json
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Run:
    command: list
    exit_code: int  # negative: killed by that signal; None: did not end in time
    stdout: bytes
    stderr: str
    report: object  # parsed --report, or None

    def told(self):
        """Everything said to people and in the report, for "was it mentioned?"."""
        return self.stderr + json.dumps(self.report or {})

    def shown_command(self):
        return " ".join(os.fsdecode(part) for part in self.command).encode("utf-8", "backslashreplace").decode()

    def last_words(self):
        lines = [line.strip() for line in self.stderr.splitlines() if line.strip()]
        return " / ".join(lines[-2:])[:300]


def run_restore(product, arguments, cwd, report_path=None, stdin=None, timeout=120):
    """reelface restore … --model none. Names may hold any byte. `stdin` is a file to read from."""
    command = [product, "restore", "--model", "none", "--progress", "none"]
    if report_path:
        command += ["--report", str(report_path)]
    command = [os.fsencode(part) for part in [*command, *arguments]]
    source = open(stdin, "rb") if stdin else subprocess.DEVNULL
    try:
        done = subprocess.run(command, cwd=cwd, stdin=source, capture_output=True, timeout=timeout)
        code, output, errors = done.returncode, done.stdout, done.stderr
    except subprocess.TimeoutExpired as late:
        code, output, errors = None, late.stdout or b"", late.stderr or b""
    finally:
        if stdin:
            source.close()
    return Run(command, code, output, errors.decode(errors="backslashreplace"), read_report(report_path))


def read_report(path):
    if not path or not Path(path).exists():
        return None
    try:
        return json.loads(Path(path).read_text(encoding="utf-8"))
    except ValueError:
        return "not JSON"


def leftovers(folder, *expected):
    """Names in the output folder that should not be there."""
    return sorted(os.fsdecode(name) for name in os.listdir(os.fsencode(folder))
                  if os.fsdecode(name) not in [Path(path).name for path in expected])


def says_what_to_do(run):
    """An error has a line that says what failed and words that help."""
    lines = [line for line in run.stderr.splitlines() if line.strip()]
    return bool(lines) and len(lines) <= 6 and len(run.stderr) > 20


def names_another_container(run, container):
    others = {"mkv": r"mp4|mov", "mp4": r"mkv|matroska|mov", "mov": r"mkv|matroska|mp4"}[container]
    return re.search(rf"\b({others})\b", run.stderr, re.IGNORECASE) is not None
