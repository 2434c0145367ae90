# SPDX-License-Identifier: Apache-2.0
"""Films made of photographs, or of scenery that has their statistics: leaves that lie on one another, of all sizes, each with a little shade
and texture.

Everything is drawn at twice the size and sampled through an area, as a camera does: detail is as sharp between pixels as on them, and a
pan does not flicker. Each scene is a function of its scenery and the time; the same scenery gives the same film.
"""
import functools
import subprocess
import sys

import numpy as np

WIDTH, HEIGHT = 640, 480
FINE = 2  # pixels of the canvas for one of the film


def fine_texture(random, height, width, strength):
    """Noise that has as much of every size, as surfaces do."""
    frequency = np.hypot(np.fft.fftfreq(height)[:, None], np.fft.rfftfreq(width)[None, :])
    frequency[0, 0] = 1
    spectrum = np.fft.rfft2(random.normal(size=(height, width))) / frequency
    spectrum[0, 0] = 0
    texture = np.fft.irfft2(spectrum, s=(height, width))
    return (strength * texture / texture.std()).astype(np.float32)


@functools.lru_cache(maxsize=16)
def leaves(seed, width=1500, height=1150, count=9000, smallest=6.0, largest=160.0):
    """A canvas, float32 RGB, 0..255."""
    random = np.random.default_rng(seed)
    width, height = FINE * width, FINE * height
    canvas = np.full((height, width, 3), 110, np.float32)
    texture = fine_texture(random, height, width, 7.0)
    share = random.random(count)
    # Areas as many of each size: radii by the inverse cube, the large ones first so that small ones are seen.
    radii = FINE / np.sqrt(1 / largest**2 + share * (1 / smallest**2 - 1 / largest**2))
    order = np.argsort(-radii * random.uniform(0.15, 1.0, count))
    for index in order:
        radius = radii[index]
        x, y = random.random() * width, random.random() * height
        squash, angle = random.uniform(0.25, 1), random.random() * np.pi
        left, right = max(0, int(x - radius) - 2), min(width, int(x + radius) + 3)
        top, bottom = max(0, int(y - radius) - 2), min(height, int(y + radius) + 3)
        yy, xx = np.mgrid[top:bottom, left:right].astype(np.float32)
        u = (xx - x) * np.cos(angle) + (yy - y) * np.sin(angle)
        v = (yy - y) * np.cos(angle) - (xx - x) * np.sin(angle)
        is_square = random.random() < 0.3
        distance = np.maximum(np.abs(u), np.abs(v) / squash) if is_square else np.hypot(u, v / squash)
        cover = np.clip((radius - distance) * (0.5 if random.random() < 0.2 else 1.0) + 0.5, 0, 1)[..., None]
        grey = random.uniform(18, 225)
        colour = np.clip(grey + random.normal(0, 9, 3), 5, 245).astype(np.float32)
        shade = (0.12 * grey * (u * random.normal() + v * random.normal()) / radius).astype(np.float32)[..., None]
        amount = random.uniform(0, 1.3)
        surface = colour + shade + amount * texture[top:bottom, left:right, None]
        canvas[top:bottom, left:right] += cover * (surface - canvas[top:bottom, left:right])
    return np.clip(canvas, 0, 255)


def averaged(canvas):
    """Over the area of a pixel of the film."""
    return np.ascontiguousarray((canvas[:-1, :-1] + canvas[1:, :-1] + canvas[:-1, 1:] + canvas[1:, 1:]) / 4)


class Leaves:
    """Scenery of chance."""

    def __init__(self, seed):
        self.seed = seed

    @functools.lru_cache(maxsize=None)
    def canvas(self, number):
        if number == 0:
            return averaged(leaves(self.seed))
        return averaged(leaves(self.seed + number, width=500, height=500, count=1800, smallest=5.0, largest=60.0))


