# SPDX-License-Identifier: Apache-2.0
"""Clips of one face, made of the project's own still with ffmpeg, and what is needed to judge what became of them."""
import json
import math
import os
import subprocess
from array import array
from dataclasses import dataclass

STILL = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../examples/media/eileen-collins.jpg")
# What makes a face need restoring: half the detail, and a little noise.
WORN = "scale=iw/2:ih/2:flags=area,gblur=sigma=0.8,scale=2*iw:2*ih:flags=bicubic"


def run(words):
    result = subprocess.run([str(word) for word in words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, timeout=300)
    if result.returncode:
        raise AssertionError(f"{' '.join(map(str, words))} ended with {result.returncode}: {result.stderr.decode()[-800:]}")
    return result.stdout


def ffmpeg(*words):
    return run(["ffmpeg", "-v", "error", "-y", *words])


def say_turned(upright, path, degrees):
    """A copy that says it is to be shown turned, by as much as ffprobe then tells. The way to say so is an option of the
    input since FFmpeg 6; before, a tag was."""
    try:
        ffmpeg("-display_rotation", degrees, "-i", upright, "-c", "copy", path)
    except AssertionError:
        ffmpeg("-i", upright, "-c", "copy", "-metadata:s:v:0", f"rotate={degrees % 360}", path)


@dataclass
class Plane:
    width: int
    height: int
    samples: array
    subsampled_x: int
    subsampled_y: int


def digest_list(path):
    """One digest for each frame's decoded samples as they are stored."""
    lines = run(["ffmpeg", "-v", "error", "-noautorotate", "-i", path, "-map", "0:v:0", "-fps_mode", "passthrough", "-f",
                 "framemd5", "-"]).decode().splitlines()
    return [line.split(",")[-1].strip() for line in lines if not line.startswith("#")]


def pixel_layout(name):
    """(planes, shift of chroma across, down, bytes of a sample)"""
    wide = 2 if name.endswith("le") else 1
    if name.startswith("gray"):
        return 1, 0, 0, wide
    if name.startswith("gbr") or "444" in name:
        return 3, 0, 0, wide
    if not name.startswith(("yuv420", "yuvj420", "yuv422")):
        raise AssertionError(f"no idea how {name} lies in memory")
    return 3, 1, 1 if "420" in name else 0, wide


def coded_planes(path, frame, upright=False):
    fields = run(["ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries", "stream=width,height,pix_fmt", "-of",
                  "json", path])
    stream = json.loads(fields)["streams"][0]
    width, height = stream["width"], stream["height"]
    if upright:
        width, height = height, width
    # FFV1 keeps 8-bit RGB interleaved; the same samples in planes are easier to look at.
    layout = "gbrp" if stream["pix_fmt"] == "bgr0" else stream["pix_fmt"]
    raw = ffmpeg(*([] if upright else ["-noautorotate"]), "-i", path, "-vf", f"select=eq(n\\,{frame})", "-frames:v", 1, "-f",
                 "rawvideo", "-pix_fmt", layout, "-")
    count, across, down, size = pixel_layout(layout)
    planes, place = [], 0
    for index in range(count):
        x, y = (across, down) if index else (0, 0)
        wide, high = -(-width >> x), -(-height >> y)
        samples = array("B" if size == 1 else "H")
        samples.frombytes(raw[place:place + wide * high * size])
        place += wide * high * size
        planes.append(Plane(-(-width // (1 << x)), -(-height // (1 << y)), samples, x, y))
    return planes


def crop_of(face):
    """The square that a face's crop covers, as left, top, right, bottom: GFPGAN's crop is four times as wide as the eyes
    are apart, and its middle lies a little below the eyes. A little more, for smoothing in time."""
    points = face["points"]
    eyes = [(points[0][axis] + points[1][axis]) / 2 for axis in (0, 1)]
    mouth = [(points[3][axis] + points[4][axis]) / 2 for axis in (0, 1)]
    middle = [eyes[axis] + 0.12 * (mouth[axis] - eyes[axis]) for axis in (0, 1)]
    reach = 2.35 * max(math.dist(points[0], points[1]), math.dist(eyes, mouth) * 0.95)
    return middle[0] - reach, middle[1] - reach, middle[0] + reach, middle[1] + reach


def face_regions(analysis, frame):
    """Of every face in this frame, also of what only passes for one; the surest first."""
    faces = [face for track in analysis["tracks"] for face in track["faces"] if face["frame"] == frame]
    return [crop_of(face) for face in sorted(faces, key=lambda face: -face["score"])]


def samples_outside(before, after, regions):
    """Both planes' samples with those in the regions made equal."""
    first, second = before.samples[:], after.samples[:]
    for left, top, right, bottom in regions:
        start = max(0, int(left) >> before.subsampled_x)
        count = max(0, min(before.width, (int(right) >> before.subsampled_x) + 2) - start)
        nothing = array(first.typecode, [0]) * count
        for row in range(max(0, int(top) >> before.subsampled_y),
                         min(before.height, (int(bottom) >> before.subsampled_y) + 2)):
            place = row * before.width + start
            first[place:place + count] = nothing
            second[place:place + count] = nothing
    return first, second


def moved_by(reference, other, side):
    """By how much the left top square of `other` lies away from the reference's, in samples; least squares."""
    xx = xy = yy = xt = yt = 0.0
    width = reference.width
    for y in range(2, side):
        for x in range(2, side):
            place = y * width + x
            across = (reference.samples[place + 1] - reference.samples[place - 1]) / 2
            down = (reference.samples[place + width] - reference.samples[place - width]) / 2
            change = reference.samples[place] - other.samples[place]
            xx += across * across
            xy += across * down
            yy += down * down
            xt += across * change
            yt += down * change
    determinant = xx * yy - xy * xy
    return (yy * xt - xy * yt) / determinant, (xx * yt - xy * xt) / determinant


class Workshop:
    """Makes clips and runs the program on them, all in one folder."""

    # The whole picture wanders by a few pixels, by parts of a pixel from frame to frame.
    slow_motion = ("scale=2048:2048:flags=bicubic,crop=1920:1920:x='64+24*sin(n/12)':y='64+20*cos(n/15)',"
                   "scale=512:512:flags=area")

    def __init__(self, program, folder, slow):
        self.program, self.folder_path, self.slow = os.path.abspath(program), folder, slow
        self.count = 0
        os.makedirs(folder, exist_ok=True)

    def path(self, name):
        return os.path.join(self.folder_path, name)

    def clip(self, name, motion, frames, pixel_format="yuv420p", around=0, noise=0):
        """The worn still, moved. `around` adds textured surroundings on all sides."""
        chain = [WORN, motion]
        if noise:
            chain.append(f"noise=alls={noise}:allf=t:all_seed=5")
        chain.append("format=" + pixel_format)
        graph = f"[0:v]{','.join(chain)}[face]"
        inputs = ["-loop", 1, "-framerate", 25, "-i", STILL]
        if around:
            side = 512 + 2 * around
            inputs += ["-f", "lavfi", "-i", f"mandelbrot=size={side}x{side}:rate=25:end_scale=0.3:end_pts=1000000"]
            graph += (f";[1:v]select=eq(n\\,0),loop=loop=-1:size=1,setpts=N/25/TB,format={pixel_format}[back];"
                      f"[back][face]overlay={around}:{around}:format=auto,format={pixel_format}[out]")
        else:
            graph += ";[face]null[out]"
        path = self.path(name + ".mkv")
        ffmpeg(*inputs, "-filter_complex", graph, "-map", "[out]", "-frames:v", frames, "-c:v", "ffv1", "-pix_fmt", pixel_format,
               path)
        return path

    def landscape(self, name, frames):
        path = self.path(name + ".mkv")
        ffmpeg("-f", "lavfi", "-i", "testsrc2=size=320x240:rate=25", "-frames:v", frames, "-c:v", "ffv1", "-pix_fmt", "yuv420p",
               path)
        return path

    def joined(self, name, first, frames, second):
        path = self.path(name + ".mkv")
        facts = self.facts(second)
        graph = (f"[0:v]trim=end_frame={frames},scale={facts['width']}:{facts['height']},setsar=1,format=yuv420p[a];"
                 "[1:v]setsar=1,format=yuv420p[b];[a][b]concat")
        ffmpeg("-i", first, "-i", second, "-filter_complex", graph, "-c:v", "ffv1", "-pix_fmt", "yuv420p", path)
        return path

    def turned(self, name, upright):
        """The same picture, stored lying on its side, with a tag that says so."""
        lying = self.path(name + "_lying.mp4")
        ffmpeg("-i", upright, "-vf", "transpose=2", "-c:v", "libx264", "-qp", 0, "-preset", "ultrafast", "-pix_fmt", "yuv420p",
               lying)
        path = self.path(name + ".mp4")
        say_turned(lying, path, -90)
        return path

    def gallery(self, name, frames):
        tiles = ";".join(
            f"[0:v]scale=288:288,crop=256:256:x='16+{3 + tile}*sin(n/{5 + tile})':y='16+{11 - tile}*cos(n/{6 + tile})'[t{tile}]"
            for tile in range(9))
        places = "|".join(f"{256 * (tile % 3)}_{256 * (tile // 3)}" for tile in range(9))
        stack = "".join(f"[t{tile}]" for tile in range(9)) + f"xstack=inputs=9:layout={places}"
        path = self.path(name + ".mkv")
        ffmpeg("-loop", 1, "-framerate", 25, "-i", STILL, "-filter_complex", f"{tiles};{stack}", "-frames:v", frames, "-c:v",
               "ffv1", "-pix_fmt", "yuv420p", path)
        return path

    def crowd(self, name, width, height, size, frames):
        """The still's face 24 times, `size` pixels large, in a large picture; and the middles of the faces."""
        face = max((track["faces"][0] for track in self.analyze(STILL, "--no-people")["tracks"]), key=lambda face: face["size"])
        left, top, across, down = face["box"]
        side = 2 * face["size"]
        out = 2 * round(side * size / face["size"] / 2)
        copies = "".join(f"[f{index}]" for index in range(24))
        parts = [f"gradients=s={width}x{height}:r=25:n=6:speed=0.00001:seed=5[c0]",
                 f"[0:v]crop={side:.0f}:{side:.0f}:{left + across / 2 - side / 2:.0f}:{top + down / 2 - side / 2:.0f},"
                 f"scale={out}:{out}:flags=area,setsar=1,split=24{copies}"]
        places = []
        for index in range(24):
            places.append(((index % 6 + 0.5) * width / 6, (index // 6 + 0.5) * height / 4))
            x, y = (place - out / 2 for place in places[-1])
            parts.append(f"[c{index}][f{index}]overlay=x={x:.0f}:y={y:.0f}[c{index + 1}]")
        path = self.path(name + ".mkv")
        ffmpeg("-loop", 1, "-framerate", 25, "-i", STILL, "-filter_complex", ";".join(parts) + ";[c24]format=yuv420p[out]", "-map",
               "[out]", "-frames:v", frames, "-c:v", "ffv1", path)
        return places, path

    def still(self, name):
        path = self.path(name)
        ffmpeg("-i", STILL, "-vf", WORN, "-frames:v", 1, path)
        return path

    def folder_of_stills(self, name, count):
        os.makedirs(self.path(name), exist_ok=True)
        for index in range(count):
            self.still(os.path.join(name, f"{index}.png"))
        return self.path(name)

    def filtered(self, name, clip, chain):
        path = self.path(name + ".mkv")
        ffmpeg("-i", clip, "-vf", chain, "-c:v", "ffv1", path)
        return path

    def restore(self, source, *words, output=None):
        self.count += 1
        path = self.path(output or f"restored_{self.count}.mkv")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        codec = [] if output else ["-c:v", "ffv1"]
        run([self.program, "restore", source, path, "-y", "--progress", "none", *codec, *words])
        return path

    def analyze(self, clip, *words):
        return json.loads(run([self.program, "analyze", clip, *words]))

    def facts(self, path):
        fields = run(["ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries", "stream=width,height,pix_fmt", "-of",
                      "json", path])
        return json.loads(fields)["streams"][0]
