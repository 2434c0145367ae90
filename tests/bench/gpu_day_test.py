#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The script for the day of the graphics card runs to its end on a CPU and prints whole tables.

    gpu_day_test.py PROGRAM
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

SCRIPT = Path(__file__).with_name("gpu_day.sh")
NOT_THERE = "not there"  # fp16 on the CPU of an older LibTorch


def table_in(text, title):
    """The rows below the heading that begins like this, as lists of cells."""
    return rows_below(text, f"| network | precision | {title}")


def rows_below(text, heading):
    """The same below this line."""
    lines = text.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(heading))
    rows = []
    for line in lines[start + 2:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def check_nearness(rows):
    assert [row[:2] for row in rows[3:6]] == [["`faithful`", name] for name in ("fp32", "bf16", "fp16")], rows
    for row, least in zip(rows[3:6], (100, 50, 50)):
        assert row[2] == NOT_THERE or float(row[2].split(" dB")[0]) >= least, row
    assert rows[0][1] == "fp32" and float(rows[0][2].split(" dB")[0]) >= 80, rows[0]
    assert rows[-1][0] == "detector"


def check_loading(text):
    rows = rows_below(text, "| network | ready after")
    assert len(rows) == 2, rows
    for _, seconds, runs, warnings in rows:
        assert float(seconds.split()[0]) >= 0 and "fp32 on cpu" in runs and warnings == "none", rows


def check_slots(text):
    rows = rows_below(text, "| network | precision | batch | bits")
    assert len(rows) == 6, rows
    for network, precision, _, bits in rows:
        assert bits == "the same" or bits == NOT_THERE and precision == "fp16", (network, precision, bits)


def check_speeds(rows):
    assert len(rows) == 12, f"{len(rows)} rows of speeds"
    for network, precision, batch, plain, alone, recorded, whole, memory in rows:
        assert recorded == "-" and int(batch) in (1, 2) and int(memory) > 50, (network, batch, recorded, memory)
        for speed in (plain, alone, whole):
            assert speed == NOT_THERE and precision == "fp16" or float(speed) > 0, (network, precision, speed)


def main():
    with tempfile.TemporaryDirectory(prefix="reelface_gpu_day_") as folder:
        output = Path(folder) / "tables.md"
        command = [str(SCRIPT), "--cpu", "--built", sys.argv[1], str(output)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=500, stdin=subprocess.DEVNULL)
        assert done.returncode == 0, done.stderr
        text = output.read_text(encoding="utf-8")
        assert text == done.stdout and re.match(r"\*\*cpu\*\*: .*LibTorch \d", text), text
        check_nearness(table_in(text, "nearness"))
        check_speeds(table_in(text, "batch | plain"))
        check_loading(text)
        check_slots(text)
        assert rows_below(text, "| network | MiB left") == [["-", "-", "no card", "-", "-"]], text
        again = subprocess.run(command, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL)
        assert again.returncode == 2 and output.read_text(encoding="utf-8") == text, "tables were replaced"
    large = subprocess.run([sys.argv[1], "--device", "cpu"], capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL)
    assert large.returncode == 1 and "no graphics card" in large.stderr, large.stderr
    print("gpu_day: whole tables")


if __name__ == "__main__":
    main()
