#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The gallery of a recorded call: each tile is a picture of its own. What one shows changes nothing in the others, light is given tile by tile,
and what is between them stays bit for bit.

    gallery_test.py PRODUCT [unittest options]
"""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from face_clips import STILL, WORN, coded_planes, digest_list, ffmpeg
from part_checks import Program

SHARED = Path(os.environ.get("REELFACE_SHARED", Path(__file__).resolve().parents[3] / "shared"))
PORTRAITS = sorted((SHARED / "portraits").glob("*.jpg"))[:10]
LOSSLESS = ["-c:v", "ffv1", "-y"]
WIDTH, HEIGHT, RATE, FRAMES = 640, 368, 15, 24
TILES = [(8 + 316 * (i % 2), 8 + 180 * (i // 2), 308, 172) for i in range(4)]  # left, top, width, height
DIM = "lutyuv=y='16+(val-16)*0.5'"


def camera(number, light):
    """A filter: somebody who sways in one of the tiles, close to its left edge; before a camera of few lines and in this light."""
    _, _, width, height = TILES[number]
    return (f"scale=460:-2,crop={width}:{height}:'138+8*sin(n/{4 + number})':'62+5*cos(n/{5 + number})',{light},{WORN},"
            f"noise=alls=5:allf=t:all_seed={number + 2},setsar=1,format=yuv420p")


def gallery(path, lights, mirrored=()):
    """Someone in each tile; in some the picture is the other way round, so that all of it is another."""
    parts = [f"color=0x101010:s={WIDTH}x{HEIGHT}:r={RATE},format=yuv420p[c0]"]
    for number, light in enumerate(lights):
        turned = "hflip,negate," if number in mirrored else ""
        parts.append(f"[{number}:v]{turned}{camera(number, light)}[t{number}]")
        parts.append(f"[c{number}][t{number}]overlay={TILES[number][0]}:{TILES[number][1]}[c{number + 1}]")
    still = ["-loop", "1", "-framerate", RATE, "-i", STILL]
    ffmpeg(*still * len(lights), "-filter_complex", ";".join(parts), "-map", f"[c{len(lights)}]", "-frames:v", FRAMES, "-c:v", "ffv1", "-pix_fmt",
           "yuv420p", path)


def nine_tiles(path, portraits):
    """Nine telephones between bars; in the last tile somebody comes in another's place at frame 30."""
    parts, shown = [], "[c0]"
    inputs = []
    for number, portrait in enumerate(portraits):
        inputs += ["-loop", "1", "-framerate", RATE, "-t", 4 if number < 8 else 2, "-i", portrait]
        sway = min(number, 8)
        parts.append(f"[{number}:v]scale=110:-2,pad=208:ih+20:49:10:0x707880,crop=208:116:'4*sin(n/{4 + sway})':'4+3*cos(n/{5 + sway})',setsar=1[p{number}]")
    parts.append(f"[p8][p9]concat=n=2[last];color=0x181818:s=640x360:r={RATE}:d=4[c0]")
    for number in range(9):
        place = f"{4 + 212 * (number % 3)}:{3 + 118 * (number // 3)}"
        parts.append(f"{shown}[{f'p{number}' if number < 8 else 'last'}]overlay={place}[c{number + 1}]")
        shown = f"[c{number + 1}]"
    parts.append(f"{shown}noise=alls=4:allf=t:all_seed=4,format=yuv420p[out]")
    ffmpeg(*inputs, "-filter_complex", ";".join(parts), "-map", "[out]", "-frames:v", 60, "-c:v", "ffv1", path)


def samples_in(plane, tile):
    left, top, width, height = (value >> (plane.subsampled_x if i % 2 == 0 else plane.subsampled_y) for i, value in enumerate(tile))
    return [plane.samples[row * plane.width + left:row * plane.width + left + width] for row in range(top, top + height)]


def light_of(path, frame, tile):
    rows = samples_in(coded_planes(path, frame)[0], tile)
    return sum(sum(row) for row in rows) / sum(len(row) for row in rows)