class Photographs:
    """The first is the scenery, the others are what moves before it."""

    def __init__(self, paths, first):
        self.paths, self.seed = paths[first:] + paths[:first], first

    @functools.lru_cache(maxsize=None)
    def canvas(self, number):
        from PIL import Image

        picture = Image.open(self.paths[number % len(self.paths)]).convert("RGB")
        scale = max(2700 / picture.width, 1650 / picture.height) if number == 0 else 1000 / min(picture.size)
        picture = picture.resize((round(picture.width * scale), round(picture.height * scale)), Image.LANCZOS)
        return averaged(np.asarray(picture, np.float32))


def sampled(canvas, x, y):
    """At these places of the film, its pixels, from its canvas."""
    x = np.clip(FINE * x, 0, canvas.shape[1] - 2.001)
    y = np.clip(FINE * y, 0, canvas.shape[0] - 2.001)
    left, top = x.astype(np.int32), y.astype(np.int32)
    across, down = (x - left)[..., None].astype(np.float32), (y - top)[..., None].astype(np.float32)
    upper = canvas[top, left] * (1 - across) + canvas[top, left + 1] * across
    lower = canvas[top + 1, left] * (1 - across) + canvas[top + 1, left + 1] * across
    return upper * (1 - down) + lower * down


ROWS, COLUMNS = [axis.astype(np.float32) for axis in np.mgrid[0:HEIGHT, 0:WIDTH]]


def view(scenery, x, y, turn=0.0, zoom=1.0):
    """The scenery around (x, y), turned (radians) and enlarged."""
    u, v = (COLUMNS - WIDTH / 2) / zoom, (ROWS - HEIGHT / 2) / zoom
    return sampled(scenery.canvas(0), x + u * np.cos(turn) - v * np.sin(turn), y + u * np.sin(turn) + v * np.cos(turn))


def wander(seed, t, pace):
    """Three smooth paths of chance, -1..1."""
    random = np.random.default_rng(seed)
    return [sum(random.normal() * np.sin(pace * t * random.uniform(0.4, 2.2) + random.random() * 6.28) for _ in range(4)) / 3 for _ in range(3)]


def put(picture, scenery, number, x, y, a, b, angle, soft=1.5, clothes=0.0):
    """A body with leaves of its own on it, an ellipse around (x, y)."""
    u = (COLUMNS - x) * np.cos(angle) + (ROWS - y) * np.sin(angle)
    v = (ROWS - y) * np.cos(angle) - (COLUMNS - x) * np.sin(angle)
    cover = np.clip((1 - np.hypot(u / a, v / b)) * min(a, b) / soft + 0.5, 0, 1)[..., None]
    inside = cover[..., 0] > 0
    rows, columns = np.any(inside, 1), np.any(inside, 0)
    if not rows.any():
        return
    box = np.s_[rows.argmax():HEIGHT - rows[::-1].argmax(), columns.argmax():WIDTH - columns[::-1].argmax()]
    body = sampled(scenery.canvas(number), 250 + u[box] + clothes, 250 + v[box])
    picture[box] += cover[box] * (body - picture[box])


def woods(scenery, t):
    """A camera held by hand."""
    dx, dy, turn = wander(scenery.seed, t, 0.5)
    return view(scenery, 700 + 14 * dx, 560 + 10 * dy, 0.012 * turn, 1 + 0.0015 * t)


def slow_pan(scenery, t):
    return view(scenery, 450 + 1.37 * t, 500 + 0.23 * t)


def travelling(scenery, t):
    """Into the scenery."""
    return view(scenery, 740, 570, 0.001 * t, 1.009 ** t)


def street(scenery, t):
    """Two who walk past, and a fence nearer to the camera."""
    picture = view(scenery, 500 + 0.8 * t, 520)
    put(picture, scenery, 1, 60 + 7.5 * t, 270 + 3 * np.sin(0.9 * t), 45, 120, 0.03 * np.sin(0.8 * t))
    put(picture, scenery, 2, 600 - 4.2 * t, 300 + 2 * np.sin(0.7 * t), 40, 110, 0.02)
    for post in range(5):
        put(picture, scenery, 3, 210 * post - 14.0 * t + 420, 400, 12, 200, 0)
    return picture


