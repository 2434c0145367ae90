#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks that the generated media are what the manifest says, so that no conformance test runs on the wrong thing.

    corpus_self_test.py FOLDER
"""

import hashlib
import sys
import tempfile
import unittest
from pathlib import Path

from checking.media import Media
from checking.manifest import load_manifest
from make_corpus import make_corpus

FOLDER = None


class CorpusTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.cases = load_manifest(FOLDER)

    def media(self, case):
        return Media.of_case(case)

    def with_trait(self, trait):
        cases = [case for case in self.cases if trait in case.traits and "pipe" not in case.traits]
        self.assertTrue(cases, f"no case has the trait {trait}")
        return cases

    def test_there_are_enough_inputs_of_every_kind(self):
        self.assertGreaterEqual(len(self.cases), 75)
        self.assertGreaterEqual(sum(case.expect == "refused" for case in self.cases), 10)
        self.assertGreaterEqual(sum(case.expect == "damaged" for case in self.cases), 10)

    def test_every_good_input_decodes(self):
        for case in self.cases:
            if case.expect == "ok":
                with self.subTest(case.name):
                    self.assertTrue(self.media(case).frames)
                    self.assertEqual(self.media(case).errors, "")

    def test_variable_rates_vary(self):
        for case in self.with_trait("vfr"):
            stamps = self.media(case).frame_times()
            steps = {later - earlier for earlier, later in zip(stamps, stamps[1:])} | set(self.media(case).last_durations()[:1])
            with self.subTest(case.name):
                self.assertGreater(len(steps), 1)

    def test_rotated_inputs_have_different_matrices(self):
        matrices = {case.name: self.media(case).display_matrix() for case in self.with_trait("rotated")}
        self.assertNotIn(None, matrices.values())
        self.assertEqual(len(set(matrices.values())), len(matrices))

    def test_interlaced_inputs_are_flagged(self):
        orders = set()
        for case in self.with_trait("interlaced"):
            frames = self.media(case).frames
            with self.subTest(case.name):
                self.assertTrue(any(frame["interlaced_frame"] for frame in frames))
            orders |= {frame["top_field_first"] for frame in frames if frame["interlaced_frame"]}
        self.assertEqual(orders, {0, 1})

    def test_hdr_inputs_carry_both_kinds_of_side_data(self):
        for case in self.with_trait("hdr"):
            with self.subTest(case.name):
                self.assertEqual(set(self.media(case).hdr_side_data()),
                                 {"Mastering display metadata", "Content light level metadata"})

    def test_odd_sizes_are_odd(self):
        for case in self.with_trait("odd_size"):
            frame = self.media(case).frames[0]
            with self.subTest(case.name):
                self.assertTrue(frame["width"] % 2 and frame["height"] % 2)

    def test_inputs_without_stamps_have_none(self):
        for case in self.with_trait("no_stamps"):
            with self.subTest(case.name):
                self.assertTrue(any("pts" not in frame for frame in self.media(case).frames))

    def test_segments_jump_back_or_repeat(self):
        for case in self.with_trait("segments"):
            stamps = self.media(case).frame_times()
            with self.subTest(case.name):
                self.assertTrue(any(later <= earlier for earlier, later in zip(stamps, stamps[1:])))

    def test_formats_are_really_there(self):
        formats = {self.media(case).frames[0]["pix_fmt"] for case in self.cases if case.expect == "ok"}
        wanted = {"yuv420p", "yuv422p", "yuv444p", "yuv420p10le", "yuv422p10le", "yuv444p10le", "gbrp", "gbrp10le",
                  "yuva420p", "yuva444p10le", "bgra", "gbrap10le", "gray", "gray16le", "yuv411p", "yuv410p", "nv12",
                  "pal8", "monob", "uyvy422", "yuvj420p", "yuv420p12le", "yuv444p12le", "rgb48be"}
        self.assertEqual(wanted - formats, set())

    def test_zoo_holds_every_kind_of_stream(self):
        zoo = next(case for case in self.cases if case.name == "zoo")
        media = self.media(zoo)
        kinds = [stream["codec_type"] for stream in media.streams]
        self.assertEqual(sorted(kinds), ["attachment", "audio", "audio", "subtitle", "video"])
        self.assertEqual(len(media.chapters), 2)

    def test_edit_list_hides_frames(self):
        case = next(case for case in self.cases if case.name == "edit_list")
        media = self.media(case)
        self.assertLess(len(media.frames), len(media.packets_of(media.video)))

    def test_generation_is_reproducible(self):
        def digest(folder):
            files = sorted(path for path in Path(folder).rglob("*") if path.is_file())
            return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
        with tempfile.TemporaryDirectory() as second:
            make_corpus(second)
            self.assertEqual(digest(FOLDER), digest(second))


if __name__ == "__main__":
    FOLDER = sys.argv.pop(1)
    unittest.main(verbosity=0)
