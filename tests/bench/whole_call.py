#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A recorded call as people have them, drawn with its truth, and what `--for call` makes of it.

    whole_call.py BUILD_FOLDER [--seconds N] [--keep FOLDER] [--check]

The recording: two cameras at 640x360; four at 1280x720; a slide with a camera on it; nine cameras at 960x540; a speaker beside three small tiles,
then another one; a telephone held upright, 360x640; four cameras in bad light. Cameras see portraits and talking clips of ../shared, worn by noise
and few lines. Every scene is from x264 at 150 to 600 kbit/s; the line stalls, and in one scene frames are missing. The truth is the same call of
clean cameras in good light, brought onto the same canvas by the program without restoring anything. It prints
  layout   share of the frames whose tiles are found (90 % of the area in common), changes found to two frames, and changes that are none
  screens  samples of the shared screen that are those of the input
  faces    PSNR of luma over all faces of the clean call, before and after, with --light off where light is good; identity: mean distance of the
           descriptor to the clean camera
  skin     error of the median luma of faces, of 255, in bad light and in good
  films    layouts found in the clips of ../shared, which have none
--check ends with 1 unless at least 95 % of the changes are found, none is invented, screens are untouched, faces gain and keep their identity,
and in bad light the error of the skin is halved.
"""
import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

import numpy

from called import luma_of, psnr_of, run

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))
from screens_test import SLIDE, drawn  # noqa: E402  pylint: disable=wrong-import-position

SHARED = Path(os.environ.get("REELFACE_SHARED", Path(__file__).resolve().parents[3] / "shared"))
RATE = 15
WORN = "scale=iw/2:ih/2:flags=area,gblur=sigma=0.6,scale=2*iw:2*ih:flags=bicubic,noise=alls=7:allf=t:all_seed={seed}"
BAD_LIGHT = "lutyuv=y='16+(val-16)*0.45':u='128+(val-128)*0.5':v='128+(val-128)*0.5'"
STALLS = "select='not(between(mod(n\\,11)\\,4\\,5))',fps=15"
GAPS = "select='not(between(mod(n\\,13)\\,6\\,8))'"
CANVAS = (1280, 720)


def gallery(size, across, down):
    """Places in rows, with ground between them; of even sides."""
    gap = size[0] // 160 * 2
    width, height = ((size[i] - gap * (count + 1)) // count // 2 * 2 for i, count in enumerate((across, down)))
    return [(gap + (width + gap) * (i % across), gap + (height + gap) * (i // across), width, height) for i in range(across * down)]


class Scene:
    """Cameras in their places, on a dark ground or a page."""

    def __init__(self, name, size, places, cameras, kbits, page=None, is_dim=False, timing=STALLS):
        self.name, self.size, self.places, self.cameras, self.kbits = name, size, places, cameras, kbits
        self.page, self.is_dim, self.timing = page, is_dim, timing

    def camera(self, number, is_worn):
        _, _, width, height = self.places[number]
        sway = (f"fps={RATE},scale={int(width * 1.15)}:{int(height * 1.15)}:force_original_aspect_ratio=increase,"
                f"crop={width}:{height}:'(iw-ow)/2+{width / 80:.1f}*sin(n/{6 + number})':'(ih-oh)/3+{height / 90:.1f}*cos(n/{7 + number})',setsar=1")
        light = BAD_LIGHT + "," if self.is_dim else ""
        return f"[{number}:v]{sway}" + (f",{light}{WORN.format(seed=number + 3)}" if is_worn else "")

    def draw(self, path, seconds, is_worn):
        inputs, parts = [], []
        for camera in self.cameras:
            inputs += (["-loop", 1, "-framerate", RATE] if camera.suffix == ".jpg" else ["-stream_loop", -1]) + ["-i", camera]
        if self.page:
            inputs += ["-loop", 1, "-framerate", RATE, "-i", self.page]
            parts.append(f"[{len(self.cameras)}:v]setsar=1,format=yuv420p[c0]")
        else:
            parts.append(f"color=0x181818:s={self.size[0]}x{self.size[1]}:r={RATE},format=yuv420p[c0]")
        for number, place in enumerate(self.places):
            parts.append(self.camera(number, is_worn) + f"[t{number}]")
            parts.append(f"[c{number}][t{number}]overlay={place[0]}:{place[1]}[c{number + 1}]")
        parts.append(f"[c{len(self.places)}]{self.timing},trim=end={seconds}[out]")
        how = ["-preset", "veryfast", "-b:v", f"{self.kbits}k"] if is_worn else ["-preset", "ultrafast", "-qp", 0]
        run("ffmpeg", "-y", "-v", "error", *inputs, "-filter_complex", ";".join(parts), "-map", "[out]", "-t", seconds, "-fps_mode", "passthrough",
            "-c:v", "libx264", *how, "-pix_fmt", "yuv420p", path)

    def tiles(self):
        """Where the places are on the canvas; none where the picture is one camera's."""
        if len(self.places) == 1 and not self.page:
            return []
        scale = min(CANVAS[i] / self.size[i] for i in (0, 1))
        left, top = ((CANVAS[i] - scale * self.size[i]) / 2 for i in (0, 1))
        return [(left + scale * x, top + scale * y, scale * w, scale * h) for x, y, w, h in self.places]