def dance(scenery, t):
    """Fast bodies and arms before a scenery that stands still."""
    picture = view(scenery, 600, 520)
    for who in range(3):
        sway = wander(scenery.seed + 10 + who, t, 1.1)
        x, y = 150 + 170 * who + 60 * sway[0], 260 + 25 * sway[1]
        put(picture, scenery, 1 + who, x, y, 40, 105, 0.35 * sway[2])
        for arm in (-1, 1):
            angle = arm * (1.0 + 0.9 * np.sin(1.3 * t + who + arm))
            put(picture, scenery, 4 + who, x + 62 * np.sin(angle), y - 70 - 45 * np.cos(angle), 52, 11, angle + 1.57)
    return picture


def crowd(scenery, t):
    """Forty heads that each go their own way."""
    picture = view(scenery, 620, 540)
    random = np.random.default_rng(scenery.seed)
    for who in range(40):
        x0, y0, speed, phase = random.random() * WIDTH, random.random() * HEIGHT, random.normal(0, 1.6), random.random() * 6.28
        put(picture, scenery, 1 + who % 3, (x0 + speed * t) % WIDTH, y0 + 3 * np.sin(0.5 * t + phase), 17, 22, 0.2 * np.sin(0.4 * t + phase), clothes=9.0 * who)
    return picture


def night(scenery, t):
    """Dark and flat, with lamps that move."""
    dx, dy, _ = wander(scenery.seed, t, 0.3)
    picture = 12 + 0.22 * view(scenery, 640 + 6 * dx, 540 + 4 * dy)
    for lamp in range(4):
        x, y = (150 * lamp + (2 + lamp) * t) % WIDTH, 200 + 30 * lamp
        distance = np.hypot(COLUMNS - x, ROWS - y)[..., None]
        picture += np.float32([190, 170, 120]) * np.exp(-(distance / 7) ** 2) + 25 * np.exp(-distance / 60)
    return picture


def smoke(scenery, t):
    """Drifts before the scenery."""
    picture = view(scenery, 640 + 0.3 * t, 540)
    cloud = smoke_clouds(scenery.seed)
    x, y = COLUMNS + 3.1 * t, ROWS * 1.0 + 200 - 2.2 * t
    amount = sampled(cloud, np.abs(x - 400) , y)[..., :1]
    return picture + np.clip(amount, 0, 0.75) * (190 - picture)


@functools.lru_cache(maxsize=16)
def smoke_clouds(seed):
    random = np.random.default_rng(seed + 77)
    size = FINE * 1300
    small = fine_texture(random, size // 8, size // 8, 1.0)
    frequency = np.hypot(np.fft.fftfreq(size // 8)[:, None], np.fft.rfftfreq(size // 8)[None, :])
    small = np.fft.irfft2(np.fft.rfft2(small) * np.exp(-(frequency / 0.03) ** 2), s=small.shape)
    large = np.kron(0.3 + 0.35 * small / small.std(), np.ones((8, 8)))
    for _ in range(2):  # no steps
        for axis in (0, 1):
            large = np.mean([np.roll(large, step, axis) for step in range(-4, 5)], axis=0)
    return np.repeat(large[..., None], 3, 2).astype(np.float32)


MOVING = {scene.__name__: scene for scene in (woods, slow_pan, travelling, street, dance, crowd, night, smoke)}


def write_scenery(path, scene, scenery, frames):
    """Losslessly, 4:2:0 as films are."""
    encode = subprocess.Popen(["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", "25",
                               "-i", "-", "-vf", "scale=out_range=tv,format=yuv420p", "-c:v", "ffv1", path], stdin=subprocess.PIPE)
    for t in range(frames):
        encode.stdin.write(np.clip(scene(scenery, t) + 0.5, 0, 255).astype(np.uint8).tobytes())
    encode.stdin.close()
    if encode.wait():
        sys.exit("ffmpeg failed")
