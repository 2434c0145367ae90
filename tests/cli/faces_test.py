#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Restores faces in clips made of the project's own still, and has ffmpeg judge the results.

faces_test.py REELFACE [--slow] [names of tests]. Each test says what it proves; one that fails says what it saw.
"""
import argparse
import math
import os
import sys
import tempfile

from face_clips import Workshop, coded_planes, digest_list, face_regions, moved_by, samples_outside
from named_tests import failures_of

FORMATS = ["yuv420p", "yuv422p", "yuv444p", "yuvj420p", "yuv420p10le", "yuv422p10le", "yuv444p10le", "yuv420p12le",
           "gray", "gray10le", "gbrp", "yuv444p12le"]


def expect(truth, message):
    if not truth:
        raise AssertionError(message)


def restored_tracks(analysis):
    """Those that are large enough to be restored, --min-face being 24."""
    return [track for track in analysis["tracks"] if max(face["size"] for face in track["faces"]) >= 20]


def a_frozen_clip_stays_frozen(shop):
    clip = shop.clip("frozen", "null", frames=60)
    result = shop.restore(clip)
    before, after = digest_list(clip), digest_list(result)
    expect(len(after) == 60, f"60 frames became {len(after)}")
    expect(len(set(after)) == 1, f"identical frames became {len(set(after))} different ones")
    expect(after[0] != before[0], "the face was not restored at all")


def the_identity_changes_no_sample(shop):
    for pixel_format in FORMATS:
        clip = shop.clip("identity_" + pixel_format, shop.slow_motion, frames=5, pixel_format=pixel_format)
        result = shop.restore(clip, "-m", "identity")
        expect(digest_list(result) == digest_list(clip), f"{pixel_format}: samples have changed")


def nothing_outside_the_faces_changes(shop):
    for pixel_format in FORMATS:
        clip = shop.clip("outside_" + pixel_format, "null", frames=2, pixel_format=pixel_format, around=96)
        result = shop.restore(clip)
        expect(shop.facts(result)["pix_fmt"] == shop.facts(clip)["pix_fmt"], f"{pixel_format} became another format")
        regions = face_regions(shop.analyze(clip), 0)
        changed_inside = False
        for before, after in zip(coded_planes(clip, 0), coded_planes(result, 0)):
            one, other = samples_outside(before, after, regions)
            expect(any(one) and one == other, f"{pixel_format}: a sample outside the face has changed")
            changed_inside |= before.samples != after.samples
        expect(changed_inside, f"{pixel_format}: the face was not restored")


def cuts_let_nothing_through(shop):
    first = shop.clip("first_shot", shop.slow_motion, frames=24)
    second = shop.clip("second_shot", "hflip,eq=brightness=0.12:contrast=0.8", frames=12, around=40)
    alone = None
    positions = range(3, 23) if shop.slow else (3, 8, 13, 17, 22)
    for position in positions:
        joined = shop.joined(f"cut_{position}", first, position, second)
        if not alone:  # cut out of this very film, so that it carries the same tags of colour
            alone = digest_list(shop.restore(shop.filtered("alone", joined, f"trim=start_frame={position},setpts=N/25/TB")))
        analysis = shop.analyze(joined)
        starts = [shot["first_frame"] for shot in analysis["shots"]]
        expect(starts == [0, position], f"cut at {position}: shots start at {starts}")
        ids = [{track["id"] for track in analysis["tracks"] if track["shot"] == shot} for shot in (0, 1)]
        expect(ids[0] and ids[1] and not ids[0] & ids[1], f"cut at {position}: tracks {ids[0]} and {ids[1]}")
        expect(digest_list(shop.restore(joined))[position:] == alone, f"cut at {position}: the second shot knows the first")


def flashes_and_pans_are_no_cuts(shop):
    flash = shop.clip("flash", "eq=brightness='if(eq(n,9),0.6,0)':eval=frame", frames=20)
    pan = shop.clip("pan", "crop=iw-160:ih-160:x='8*n':y=40", frames=20)
    for clip in (flash, pan):
        shots = shop.analyze(clip)["shots"]
        expect(len(shots) == 1, f"{os.path.basename(clip)} has {len(shots)} shots")


def grey_stays_grey(shop):
    clip = shop.clip("grey", "format=gray,format=yuv420p", frames=4)
    before, after = coded_planes(clip, 0), coded_planes(shop.restore(clip), 0)
    expect(before[0].samples != after[0].samples, "the face was not restored")
    for plane in (1, 2):
        expect(set(after[plane].samples) == {128}, "chroma is no longer neutral")


def a_turned_video_is_restored_where_the_face_is(shop):
    upright = shop.clip("upright", "null", frames=6, around=64)
    turned = shop.turned("turned", upright)
    analysis = shop.analyze(turned)
    restored = shop.restore(turned, "-c:v", "libx264", "--preset", "ultrafast", "-e", "qp=0", output="turned_restored.mp4")
    surest = analysis["tracks"][0]
    expect(len(surest["faces"]) == 6, f"the face was seen in {len(surest['faces'])} of 6 frames")
    regions = face_regions(analysis, 0)
    expected = face_regions(shop.analyze(upright), 0)[0]
    expect(all(abs(one - other) < 12 for one, other in zip(expected, regions[0])),
           f"face at {regions[0]}, expected at {expected}")
    before, after = coded_planes(turned, 0, upright=True)[0], coded_planes(restored, 0, upright=True)[0]
    expect(before.samples != after.samples, "the face was not restored")
    one, other = samples_outside(before, after, regions)
    expect(any(one) and one == other, "samples outside the face have changed")


def nothing_to_do_changes_nothing(shop):
    clip = shop.clip("strength", shop.slow_motion, frames=6)
    expect(digest_list(shop.restore(clip, "--strength", "0")) == digest_list(clip), "--strength 0 has changed samples")
    empty = shop.landscape("landscape", frames=20)
    expect(not restored_tracks(shop.analyze(empty)), "faces were seen where there are none")
    expect(digest_list(shop.restore(empty)) == digest_list(empty), "frames without faces have changed")


def every_way_gives_the_same_bytes(shop):
    clip = shop.clip("same", shop.slow_motion, frames=21)
    digests = {name: digest_list(shop.restore(clip, *words)) for name, words in
               {"graph": [], "again": [], "serial": ["--serial"], "one thread": ["--threads", "1"]}.items()}
    expect(len(digests["graph"]) == 21, f"21 frames became {len(digests['graph'])}")
    for name, digest in digests.items():
        expect(digest == digests["graph"], f"{name} gives other samples than graph")


def two_devices_give_the_same_bytes(shop):
    """Two workers on the CPU stand in for two graphics cards."""
    clip = shop.clip("devices", shop.slow_motion, frames=40)
    one, two = (shop.restore(clip, "--device", devices, "--precision", "fp32") for devices in ("cpu", "cpu,cpu"))
    expect(digest_list(one) == digest_list(two), "the number of devices decides about pixels")
    expect(digest_list(one) != digest_list(clip), "nothing was restored")


def slow_motion_is_steady(shop):
    clip = shop.clip("steady", shop.slow_motion, frames=50, noise=6)
    tracks = restored_tracks(shop.analyze(clip))
    expect(len(tracks) == 1 and len(tracks[0]["faces"]) == 50, f"{len(tracks)} tracks")
    before, after = tracks[0]["jitter_before_percent"], tracks[0]["jitter_after_percent"]
    expect(before > 0 and after <= 0.15 * before, f"jitter {before} % became {after} %")


def without_steadying_a_frame_stands_alone(shop):
    clip = shop.clip("alone", shop.slow_motion, frames=20, noise=6)
    other = shop.filtered("other_from_10", clip, "noise=alls=12:allf=t:all_seed=9:enable='gte(n,10)'")
    for words, is_alone in ((["--temporal", "off"], True), ([], False)):
        one, two = (digest_list(shop.restore(source, *words)) for source in (clip, other))
        expect(one[9] != digest_list(clip)[9], "frame 9 was not restored")
        expect(one[10] != two[10], "the clips do not differ from frame 10 on")
        expect((one[:10] == two[:10]) == is_alone, f"{words}: what is before frame 10 {'knows' if is_alone else 'does not know'} it")


def nine_tiles_are_nine_tracks(shop):
    tracks = restored_tracks(shop.analyze(shop.gallery("gallery", frames=25)))
    expect(len(tracks) == 9, f"{len(tracks)} tracks")
    homes = set()
    for track in tracks:
        tiles = {(int((face["box"][0] + face["box"][2] / 2) // 256), int((face["box"][1] + face["box"][3] / 2) // 256))
                 for face in track["faces"]}
        expect(len(tiles) == 1, f"track {track['id']} wanders from tile to tile: {tiles}")
        expect(len(track["faces"]) == 25, f"track {track['id']} has {len(track['faces'])} of 25 frames")
        homes |= tiles
    expect(len(homes) == 9, "two tracks share a tile")


def small_faces_are_found_where_asked_for(shop):
    """In 1920x1080 a face of 20 px is 7 px in the copy of 640 that is enough for large ones."""
    places, clip = shop.crowd("crowd", 1920, 1080, size=20, frames=4)
    shares = {}
    for min_face in (20, 96):
        analysis = shop.analyze(clip, "--no-people", "--min-face", min_face)
        middles = [(face["frame"], face["box"][0] + face["box"][2] / 2, face["box"][1] + face["box"][3] / 2)
                   for track in analysis["tracks"] for face in track["faces"]]
        seen = {(place, frame) for place in places for frame, x, y in middles if math.dist(place, (x, y)) < 10}
        shares[min_face] = len(seen) / len(places) / 4
        expect(len(middles) == len(seen), f"{len(middles) - len(seen)} faces where none is")
    print(f"  found: {shares}")
    expect(shares[20] >= 0.97, f"{shares[20]:.2f} of the faces were found")
    expect(shares[96] < 0.5, "the faces are too large for this test")


def stills_and_folders(shop):
    photo = shop.still("photo.png")
    result = shop.restore(photo, output="restored.png")
    expect(shop.facts(result)["width"] == 512, "the picture has another size")
    expect(digest_list(result) != digest_list(photo), "the face of the photograph was not restored")
    folder = shop.folder_of_stills("album", 3)
    restored = shop.restore(folder, output="album_restored/%02d.png")
    names = sorted(os.listdir(os.path.dirname(restored)))
    expect(len(names) == 3, f"3 pictures became {names}")
    aligned = shop.restore(photo, "--aligned", output="aligned.png")
    expect((shop.facts(aligned)["width"], shop.facts(aligned)["height"]) == (512, 512), "an aligned crop keeps its size")
    expect(digest_list(aligned) != digest_list(photo), "the aligned crop was not restored")


def enlarging_moves_nothing(shop):
    clip = shop.clip("enlarge", "null", frames=2, around=160)
    result = shop.restore(clip, "--upscale", "2", "--upscaler", "lanczos")
    before, after = shop.facts(clip), shop.facts(result)
    expect((after["width"], after["height"]) == (2 * before["width"], 2 * before["height"]), f"{after}")
    # The background's corner, away from the face; enlarged it must lie where ffmpeg's own exact enlargement has it.
    reference = shop.filtered("reference", clip, "scale=2*iw:2*ih:flags=lanczos+accurate_rnd")
    shift = moved_by(coded_planes(reference, 0)[0], coded_planes(result, 0)[0], side=200)
    expect(max(map(abs, shift)) < 0.05, f"the background has moved by {shift} pixels")


TESTS = [a_frozen_clip_stays_frozen, the_identity_changes_no_sample, nothing_outside_the_faces_changes, cuts_let_nothing_through,
         flashes_and_pans_are_no_cuts, grey_stays_grey, a_turned_video_is_restored_where_the_face_is,
         nothing_to_do_changes_nothing, every_way_gives_the_same_bytes, two_devices_give_the_same_bytes, slow_motion_is_steady,
         without_steadying_a_frame_stands_alone, nine_tiles_are_nine_tracks, small_faces_are_found_where_asked_for,
         stills_and_folders, enlarging_moves_nothing]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--slow", action="store_true", help="20 cut positions instead of 5")
    parser.add_argument("--keep", help="leave the clips in this folder")
    parser.add_argument("names", nargs="*")
    options = parser.parse_intermixed_args()
    with tempfile.TemporaryDirectory() as temporary:
        shop = Workshop(options.program, options.keep or temporary, options.slow)
        return 1 if failures_of(TESTS, options.names, shop) else 0


if __name__ == "__main__":
    sys.exit(main())