def scenes_of(folder):
    portraits = sorted((SHARED / "portraits").glob("*.jpg"))[:12]
    talks = [SHARED / "clips" / name for name in ("talk_512_25fps_audio.mp4", "talk_512_30fps_audio.mp4")]
    small, middle, phone = (640, 360), (960, 540), (360, 640)
    slide = drawn(folder, "slide", SLIDE, CANVAS)
    speaker = [(6, 90, 640, 360)] + [(656, 12 + 174 * i, 298, 168) for i in range(3)]
    return [
        Scene("two", small, gallery(small, 2, 1), [talks[0], portraits[0]], 150),
        Scene("four", CANVAS, gallery(CANVAS, 2, 2), [talks[0], portraits[0], portraits[1], portraits[2]], 600),
        Scene("slide", CANVAS, [(930, 26, 322, 242)], [talks[0]], 600, page=slide),
        Scene("nine", middle, gallery(middle, 3, 3), portraits[:9], 400, timing=GAPS),
        Scene("speaker", middle, speaker, [talks[1], *portraits[3:6]], 300),
        Scene("other speaker", middle, speaker, [portraits[4], talks[1], portraits[3], portraits[5]], 300),
        Scene("telephone", phone, [(0, 0, *phone)], [portraits[6]], 200),
        Scene("bad light", CANVAS, gallery(CANVAS, 2, 2), portraits[7:11], 600, is_dim=True),
    ]


def frames_in(path):
    return int(run("ffprobe", "-v", "error", "-count_packets", "-select_streams", "v", "-show_entries", "stream=nb_read_packets", "-of", "csv=p=0",
                   path).decode().replace(",", " ").split()[0])


def draw_call(folder, name, scenes, seconds, is_worn):
    """The film, and how many frames each scene has."""
    call, counts = Path(folder) / f"{name}.ts", []
    with open(call, "wb") as whole:
        for scene in scenes:
            part = Path(folder) / "scene.ts"
            scene.draw(part, seconds, is_worn)
            counts.append(frames_in(part))
            whole.write(part.read_bytes())
            part.unlink()
    return call, counts


def in_common(one, other):
    width, height = (min(one[i] + one[i + 2], other[i] + other[i + 2]) - max(one[i], other[i]) for i in (0, 1))
    both = max(0, width) * max(0, height)
    return both / (one[2] * one[3] + other[2] * other[3] - both)


def is_right(found, scene):
    wanted = scene.tiles()
    return (len(found["tiles"]) == len(wanted) and (found["screen"] > 0) == bool(scene.page) and
            all(max(in_common(tile, other) for other in found["tiles"]) > 0.9 for tile in wanted))


def judge_layout(layouts, scenes, counts):
    starts = numpy.cumsum([0, *counts])
    of_frame = [layout for layout in layouts for _ in range(layout["frames"])]
    right = [is_right(of_frame[frame], scene) for scene, first, end in zip(scenes, starts, starts[1:]) for frame in range(first, end)]
    changes = [first for before, scene, first in zip(scenes, scenes[1:], starts[1:]) if before.tiles() != scene.tiles()]
    found = [layout["first_frame"] for layout in layouts[1:]]
    hits = [change for change in changes if any(abs(change - other) <= 2 for other in found)]
    invented = [other for other in found if all(abs(change - other) > 2 for change in changes)]
    for scene, first, end in zip(scenes, starts, starts[1:]):
        print(f"    {scene.name:14} frames {first:3}..{end - 1:3}: tiles right in {sum(right[first:end]):3} of {end - first}")
    print(f"layout   {100 * numpy.mean(right):.1f} % of the frames; {len(hits)} of {len(changes)} changes, {len(invented)} invented")
    return len(hits) >= 0.95 * len(changes) and not invented


def faces_of(program, film):
    """(frame, rows, columns) of the inner part of every face."""
    for track in json.loads(run(program, "analyze", film, "--tiles", "on", "--no-people"))["tracks"]:
        for face in track["faces"]:
            left, top, width, height = face["box"]
            yield face["frame"], slice(max(0, int(top + height / 8)), int(top + height * 7 / 8)), slice(max(0, int(left + width / 8)), int(left + width * 7 / 8))