class Gallery(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.program = Program(PRODUCT)
        cls.temporary = tempfile.TemporaryDirectory(prefix="reelface_gallery_")
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.plain, cls.other, cls.dim = (cls.file(name + ".mkv") for name in ("plain", "other", "dim"))
        gallery(cls.plain, ["null"] * 4)
        gallery(cls.other, ["null"] * 4, mirrored=(0, 2))
        gallery(cls.dim, [DIM, "null", "null", DIM])

    @classmethod
    def file(cls, name):
        return os.path.join(cls.temporary.name, name)

    def restored(self, film, name, *words):
        return self.program.restore(film, self.file(name + ".mkv"), *LOSSLESS, *words)

    def largest_difference(self, *words):
        """Of two tiles, between a film and one with other pictures beside them."""
        one, other = self.restored(self.plain, "one", *words), self.restored(self.other, "another", *words)
        largest = 0
        for frame in (0, 11, FRAMES - 1):
            for before, first, second in zip(*(coded_planes(film, frame) for film in (self.plain, one, other))):
                self.assertNotEqual(samples_in(first, TILES[1]), samples_in(before, TILES[1]), "nothing was restored")
                for tile in (TILES[1], TILES[3]):
                    for row, its_twin in zip(samples_in(first, tile), samples_in(second, tile)):
                        largest = max(largest, *(abs(a - b) for a, b in zip(row, its_twin)))
        return largest

    def test_no_tile_is_mixed_with_another(self):
        """A tile comes out the same whatever is beside it."""
        self.assertEqual(self.largest_difference("--tiles", "on", "--model", "none", "--clean", "50"), 0)
        self.assertEqual(self.largest_difference("--tiles", "on", "--light", "auto"), 0)

    def test_between_the_tiles_nothing_changes(self):
        output = self.restored(self.dim, "between", "--for", "call", "--clean", "off")
        for before, after in zip(coded_planes(self.dim, 9), coded_planes(output, 9)):
            for gap in ((0, 0, WIDTH, 8), (0, 0, 8, HEIGHT), (316, 0, 8, HEIGHT), (0, 180, WIDTH, 8)):
                self.assertEqual(samples_in(before, gap), samples_in(after, gap), f"changed between the tiles: {gap}")

    def test_light_is_given_where_it_is_missing(self):
        report = self.file("lit.json")
        output = self.restored(self.dim, "lit", "--for", "call", "--clean", "off", "--report", report)
        with open(report, encoding="utf-8") as file:
            skins = sorted((track["light"]["skin_before"], track["light"]["skin_after"]) for track in json.load(file)["tracks"])
        self.assertEqual(len(skins), 4)
        self.assertTrue(all(after > before + 20 for before, after in skins[:2]), skins)
        self.assertTrue(all(abs(after - before) < 2 for before, after in skins[2:]), skins)
        for number, tile in enumerate(TILES):
            gained = light_of(output, 12, tile) - light_of(self.dim, 12, tile)
            if number in (0, 3):
                self.assertGreater(gained, 15, f"tile {number} stays dim")
            else:
                self.assertLess(abs(gained), 3, f"tile {number} had good light")
        self.assertLess(light_of(self.restored(self.dim, "unlit", "--for", "call", "--clean", "off", "--light", "off"), 12, TILES[0]),
                        light_of(self.dim, 12, TILES[0]) + 3)

    @unittest.skipUnless(len(PORTRAITS) == 10, "NOT TESTED: the shared folder has not ten portraits")
    def test_whoever_comes_in_anothers_place_has_a_track_of_his_own(self):
        """In a ninth of the picture, which is no cut."""
        path, report = self.file("nine.mkv"), self.file("nine.json")
        nine_tiles(path, PORTRAITS)
        tracks = {}
        for tiles in ("on", "off"):
            self.restored(path, "nine_" + tiles, "--tiles", tiles, "--report", report)
            with open(report, encoding="utf-8") as file:
                written = json.load(file)
            tracks[tiles] = sorted((track["first_frame"], track["last_frame"]) for track in written["tracks"] if track["frames"] > 5)
            self.assertEqual([(layout["first_frame"], layout["frames"], len(layout["tiles"])) for layout in written["layouts"]],
                             [(0, 60, 9)] if tiles == "on" else [])
        # One of the portraits shows somebody else in its background, until it goes.
        self.assertEqual([tracks["off"].count(frames) for frames in ((0, 59), (30, 59))], [9, 0])
        self.assertEqual([tracks["on"].count(frames) for frames in ((0, 59), (30, 59))], [8, 1])

    @unittest.skipUnless(len(PORTRAITS) == 10, "NOT TESTED: the shared folder has not ten portraits")
    def test_tracks_of_an_analysis_know_tiles(self):
        path, kept, report = self.file("nine_known.mkv"), self.file("nine_tracks.json"), self.file("nine_known.json")
        nine_tiles(path, PORTRAITS)
        analysis = json.loads(self.program.run("analyze", path, "--tiles", "on", "--tracks", kept, "--no-people").stdout)
        self.assertEqual([(layout["first_frame"], layout["frames"], len(layout["tiles"])) for layout in analysis["layouts"]], [(0, 60, 9)])
        self.restored(path, "nine_again", "--tiles", "on", "--tracks", kept, "--report", report)
        with open(report, encoding="utf-8") as file:
            tracks = sorted((track["first_frame"], track["last_frame"]) for track in json.load(file)["tracks"] if track["frames"] > 5)
        self.assertEqual([tracks.count(frames) for frames in ((0, 59), (30, 59))], [8, 1])

    def test_in_parts_and_one_thing_at_a_time_it_is_the_same(self):
        whole = digest_list(self.restored(self.dim, "whole", "--for", "call"))
        self.assertEqual(digest_list(self.restored(self.dim, "serial", "--for", "call", "--serial")), whole)
        output, folder = self.file("joined.mkv"), self.file("parts")
        self.program.plan(self.dim, output, folder, "--parts", "3", *LOSSLESS, "--for", "call")
        self.program.make_parts(folder, 3)
        self.program.run("join", folder)
        self.assertEqual(digest_list(output), whole)

    def test_light_needs_people(self):
        done = subprocess.run([PRODUCT, "restore", self.dim, self.file("never.mkv"), "--light", "auto", "--model", "none"], capture_output=True,
                              text=True, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("--light follows people's faces", done.stderr)


if __name__ == "__main__":
    PRODUCT = sys.argv.pop(1)
    unittest.main()
