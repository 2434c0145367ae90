# SPDX-License-Identifier: Apache-2.0
"""Films in which it is known who is seen where: portraits set side by side, shot after shot, at several sizes and in several
states of decay. Made with ffmpeg; nothing random but seeded noise."""
import json
import math
import os
from dataclasses import dataclass

from face_clips import ffmpeg, run

WIDTH, HEIGHT, RATE = 640, 360, 25
# What befalls a shot: nothing, softness, noise, both.
DECAYS = ["null", "gblur=sigma=0.9", "noise=alls=14:allf=t:all_seed=3", "gblur=sigma=0.7,noise=alls=8:allf=t:all_seed=4"]


@dataclass
class Portrait:
    name: str
    path: str
    x: float  # middle of the face
    y: float
    size: float  # of its box
    room: float  # from the middle to the nearest edge of the picture


@dataclass
class Place:
    """Somebody in a shot: in which frames, and between which columns."""
    name: str
    first_frame: int
    end_frame: int
    left: float
    right: float
    size: float


def picture_size(path):
    words = ["ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries", "stream=width,height", "-of", "csv=p=0", path]
    return [int(number) for number in run(words).decode().strip().split(",")]


def find_portraits(program, paths):
    portraits = []
    for path in paths:
        analysis = json.loads(run([program, "analyze", path]))
        faces = [track["faces"][0] for track in analysis["tracks"]]
        if not faces:
            continue
        face = max(faces, key=lambda face: face["size"])
        if sum(other["size"] > 0.3 * face["size"] for other in faces) > 1:
            continue  # somebody stands behind: then it is not known who is seen
        box = face["box"]
        x, y = box[0] + box[2] / 2, box[1] + box[3] / 2
        width, height = picture_size(path)
        portraits.append(Portrait(os.path.splitext(os.path.basename(path))[0], path, x, y, math.sqrt(box[2] * box[3]),
                                  min(x, y, width - x, height - y)))
    return portraits


def make_shot(path, people, size, frames, decay, number, ground=None):
    """`people` side by side with faces of `size` pixels, each swaying a little, before `ground`, a colour, or else a background
    of this shot's own. Returns where they stand."""
    background = f"gradients=s={WIDTH}x{HEIGHT}:r={RATE}:n=6:speed=0.00001:seed={number + 1}"
    if ground:
        background = f"color=c={ground}:s={WIDTH}x{HEIGHT}:r={RATE}"
    inputs, parts, places = [], [f"{background}[c0]"], []
    slot = WIDTH / len(people)
    for index, person in enumerate(people):
        inputs += ["-loop", 1, "-framerate", RATE, "-i", person.path]
        # As much around the face as the portrait and the slot have; in the portrait's own pixels.
        side = 2 * min(person.room, 1.1 * person.size, 0.5 * (min(slot, HEIGHT) - 12) * person.size / size)
        left, top = person.x - side / 2, person.y - side / 2
        out = 2 * round(side * size / person.size / 2)
        parts.append(f"[{index}:v]crop={side:.0f}:{side:.0f}:{left:.0f}:{top:.0f},scale={out}:{out}:flags=area,setsar=1[p{index}]")
        x, y = slot * (index + 0.5) - out / 2, (HEIGHT - out) / 2
        parts.append(f"[c{index}][p{index}]overlay=x='{x:.0f}+4*sin(n/{7 + index})':y='{y:.0f}+3*cos(n/{9 + index})'[c{index + 1}]")
        places.append(Place(person.name, 0, frames, slot * index, slot * (index + 1), size))
    parts.append(f"[c{len(people)}]{DECAYS[decay]},format=yuv420p[out]")
    ffmpeg(*inputs, "-filter_complex", ";".join(parts), "-map", "[out]", "-frames:v", frames, "-c:v", "ffv1", path)
    return places


def make_film(folder, name, portraits, shots, frames=20, codec=("-c:v", "ffv1"), ground=None):
    """`shots`: (indices of people, size, decay) each. Returns the film and everybody's places in it."""
    places, listing = [], os.path.join(folder, name + ".txt")
    with open(listing, "w", encoding="utf-8") as file:
        for number, (people, size, decay) in enumerate(shots):
            path = os.path.join(folder, f"{name}_{number}.mkv")
            for place in make_shot(path, [portraits[index] for index in people], size, frames, decay, number, ground):
                place.first_frame, place.end_frame = number * frames, (number + 1) * frames
                places.append(place)
            file.write(f"file '{path}'\n")
    film = os.path.join(folder, name + ".mkv")
    ffmpeg("-f", "concat", "-safe", 0, "-i", listing, *codec, "-pix_fmt", "yuv420p", film)
    return film, places


def who_is(track, places):
    """The place a track of `analyze` belongs to; None for what only passes for a face: a badge, a fold."""
    face = track["faces"][len(track["faces"]) // 2]
    x, y = face["box"][0] + face["box"][2] / 2, face["box"][1] + face["box"][3] / 2
    for place in places:
        middle = (place.left + place.right) / 2
        if not place.first_frame <= face["frame"] < place.end_frame:
            continue
        if math.dist((x, y), (middle, HEIGHT / 2)) < 0.5 * place.size and 0.6 < face["size"] / place.size < 1.6:
            return place
    return None


def gallery_shots(people, sizes, in_a_shot=3):
    """Every one of `people` is in as many shots as there are sizes, each time with other neighbours and another decay."""
    shots = []
    for round_, size in enumerate(sizes):
        order = [(index * (1 + 2 * round_) + round_) % people for index in range(people)]
        if len(set(order)) < people:
            order = [(index + round_) % people for index in range(people)]
        for start in range(0, people, in_a_shot):
            shots.append((order[start:start + in_a_shot], size, len(shots) % len(DECAYS)))
    return shots
