#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""--provenance, --c2pa-manifest and the mark inside of files: outside of what they tell, no sample has changed.

    provenance_test.py PROGRAM [unittest options]
"""
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from face_clips import STILL, Workshop, coded_planes, digest_list, samples_outside
from repair_test import FRAMES as FILM_FRAMES
from repair_test import SPECKS
from repair_test import film as film_with_specks

PROGRAM = None
ENHANCED = "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicallyEnhanced"
RECTANGLE = {"type", "unit", "origin", "width", "height"}


def sha256(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def read_json(path):
    return json.loads(Path(path).read_text(encoding="utf-8"))


def tags_of(path, *options):
    done = subprocess.run(["ffprobe", "-v", "error", *options, "-show_entries", "format_tags", "-of", "json", path], capture_output=True,
                          text=True, check=True)
    return {name.lower(): value for name, value in json.loads(done.stdout)["format"].get("tags", {}).items()}


class Provenance(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="reelface_provenance_")
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        self.shop = Workshop(PROGRAM, str(self.folder), slow=False)

    def restore(self, source, name, *options, code=0):
        output = self.folder / name
        done = subprocess.run([PROGRAM, "restore", source, output, "--progress", "none", *map(str, options)], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=300)
        self.assertEqual(done.returncode, code, done.stderr)
        return done.stderr if code else output

    def test_outside_of_the_faces_nothing_has_changed(self):
        for layout in ("yuv420p", "yuv422p10le", "gbrp"):
            with self.subTest(layout):
                clip = self.shop.clip("talk_" + layout, self.shop.slow_motion, frames=30, around=96, pixel_format=layout)
                output = self.restore(clip, f"new_{layout}.mkv", "-c:v", "ffv1", "--provenance", self.folder / f"{layout}.json")
                told = read_json(self.folder / f"{layout}.json")
                self.assertEqual(told["changes"][0]["frames"][0], 0)
                self.assertEqual(told["changes"][-1]["frames"][1], 29)
                for frame in (0, 13, 29):
                    stretch, = [entry for entry in told["changes"] if entry["frames"][0] <= frame <= entry["frames"][1]]
                    areas = [face["area"] for face in stretch["faces"]]
                    self.assertTrue(all(0 < face["strength"][0] <= face["strength"][1] <= 1 for face in stretch["faces"]), stretch)
                    regions = [(x, y, x + width - 1, y + height - 1) for x, y, width, height in areas]
                    changed = False
                    for before, after in zip(coded_planes(clip, frame), coded_planes(output, frame)):
                        one, other = samples_outside(before, after, regions)
                        self.assertEqual(one, other, f"{layout}: a sample outside of {areas} has changed in frame {frame}")
                        changed |= before.samples != after.samples
                    self.assertTrue(changed, f"nobody was restored in frame {frame}")
                self.assertLess(sum(x * y for _, _, x, y in areas), 0.8 * told["input"]["width"] * told["input"]["height"])

    def test_frames_that_are_not_told_of_are_those_of_the_input(self):
        source = str(self.folder / "specks.mkv")
        film_with_specks(source, "yuv420p")
        listing = self.folder / "repairs.jsonl"
        output = self.restore(source, "new.mkv", "--model", "none", "-c:v", "ffv1", "--repair", "dirt", "--repair-list", listing, "--provenance",
                              self.folder / "told.json")
        told = read_json(self.folder / "told.json")
        frames = {frame for entry in told["changes"] for frame in range(entry["frames"][0], entry["frames"][1] + 1)}
        before, after = digest_list(source), digest_list(str(output))
        self.assertEqual(len(after), FILM_FRAMES)
        self.assertEqual({frame for frame in range(FILM_FRAMES) if before[frame] != after[frame]}, frames)
        self.assertEqual(frames, set(SPECKS))
        listed = [json.loads(line) for line in listing.read_text().splitlines()]
        self.assertEqual(told["repairs"]["count"], len(listed))
        self.assertEqual(told["repairs"]["samples"], sum(repair["area"] for repair in listed))
        for repair in listed:
            entry, = [entry for entry in told["changes"] if entry["frames"][0] <= repair["frame"] <= entry["frames"][1]]
            left, top, width, height = entry["repairs"]["area"]
            x, y, across, down = repair["box"]
            self.assertTrue(left <= x and top <= y and x + across <= left + width and y + down <= top + height, (entry, repair))

    def test_frames_that_the_film_repeats_are_told_of_as_well(self):
        film, source = str(self.folder / "specks.mkv"), str(self.folder / "twice.mkv")
        film_with_specks(film, "yuv420p")
        subprocess.run(["ffmpeg", "-v", "error", "-i", film, "-vf", "setpts=2*PTS,fps=25", "-c:v", "ffv1", source], check=True)
        before = digest_list(source)
        self.assertGreaterEqual(sum(one == other for one, other in zip(before, before[1:])), FILM_FRAMES - 1)
        output = self.restore(source, "new.mkv", "--model", "none", "-c:v", "ffv1", "--repair", "dirt", "--provenance", self.folder / "told.json")
        after, told = digest_list(str(output)), read_json(self.folder / "told.json")
        frames = {frame for entry in told["changes"] for frame in range(entry["frames"][0], entry["frames"][1] + 1)}
        self.assertEqual({frame for frame, (one, other) in enumerate(zip(before, after)) if one != other}, frames)
        self.assertGreaterEqual(len(frames), 2 * len(SPECKS) - 1)

    def test_models_settings_and_files_are_told(self):
        clip = self.shop.clip("short", "scale=256:256", frames=4)
        output = self.restore(clip, "new.mkv", "-c:v", "ffv1", "--strength", 80, "--for", "film", "--provenance", self.folder / "told.json")
        told = read_json(self.folder / "told.json")
        models = {entry["what"]: entry["model"] for entry in told["treatments"] if "model" in entry}
        source = Path(__file__).resolve().parents[2]
        self.assertEqual(models["faces restored"], {"name": "faithful", "sha256": sha256(source / "models/faithful.safetensors"), "invents": False})
        self.assertEqual(models["cleaned"]["sha256"], sha256(source / "models/reel.safetensors"))
        self.assertEqual(told["settings"]["strength"], 80)
        self.assertEqual(told["digital_source_type"], ENHANCED)
        self.assertEqual((told["input"]["sha256"], told["output"]["sha256"]), (sha256(clip), sha256(output)))
        self.assertEqual((told["output"]["file"], told["output"]["frames"]), ("new.mkv", 4))
        self.assertIn("libavcodec", told["program"]["libraries"])
        self.assertTrue(tags_of(output)["comment"].endswith("; frame by frame: told.json"), tags_of(output)["comment"])
        self.assertIn("evened", {entry["what"] for entry in told["treatments"]})

    def check_c2pa(self, manifest):
        """As c2patool's documentation describes a manifest definition; it refuses fields that it does not know."""
        self.assertLessEqual(set(manifest), {"claim_generator_info", "title", "ingredients", "assertions"})
        parent, = manifest["ingredients"]
        self.assertEqual(parent["relationship"], "parentOf")
        assertion, = manifest["assertions"]
        self.assertEqual(assertion["label"], "c2pa.actions.v2")
        actions = assertion["data"]["actions"]
        self.assertEqual(actions[0], {"action": "c2pa.opened", "parameters": {"ingredientIds": [parent["label"]]}})
        for action in actions[1:]:
            self.assertLessEqual(set(action), {"action", "description", "softwareAgent", "digitalSourceType", "changes", "parameters"})
            for change in action.get("changes", []):
                self.assertEqual(set(change), {"region", "role", "description"})
                kinds = {region["type"]: region for region in change["region"]}
                self.assertEqual(set(kinds["frame"]["frame"]), {"start", "end"})
                if "spatial" in kinds:
                    shape = kinds["spatial"]["shape"]
                    self.assertEqual(set(shape), RECTANGLE)
                    self.assertTrue(0 <= shape["origin"]["x"] <= shape["origin"]["x"] + shape["width"] <= 100.001, shape)
        return actions[1:]

    def test_a_manifest_that_c2patool_can_sign(self):
        clip = self.shop.clip("talk", self.shop.slow_motion, frames=8, around=96)
        self.restore(clip, "new.mp4", "--for", "film", "--c2pa-manifest", self.folder / "m.json")
        manifest = read_json(self.folder / "m.json")
        actions = self.check_c2pa(manifest)
        self.assertEqual((manifest["title"], manifest["ingredients"][0]["title"]), ("new.mp4", "talk.mkv"))
        faces, = [action for action in actions if action.get("description") == "faces restored"]
        self.assertEqual((faces["action"], faces["digitalSourceType"], faces["parameters"]["model"]), ("c2pa.edited", ENHANCED, "faithful"))
        self.assertEqual(faces["changes"][0]["region"][0]["frame"], {"start": 0, "end": 7})
        self.assertEqual(actions[-1]["action"], "c2pa.transcoded")

    def test_the_mark_is_inside_of_files_that_hold_it(self):
        clip = self.shop.clip("short", "scale=256:256", frames=3)
        for name in ("new.mp4", "new.mov"):
            for options in ([], ["--resume"], ["-e", "movflags=+faststart"]):
                with self.subTest(name=name, options=options):
                    output = self.restore(clip, name, "-y", *options)
                    self.assertIn(ENHANCED, tags_of(output, "-export_xmp", "1").get("xmp", ""))
                    self.assertEqual(len(digest_list(str(output))), 3)
            self.assertNotIn("xmp", tags_of(self.restore(clip, name, "-y", "--no-provenance"), "-export_xmp", "1"))
            self.assertNotIn("xmp", tags_of(self.restore(clip, name, "-y", "--model", "none"), "-export_xmp", "1"))
        for name in ("new.png", "new.jpg"):
            marked, plain = self.restore(STILL, name), self.restore(STILL, "plain_" + name, "--no-provenance")
            xmp, = re.findall(rb"<x:xmpmeta.*</x:xmpmeta>", marked.read_bytes(), re.DOTALL)
            self.assertIn(ENHANCED.encode(), xmp)
            self.assertNotIn(b"xmpmeta", plain.read_bytes())
            self.assertEqual(digest_list(str(marked)), digest_list(str(plain)))

    def test_what_cannot_be_told_is_refused(self):
        clip = self.shop.clip("short", "scale=256:256", frames=3)
        told = self.folder / "told.json"
        for options, word in ((["--resume"], "parts"), (["--compare", "side"], "--compare"), (["--overlay", "time"], "--overlay")):
            for option in ("--provenance", "--c2pa-manifest"):
                self.assertIn(word, self.restore(clip, "never.mkv", option, told, *options, code=2))
        told.write_text("mine")
        self.assertIn("exists", self.restore(clip, "never.mkv", "--provenance", told, code=2))
        self.assertEqual(told.read_text(), "mine")
        self.assertFalse((self.folder / "never.mkv").exists())
        self.restore(clip, "new.mkv", "--provenance", told, "-y")
        self.assertEqual(read_json(told)["format"], "reelface provenance")


if __name__ == "__main__":
    PROGRAM = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=1)