def judge_faces(regions, films, is_wanted):
    """PSNR and error of the skin, before and after."""
    results = []
    for film in (films["before"], films["after"]):
        squares, skins = [], []
        for frame, rows, columns in regions:
            if is_wanted(frame):
                clean, other = films["clean"][frame][rows, columns].astype(float), film[frame][rows, columns]
                squares.append(numpy.mean((clean - other) ** 2))
                skins.append(abs(numpy.median(clean) - numpy.median(other)))
        results.append((psnr_of(squares), numpy.mean(skins)))
    return results


def identity(build, folder, paths, scenes, counts):
    """Mean distance to the clean camera of every tile, before and after."""
    starts, distances = numpy.cumsum([0, *counts]), {"before": [], "after": []}
    for scene, first, end in zip(scenes, starts, starts[1:]):
        for left, top, width, height in scene.tiles() or [(0, 0, *CANVAS)]:
            crop = f"trim=start_frame={first}:end_frame={end},setpts=N/{RATE}/TB,crop={int(width)}:{int(height)}:{int(left)}:{int(top)}"
            tiles = {name: Path(folder) / f"tile_{name}.mkv" for name in paths}
            for name, path in paths.items():
                run("ffmpeg", "-y", "-v", "error", "-i", path, "-vf", crop, "-c:v", "ffv1", tiles[name])
            for name, values in distances.items():
                values.append(float(run(Path(build) / "tests/bench/identity_distance", tiles["clean"], tiles[name])))
    return numpy.mean(distances["before"]), numpy.mean(distances["after"])


def layouts_in_films(program):
    found = 0
    for clip in sorted((SHARED / "clips").rglob("*.mp4")):
        part = json.loads(run(program, "analyze", clip, "--tiles", "on", "--no-people"))["layouts"]
        found += len(part)
        if part:
            print(f"    {clip.name}: {part}")
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("--seconds", type=float, default=3, help="of each of the eight scenes")
    parser.add_argument("--keep", metavar="FOLDER")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    program = Path(arguments.build) / "src/app/reelface"
    with tempfile.TemporaryDirectory(prefix="reelface_call_") as temporary:
        folder = arguments.keep or temporary
        os.makedirs(folder, exist_ok=True)
        scenes = scenes_of(folder)
        paths = {name: Path(folder) / f"{name}.mkv" for name in ("clean", "before", "after")}
        clean, counts = draw_call(folder, "call_clean", scenes, arguments.seconds, False)
        worn, _ = draw_call(folder, "call_worn", scenes, arguments.seconds, True)
        lossless = ["-c:v", "ffv1", "-y", "--progress", "none"]
        run(program, "restore", clean, paths["clean"], "--model", "none", *lossless)
        run(program, "restore", worn, paths["before"], "--model", "none", *lossless)
        report = Path(folder) / "report.json"
        run(program, "restore", worn, paths["after"], "--for", "call", "--report", report, *lossless)
        unlit = Path(folder) / "unlit.mkv"  # good light is judged by skin alone: more of it is nearer to nothing
        run(program, "restore", worn, unlit, "--for", "call", "--light", "off", *lossless)
        films = {name: luma_of(path, CANVAS) for name, path in paths.items()}
        if {len(film) for film in films.values()} != {sum(counts)}:
            sys.exit(f"frames were lost: {[len(film) for film in films.values()]}, drawn were {sum(counts)}")

        good = judge_layout(json.loads(report.read_text(encoding="utf-8"))["layouts"], scenes, counts)
        starts = numpy.cumsum([0, *counts])
        slide = slice(starts[2], starts[3])
        screen = numpy.ones(CANVAS[::-1], bool)
        left, top, width, height = scenes[2].places[0]
        screen[top:top + height, left:left + width] = False
        same = numpy.mean(films["before"][slide][:, screen] == films["after"][slide][:, screen])
        print(f"screens  {100 * same:.4f} % of the samples are the input's")
        regions = list(faces_of(program, paths["clean"]))
        (dim_before, skin_before), (dim_after, skin_after) = judge_faces(regions, films, lambda frame: frame >= starts[7])
        (_, good_before), (_, good_after) = judge_faces(regions, films, lambda frame: frame < starts[7])
        (lit_before, _), (lit_after, _) = judge_faces(regions, {**films, "after": luma_of(unlit, CANVAS)}, lambda frame: frame < starts[7])
        print(f"faces    {lit_before:.2f} -> {lit_after:.2f} dB; in bad light {dim_before:.2f} -> {dim_after:.2f} dB")
        names = identity(arguments.build, folder, paths, scenes, counts)
        print(f"identity {names[0]:.3f} -> {names[1]:.3f}")
        print(f"skin     {skin_before:.1f} -> {skin_after:.1f} in bad light, {good_before:.1f} -> {good_after:.1f} in good")
        invented = layouts_in_films(program)
        print(f"films    {invented} layouts")
        good &= same == 1 and lit_after > lit_before and names[1] <= names[0] and skin_after <= skin_before / 2 and invented == 0
    return 0 if good or not arguments.check else 1


if __name__ == "__main__":
    sys.exit(main())
