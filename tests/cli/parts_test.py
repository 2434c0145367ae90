#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A film made in parts is the film made in one run: the same pixels at the same times, the same copied packets.

    parts_test.py REELFACE [--slow] [names of films or tests]

The quick run makes the most awkward films (nothing restored) in three parts, and one film of faces; --slow makes all films
in 1, 2, 3 and 7 parts, short ones in as many as there are frames, with all encoders.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time

from face_clips import STILL, digest_list
from named_tests import passes
from part_checks import Program, compare_copied, compare_times, expect, media_of
from part_films import FACES, PLAIN, SHORT, make_film

LOSSLESS = ["-c:v", "ffv1"]


def check_film(program, folder, name, counts, lossless):
    container = "mov" if name == "turned" else "mkv"  # Matroska cannot say it
    film, options = make_film(name, folder)
    words = [*options, *lossless, *(["--model", "none"] if name in PLAIN else [])]
    whole = program.restore(film, os.path.join(folder, f"{name}_whole.{container}"), "-y", *words)
    digests = digest_list(whole)
    for count in counts:
        count = len(digests) if count == "frames" else count
        parts = os.path.join(folder, f"{name}_{count}_{container}.parts")
        output = os.path.join(folder, f"{name}_{count}.{container}")
        plan = program.plan(film, output, parts, "--parts", count, *words)
        expect(len(plan["parts"]) == min(count, len(digests)), f"{name}: {len(plan['parts'])} parts instead of {count}")
        program.make_parts(parts, len(plan["parts"]))
        program.run("join", parts)
        joined = digest_list(output)
        differing = [n for n, (a, b) in enumerate(zip(digests, joined)) if a != b]
        expect(len(joined) == len(digests), f"{name} in {count}: {len(joined)} frames instead of {len(digests)}")
        expect(not differing, f"{name} in {count}: frames {differing[:8]} are others; borders "
                              f"{[p['first_frame'] for p in plan['parts']]}")
        compare_times(whole, output)
        compare_copied(whole, output)
    if name in FACES or name in ("weaving", "grainy", "dusty"):
        expect(digest_list(film) != digests, f"{name}: nothing was restored")


def films_in_parts(program, folder, names, counts):
    for name in names:
        started = time.monotonic()
        check_film(program, folder, name, [*counts, "frames"] if name in SHORT else counts, LOSSLESS)
        print(f"      {name}: {time.monotonic() - started:.1f} s", flush=True)


def plain_films_in_parts(program, folder):
    films_in_parts(program, folder, ["open_groups", "variable_rate", "turned", "some_frames", "weaving", "grainy", "dusty", "faded"], [3])


def plain_films_in_all_parts(program, folder):
    films_in_parts(program, folder, PLAIN, [1, 2, 3, 7])


def faces_in_parts(program, folder):
    check_film(program, folder, "faces_come_and_go", [3], LOSSLESS)


def all_faces_in_parts(program, folder):
    films_in_parts(program, folder, FACES, [1, 2, 3, 7])


def x264_without_a_seam(program, folder):
    x264_films(program, folder, (("b_frames", "mp4", 4),))


def x264_films_without_a_seam(program, folder):
    x264_films(program, folder, (("b_frames", "mp4", 4), ("variable_rate", "mkv", 3), ("short", "mp4", 17)))


def x264_films(program, folder, films):
    """Lossy parts: every frame there once, at its time; the picture goes on across borders."""
    for name, container, count in films:
        film, _ = make_film(name, folder)
        words = ["--model", "none", "-c:v", "libx264", "--crf", "12", "--preset", "fast"]
        whole = program.restore(film, os.path.join(folder, f"{name}_x264.{container}"), "-y", *words)
        parts, output = os.path.join(folder, f"{name}_x264.parts"), os.path.join(folder, f"{name}_x264_joined.{container}")
        plan = program.plan(film, output, parts, "--parts", count, *words)
        program.make_parts(parts, len(plan["parts"]))
        program.run("join", parts)
        compare_times(whole, output, reordered=True)
        compare_copied(whole, output)
        worst = worst_likeness(film, output)
        expect(worst > 30, f"{name}: a frame of the joined film is unlike its original, PSNR {worst}")


def worst_likeness(film, output):
    """The lowest PSNR of any frame: one that is doubled or missing shows at once."""
    done = subprocess.run(["ffmpeg", "-v", "error", "-i", film, "-i", output, "-filter_complex",
                           "[0:v]setpts=N/TB[a];[1:v]setpts=N/TB[b];[a][b]psnr=stats_file=-", "-f", "null", "-"],
                          capture_output=True, text=True, timeout=120, check=True)
    values = [word.split(":")[1] for line in done.stdout.splitlines() for word in line.split() if word.startswith("psnr_avg:")]
    expect(values, "no frames were compared")
    return min(float(value) for value in values)


def one_codec(program, folder):
    codecs_and_containers(program, folder, (("libx265", "mkv"),))


