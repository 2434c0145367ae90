#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Who is who: people told apart, found again by photo, and left alone, in films in which it is known who is seen where.

people_test.py REELFACE [--portraits FOLDER] [--keep FOLDER] [names of tests]. With a folder of portraits, the tests that need many
people; without, those that do with one face.
"""
import argparse
import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile

from face_clips import Workshop, coded_planes, digest_list, run, samples_outside
from named_tests import failures_of
from people_scenes import find_portraits, gallery_shots, make_film, who_is

CRF = ("-c:v", "libx264", "-preset", "veryfast", "-crf", 32)


def expect(truth, message):
    if not truth:
        raise AssertionError(message)


class People(Workshop):
    def __init__(self, program, folder, portraits):
        super().__init__(program, folder, slow=False)
        self.portrait_folder = portraits
        self.known = None

    def portraits(self, count):
        if self.known is None:
            self.known = find_portraits(self.program, sorted(glob.glob(os.path.join(self.portrait_folder, "*.jpg")))[:16])
        return self.known[:count]

    def tracks_of(self, film, *words):
        path = self.path(os.path.basename(film) + ".tracks.json")
        analysis = json.loads(run([self.program, "analyze", film, "--tracks", path, "-y", *words]))
        return analysis, path

    def must_fail(self, *words):
        result = subprocess.run([self.program, *map(str, words)], stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
        expect(result.returncode == 2, f"{' '.join(map(str, words))} ended with {result.returncode}")
        return result.stderr.decode()


def sorted_out(analysis, places):
    """(tracks that are somebody's, people merged, people split) by what is known of the film."""
    groups, missing = {}, 0
    for track in analysis["tracks"]:
        place = who_is(track, places)
        if not place:
            continue
        if track["person"] == 0:
            missing += 1
        groups.setdefault(track["person"], set()).add(place.name)
    merged = [names for person, names in groups.items() if person and len(names) > 1]
    people = {}
    for person, names in groups.items():
        for name in names:
            people.setdefault(name, set()).add(person)
    split = sum(len(ids) - 1 for ids in people.values())
    return sum(1 for track in analysis["tracks"] if who_is(track, places)), merged, split, missing


def people_are_told_apart(shop):
    """At least 12 people, 30 tracks, three sizes, cuts; blur, noise, crf 32; also after restoring."""
    people = shop.portraits(12)
    shots = gallery_shots(len(people), (48, 64, 96))
    wrong = []
    for name, codec in (("clear", ("-c:v", "ffv1")), ("crf32", CRF)):
        film, places = make_film(shop.folder_path, "gallery_" + name, people, shots, codec=codec)
        films = [film] + ([shop.restore(film)] if name == "crf32" else [])
        for version in films:
            analysis, _ = shop.tracks_of(version)
            tracks, merged, split, missing = sorted_out(analysis, places)
            print(f"  {os.path.basename(version)}: {len(places)} places, {tracks} tracks, {len(analysis['people'])} people, "
                  f"{len(merged)} merged {merged}, {split} split, {missing} without a person")
            if tracks < 30 or merged or split > 1:
                wrong.append(os.path.basename(version))
    expect(not wrong, f"not told apart: {wrong}")


def people_in_tracks(analysis, places):
    """The names in every track that is several people's, by all of its faces."""
    mixed = []
    for track in analysis["tracks"]:
        seen = [who_is({"faces": [face]}, places) for face in track["faces"]]
        names = {place.name for place in seen if place}
        mixed += [sorted(names)] if len(names) > 1 else []
    return mixed


def wanted_tracks(report, analysis, places):
    """By name: how many of its tracks were restored, and how many there are."""
    restored = {track["id"]: track["restored"] for track in report["tracks"]}
    counts = {}
    for track in analysis["tracks"]:
        place = who_is(track, places)
        if not place:
            continue
        done, all_ = counts.get(place.name, (0, 0))
        counts[place.name] = (done + (1 if restored.get(track["id"], 0) > 0 else 0), all_ + 1)
    return counts


def a_photo_selects_its_person(shop):
    """Right tracks at every size from 64 px on, 95 % from 40 px on, wrong ones never; streaming and from tracks."""
    people = shop.portraits(12)
    for sizes, least in (((64, 96), 1.0), ((40, 48), 0.95)):
        right = all_ = 0
        film, places = make_film(shop.folder_path, f"choice_{sizes[0]}", people, gallery_shots(len(people), sizes), codec=CRF)
        analysis, tracks = shop.tracks_of(film)
        for words in ([], ["--tracks", tracks]):
            for person in people:
                report_path = shop.path("report.json")
                shop.restore(film, "-m", "identity", "--face-selector-mode", "reference", "--reference-face", person.path, "--report",
                             report_path, *words)
                with open(report_path, encoding="utf-8") as file:
                    counts = wanted_tracks(json.load(file), analysis, places)
                wrong = {name: done for name, (done, _) in counts.items() if done and name != person.name}
                expect(not wrong, f"{person.name} {words[:1]}: restored {wrong}")
                done, there = counts.get(person.name, (0, 0))
                if done < there:
                    print(f"  {person.name} at {sizes} {words[:1]}: {done} of {there}")
                right, all_ = right + done, all_ + there
        print(f"  {sizes}: {right} of {all_} right tracks")
        expect(right >= least * all_, f"{sizes} px: {right} of {all_} tracks")


def a_cut_shows_in_the_faces(shop):
    """Shots before the same flat ground, everybody in the same places and small: no track goes on as somebody else."""
    people = shop.portraits(12)
    for size in (32, 40):
        shots = gallery_shots(len(people), (size, size))
        film, places = make_film(shop.folder_path, f"flat_{size}", people, shots, codec=CRF, ground="0x68707a")
        analysis, _ = shop.tracks_of(film, "--no-people")
        found = {shot["first_frame"] for shot in analysis["shots"]} - {0}
        cuts = set(range(20, 20 * len(shots), 20))
        mixed = people_in_tracks(analysis, places)
        print(f"  {size} px: {len(found & cuts)} of {len(cuts)} cuts, {len(found - cuts)} elsewhere, tracks of several: {mixed}")
        expect(found == cuts and not mixed, f"{size} px: cuts at {sorted(found)}, tracks of several people: {mixed}")


def strangers_are_left_alone(shop):
    """Who was not asked for is bit-equal to the source."""
    people = shop.portraits(3)
    film, places = make_film(shop.folder_path, "strangers", people, [((0, 1, 2), 90, 2)], frames=16)
    analysis, tracks = shop.tracks_of(film)
    chosen = places[1]
    ids = {who_is(track, places).name: track["person"] for track in analysis["tracks"] if who_is(track, places)}
    expect(len(ids) == 3, f"{len(ids)} people")
    ways = {"photo": ["--face-selector-mode", "reference", "--reference-face", people[1].path],
            "photo and tracks": ["--face-selector-mode", "reference", "--reference-face", people[1].path, "--tracks", tracks],
            "only": ["--tracks", tracks, "--only-person", ids[chosen.name]],
            "except": ["--tracks", tracks, "--except-person", ids[places[0].name], "--except-person", ids[places[2].name]]}
    results = {}
    for name, words in ways.items():
        result = shop.restore(film, *words)
        results[name] = digest_list(result)
        for frame in (0, 9):
            changed = False
            for before, after in zip(coded_planes(film, frame), coded_planes(result, frame)):
                one, other = samples_outside(before, after, [(chosen.left, 0, chosen.right - 1, 360)])
                expect(one == other, f"{name}: a stranger has changed in frame {frame}")
                changed |= before.samples != after.samples
            expect(changed, f"{name}: nobody was restored in frame {frame}")
    expect(results["only"] == results["except"] == results["photo and tracks"], "the ways differ")
    expect(digest_list(shop.restore(film, "--tracks", tracks, "--only-person", 1, "--except-person", 1)) == digest_list(film),
           "nobody was asked for, and yet somebody was restored")


def tracks_give_the_same_pixels(shop):
    """A run that starts from tracks finds nothing itself and gives the same samples; also in a range, for its faces."""
    clip = shop.clip("tracked", shop.slow_motion, frames=30, around=64)
    analysis, tracks = shop.tracks_of(clip)
    expect(analysis["people"] and analysis["tracks"][0]["person"] == 1, "nobody was found")
    found, replayed = digest_list(shop.restore(clip)), digest_list(shop.restore(clip, "--tracks", tracks))
    expect(found == replayed, "another result with --tracks")
    expect(found != digest_list(clip), "nothing was restored")
    expect(digest_list(shop.restore(clip, "--tracks", tracks, "--serial")) == found, "another result with --serial")
    report = shop.path("report.json")
    shop.restore(clip, "--tracks", tracks, "--report", report, "--frames", "10:20")
    with open(report, encoding="utf-8") as file:
        part = json.load(file)
    expect(part["tracks"][0]["frames"] == 10, "the range has other faces")
    steps = [stage["name"] for stage in part["run"]["stages"]]
    expect("restore" in steps and "detect" not in steps, f"faces were looked for: {steps}")


def nonsense_is_refused(shop):
    clip = shop.clip("small", "scale=256:256", frames=3)
    other = shop.clip("other", "scale=320:320", frames=3)
    _, tracks = shop.tracks_of(clip)
    out = shop.path("never.mkv")
    for words, said in ((["--reference-face", clip], "--face-selector-mode reference"),
                        (["--face-selector-mode", "reference"], "photo"), (["--only-person", "1"], "--tracks"),
                        (["--tracks", tracks, "--only-person", "99"], "person 99"), (["--identity-limit", "0"], "--identity-limit"),
                        (["--tracks", clip], "tracks"), (["--tracks", tracks, "--reference-face-distance", "9"], "distance")):
        message = shop.must_fail("restore", clip, out, *words)
        expect(said in message, f"{words}: {message}")
    expect("another film" in shop.must_fail("restore", other, out, "--tracks", tracks), "tracks of another film are taken")
    blank = shop.landscape("blank", 1)
    message = shop.must_fail("restore", clip, out, "--face-selector-mode", "reference", "--reference-face", blank)
    expect("no face" in message, message)
    expect(not os.path.exists(out), "an output in spite of all")


def check_in_browser(shop, page):
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        print("  NOT TESTED IN A BROWSER: chromium and chromium-driver are not installed")
        return
    checker = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../unit/report/check_in_browser.py")
    run([sys.executable, "-B", checker, page, os.environ.get("REELFACE_SCREENSHOTS", shop.path("pictures")), "--any"])


def the_page_shows_everybody(shop):
    clip = shop.clip("page", "null", frames=8)
    page = shop.path("people.html")
    analysis = json.loads(run([shop.program, "analyze", clip, "--people", page]))
    with open(page, encoding="utf-8") as file:
        html = file.read()
    expect(len(analysis["people"]) == 1 and analysis["people"][0]["frames"] == 8, f"{analysis['people']}")
    expect("Person 1" in html and "--only-person 1" in html and "image/jpeg" in html, "the page lacks the person")
    expect("http" not in html.replace("http-equiv", "").replace("http://www.w3.org", ""), "the page points elsewhere")
    check_in_browser(shop, page)
    nobody = json.loads(run([shop.program, "analyze", clip, "--no-people"]))
    expect(not nobody["people"], "people in spite of --no-people")


NEED_NOTHING = [tracks_give_the_same_pixels, nonsense_is_refused, the_page_shows_everybody]
NEED_PORTRAITS = [people_are_told_apart, a_cut_shows_in_the_faces, a_photo_selects_its_person, strangers_are_left_alone]
SKIPPED = 77


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--portraits")
    parser.add_argument("--keep", help="leave the films in this folder")
    parser.add_argument("names", nargs="*")
    options = parser.parse_intermixed_args()
    if options.portraits and not os.path.isdir(options.portraits):
        print(f"SKIPPED: there is no {options.portraits}")
        return SKIPPED
    tests = NEED_PORTRAITS if options.portraits else NEED_NOTHING
    with tempfile.TemporaryDirectory() as temporary:
        shop = People(options.program, options.keep or temporary, options.portraits)
        return 1 if failures_of(tests, options.names, shop) else 0


if __name__ == "__main__":
    sys.exit(main())
