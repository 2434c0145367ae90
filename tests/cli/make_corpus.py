#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Generates the media every conformance test runs on, and a manifest of what is to be expected of each file.

    make_corpus.py FOLDER [--reuse]

Needs the ffmpeg program only. The same ffmpeg build gives the same bytes each time; with --reuse a folder that this
script and this ffmpeg have made before is left as it is. Traits in the manifest:

  quick                  part of the short run
  vfr                    frames are not evenly spaced
  no_stamps              the file has no usable presentation stamps: evenly spaced ones are expected
  segments               stamps jump back or repeat: repaired, strictly rising ones are expected
  size_change            later frames have another size than the first
  adts                   AAC packets carry their own header, which other containers take off
  rotated, interlaced, hdr, odd_size, palette, alpha_lost_by_ffprobe, timecode, bad_tags: as they say
  image, sequence        a picture; numbered pictures
  may_be_degraded        the report may call it damaged or not
  name, dash, pipe       how the file is given; `may_refuse`: exit code 3 is as good as a full result
"""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from corpus import damage_recipes, format_recipes, picture_recipes, stream_recipes, time_recipes
from corpus.builder import INGREDIENT_ORDER, Builder

FAMILIES = [time_recipes, picture_recipes, format_recipes, stream_recipes, damage_recipes]
MANIFEST = "manifest.json"


def made_by():
    """Changes with the recipes and with the ffmpeg that follows them."""
    digest = hashlib.sha256(subprocess.run(["ffmpeg", "-version"], capture_output=True, check=True).stdout)
    for path in sorted([Path(__file__), *(Path(__file__).parent / "corpus").glob("*.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_up_to_date(folder):
    manifest = Path(folder) / MANIFEST
    return manifest.exists() and json.loads(manifest.read_text(encoding="ascii")).get("made_by") == made_by()


def make_corpus(folder, workers=2):
    folder = Path(folder)
    shutil.rmtree(folder / "pictures", ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    builder = Builder(folder)
    for ingredient in INGREDIENT_ORDER:
        builder.shared(ingredient)
    recipes = [recipe for family in FAMILIES for recipe in family.RECIPES]
    with ThreadPoolExecutor(workers) as pool:
        cases = [case for made in pool.map(lambda recipe: list(recipe(builder)), recipes) for case in made]
    names = [case.name for case in cases]
    assert len(names) == len(set(names)), "two cases share a name"
    # Surrogates stand for bytes that are not UTF-8; as ASCII escapes they survive JSON.
    text = json.dumps({"made_by": made_by(), "cases": [case.as_json() for case in cases]}, indent=1, ensure_ascii=True)
    (folder / MANIFEST).write_text(text, encoding="ascii")
    return cases


def main():
    parser = argparse.ArgumentParser(description="Generates the test media.")
    parser.add_argument("folder")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--reuse", action="store_true")
    options = parser.parse_args()
    if options.reuse and is_up_to_date(options.folder):
        print("the corpus is up to date")
        return 0
    start = time.monotonic()
    cases = make_corpus(options.folder, options.workers)
    print(f"{len(cases)} cases in {time.monotonic() - start:.1f} s, described in {options.folder}/{MANIFEST}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