def seven_codecs(program, folder):
    codecs_and_containers(program, folder, (("libx265", "mkv"), ("mpeg4", "avi"), ("mpeg2video", "ts"), ("libvpx-vp9", "webm"),
                                            ("prores_ks", "mov"), ("libx264", "ts"), ("libsvtav1", "mp4")))


def codecs_and_containers(program, folder, kinds):
    film, _ = make_film("b_frames", folder)
    for codec, container in kinds:
        words = ["--model", "none", "-c:v", codec, *(["--no-audio"] if container == "webm" else [])]
        words += ["--preset", "ultrafast"] if codec in ("libx264", "libx265") else []
        whole = program.restore(film, os.path.join(folder, f"codec_{codec}.{container}"), "-y", *words)
        parts = os.path.join(folder, f"codec_{codec}_{container}.parts")
        output = os.path.join(folder, f"codec_{codec}_joined.{container}")
        program.plan(film, output, parts, "--parts", 3, *words)
        program.make_parts(parts, 3)
        program.run("join", parts)
        times = [media_of(path).frame_times() for path in (whole, output)]
        expect(times[0] == times[1], f"{codec} in {container}: frames at other times")
        expect(not media_of(output).errors, f"{codec} in {container}: {media_of(output).errors[:200]}")
        expect(worst_likeness(film, output) > 25, f"{codec} in {container}: a frame is unlike its original")


def what_cannot_be_joined_is_told(program, folder):
    film, _ = make_film("b_frames", folder)
    output, parts = os.path.join(folder, "told.mkv"), os.path.join(folder, "told.parts")
    program.plan(film, output, parts, "--parts", 3, "--model", "none", *LOSSLESS)
    status = program.status(parts)
    expect((status["missing"], status["done"]) == (3, 0), f"fresh: {status}")
    program.run("part", parts, 1)
    expect("parts 0, 2" in program.run("join", parts, code=75).stderr, "missing parts are not named")
    program.make_parts(parts, 3)
    expect(program.status(parts)["done"] == 3, "not all done")
    # A bit that flipped on the disk is found, the part made again.
    path = os.path.join(parts, "part-00001")
    before = os.stat(path).st_mtime_ns
    program.run("part", parts, 1)
    expect(os.stat(path).st_mtime_ns == before, "a good part was made again")
    with open(path, "r+b") as file:
        file.seek(os.path.getsize(path) // 2)
        byte = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte[0] ^ 16]))
    expect("part 1: " in program.run("join", parts, code=75).stderr, "the damaged part is not named")
    expect(not os.path.exists(output), "an output was made of a damaged part")
    program.run("part", parts, 1)
    program.run("join", parts)
    expect(digest_list(output) == digest_list(film), "the film has changed")
    program.run("join", parts, code=2)  # the output exists
    program.run("join", parts, "-y")


def what_has_changed_is_told(program, folder):
    film, _ = make_film("late_sound", folder)
    own, output, parts = (os.path.join(folder, name) for name in ("changing.mp4", "changed.mkv", "changed.parts"))
    content = open(film, "rb").read()
    with open(own, "wb") as file:
        file.write(content)
    plan = program.plan(own, output, parts, "--parts", 2, "--model", "none", *LOSSLESS)
    program.run("plan", own, output, "--folder", parts, code=2)  # there is a plan already
    with open(own, "wb") as file:
        file.write(content + b"more")
    expect("has changed" in program.run("part", parts, 0, code=3).stderr, "a longer input was taken")
    with open(own, "wb") as file:
        file.write(content)
    program.make_parts(parts, 2)
    program.run("join", parts)
    with open(os.path.join(parts, "plan.json"), encoding="utf-8") as file:
        text = file.read()
    for change, what in (({"program": "9.9.9"}, "version"), ({"output": "/elsewhere.mkv"}, "changed"), ({"format": 7}, "version")):
        with open(os.path.join(parts, "plan.json"), "w", encoding="utf-8") as file:
            json.dump({**json.loads(text), **change}, file)
        expect(what in program.run("part", parts, 0, code=2).stderr, f"{change} was taken")
    expect(len(plan["parts"]) == 2, "two parts were asked for")


def a_change_in_the_middle_is_found(program, folder):
    """Head, tail and length are the same; the frames' own digests tell."""
    film = os.path.join(folder, "noise.mkv")
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc2=s=320x240:r=25:d=4,noise=alls=40:allf=t",
                    "-c:v", "ffv1", "-g", "1", "-slicecrc", "0", film], check=True, timeout=120)
    expect(os.path.getsize(film) > 4 << 20, "the film is too short for this test")
    output, parts = os.path.join(folder, "noise_out.mkv"), os.path.join(folder, "noise.parts")
    program.plan(film, output, parts, "--parts", 2, "--model", "none", *LOSSLESS)
    place = os.path.getsize(film) // 2 - 100_000
    with open(film, "r+b") as file:
        file.seek(place)
        bytes_there = file.read(64)
        file.seek(place)
        file.write(bytes(byte ^ 0x55 for byte in bytes_there))
    done = [subprocess.run([program.path, "part", parts, str(n)], capture_output=True, text=True, timeout=120) for n in (0, 1)]
    expect(any(d.returncode == 3 and "planned" in d.stderr for d in done), f"not found: {[d.stderr[-200:] for d in done]}")


