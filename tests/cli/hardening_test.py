#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Released programs are hardened: at random addresses, with read-only tables, no executable stack, guarded stacks and
checked copies. The ELF files themselves are read; nothing but Python is needed.

    hardening_test.py PROGRAM LIBRARY…
"""

import struct
import sys
from pathlib import Path

ET_DYN = 3
PT_DYNAMIC, PT_GNU_STACK, PT_GNU_RELRO = 2, 0x6474E551, 0x6474E552
DT_BIND_NOW, DT_FLAGS, DT_FLAGS_1 = 24, 30, 0x6FFFFFFB
DF_BIND_NOW, DF_1_NOW, DF_1_PIE = 0x8, 0x1, 0x08000000
SHT_DYNSYM = 11
EXECUTABLE = 1


class Elf:
    """The parts of a 64-bit little-endian ELF file that say how it was linked."""

    def __init__(self, path):
        self.data = Path(path).read_bytes()
        assert self.data[:6] == b"\x7fELF\x02\x01", f"{path} is no 64-bit little-endian ELF file"
        header = struct.unpack_from("<HHIQQQIHHHHHH", self.data, 16)
        self.kind = header[0]
        self.segments = [struct.unpack_from("<IIQQQQQQ", self.data, header[4] + i * header[8]) for i in range(header[9])]
        self.sections = [struct.unpack_from("<IIQQQQIIQQ", self.data, header[5] + i * header[10])
                         for i in range(header[11])]

    def segment(self, kind):
        return next((segment for segment in self.segments if segment[0] == kind), None)

    def dynamic(self):
        _, _, offset, _, _, size, _, _ = self.segment(PT_DYNAMIC)
        entries = {}
        for position in range(offset, offset + size, 16):
            tag, value = struct.unpack_from("<QQ", self.data, position)
            if tag == 0:
                break
            entries.setdefault(tag, value)
        return entries

    def imported(self):
        """Names of the functions that the file takes from libraries."""
        names = set()
        for section in self.sections:
            if section[1] != SHT_DYNSYM:
                continue
            strings = self.sections[section[6]][4]
            for position in range(section[4], section[4] + section[5], 24):
                name, _, _, home = struct.unpack_from("<IBBH", self.data, position)
                if home == 0 and name:
                    start = strings + name
                    names.add(self.data[start:self.data.index(b"\0", start)].decode())
        return names


def faults_of(path, is_program):
    elf = Elf(path)
    dynamic, imported = elf.dynamic(), elf.imported()
    flags, flags_1 = dynamic.get(DT_FLAGS, 0), dynamic.get(DT_FLAGS_1, 0)
    stack = elf.segment(PT_GNU_STACK)
    checks = {
        "is loaded at a fixed address": elf.kind != ET_DYN or (is_program and not flags_1 & DF_1_PIE),
        "binds functions late": not (DT_BIND_NOW in dynamic or flags & DF_BIND_NOW or flags_1 & DF_1_NOW),
        "leaves its tables writable": elf.segment(PT_GNU_RELRO) is None,
        "has an executable stack": stack is None or stack[1] & EXECUTABLE,
        "guards no stack": "__stack_chk_fail" not in imported,
        "checks no copies": not any(name.startswith("__") and name.endswith("_chk") for name in imported),
        "checks no containers of the standard library": not any("__glibcxx_assert_fail" in name for name in imported),
    }
    return [f"{path} {fault}" for fault, is_so in checks.items() if is_so]


def main():
    faults = [fault for number, path in enumerate(sys.argv[1:]) for fault in faults_of(path, number == 0)]
    for fault in faults:
        print(fault)
    if faults:
        sys.exit(1)
    print(f"{len(sys.argv) - 1} files are hardened")


if __name__ == "__main__":
    main()