def fixed_rates_are_refused(program, folder):
    film, _ = make_film("short", folder)
    for words in (["-b:v", "1M"], ["-e", "x264-params=vbv-maxrate=500"]):
        refused = program.run("plan", film, os.path.join(folder, "rate.mkv"), "--folder", os.path.join(folder, "rate"),
                              "-c:v", "libx264", *words, code=2)
        expect("--crf" in refused.stderr, f"no advice: {refused.stderr}")


def people_by_photo_need_tracks(program, folder):
    """A face is recognised where it is first seen, which may be in another part."""
    film, _ = make_film("short", folder)
    refused = program.run("plan", film, os.path.join(folder, "who.mkv"), "--folder", os.path.join(folder, "who"),
                          "--face-selector-mode", "reference", "--reference-face", STILL, code=2)
    expect("analyze --tracks" in refused.stderr, f"no advice: {refused.stderr}")
    expect(not os.path.exists(os.path.join(folder, "who")), "a folder was made")


def what_it_costs_is_estimated(program, folder):
    film, _ = make_film("b_frames", folder)
    parts = os.path.join(folder, "cost.parts")
    told = program.run("plan", film, os.path.join(folder, "cost.mkv"), "--folder", parts, "--parts", 2, "--estimate", *LOSSLESS)
    cost = re.search(r"^cost: +about (\d+) (s|min) of one machine like this \(cpu\), 2 parts of (\d+) (s|min); (\d+) s of each",
                     told.stdout, re.MULTILINE)
    expect(cost, f"no estimate: {told.stdout}")
    expect(sorted(os.listdir(parts)) == ["film.index", "plan.json"], f"left over: {os.listdir(parts)}")


def two_workers_make_the_same_part(program, folder):
    film, _ = make_film("b_frames", folder)
    output, parts = os.path.join(folder, "both.mkv"), os.path.join(folder, "both.parts")
    program.plan(film, output, parts, "--parts", 2, "--model", "none", *LOSSLESS)
    workers = [subprocess.Popen([program.path, "part", parts, str(n % 2), "--progress", "none"]) for n in range(4)]
    expect([worker.wait(120) for worker in workers] == [0] * 4, "a worker failed")
    expect(sorted(name for name in os.listdir(parts) if "." in name and not name.startswith(("plan", "film"))) == [],
           f"left over: {os.listdir(parts)}")
    program.run("join", parts)
    expect(digest_list(output) == digest_list(film), "the film has changed")


def a_full_disk_is_told(program, folder):
    film, _ = make_film("b_frames", folder)
    output, parts = os.path.join(folder, "full.mkv"), os.path.join(folder, "full.parts")
    program.plan(film, output, parts, "--parts", 2, "--model", "none", *LOSSLESS)
    limited = subprocess.run(["bash", "-c", 'ulimit -f 100; exec "$0" part "$1" 0', program.path, parts],
                             capture_output=True, text=True, timeout=120)
    expect(limited.returncode == 4, f"exit {limited.returncode}: {limited.stderr}")
    status = program.status(parts)
    expect(status["failed"] == 1 and status["parts"][0]["reason"], f"the failure is not told: {status}")
    expect(not os.path.exists(os.path.join(parts, "part-00000")), "a broken part was published")
    program.make_parts(parts, 2)
    expect(program.status(parts)["failed"] == 0, "the failure is told after it was mended")
    program.run("join", parts)


QUICK = [plain_films_in_parts, x264_without_a_seam, one_codec, what_cannot_be_joined_is_told, what_has_changed_is_told,
         a_change_in_the_middle_is_found, fixed_rates_are_refused, people_by_photo_need_tracks,
         what_it_costs_is_estimated, two_workers_make_the_same_part, a_full_disk_is_told, faces_in_parts]
SLOW = [plain_films_in_all_parts, x264_films_without_a_seam, seven_codecs, all_faces_in_parts]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--slow", action="store_true")
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    unknown = set(arguments.names) - {test.__name__ for test in QUICK + SLOW} - {*PLAIN, *FACES}
    if unknown:
        parser.error(f"no test and no film is called {', '.join(sorted(unknown))}")
    program, failures = Program(arguments.program), 0
    with tempfile.TemporaryDirectory() as folder:
        tests = [test for test in QUICK + SLOW if test.__name__ in arguments.names]
        films = [name for name in arguments.names if name in PLAIN or name in FACES]
        for test in tests or ([] if films else SLOW if arguments.slow else QUICK):
            failures += not passes(test.__name__, lambda: test(program, folder))
        for name in films:
            failures += not passes(name, lambda: films_in_parts(program, folder, [name], [2, 3, 7]))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
