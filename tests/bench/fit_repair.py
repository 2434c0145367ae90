#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Finds the weights of evidence that src/film/defect_evidence.cpp and defect_judgement.cpp weigh dirt by.

    fit_repair.py BUILD_FOLDER [--folder KEPT] [--frames N]

Draws films, damages them with `degrade --truth`, asks `repair_facts` for the facts of all that stands out, and fits a logistic
regression. Half of the films, of other seeds, only judge it. No clip and no photograph is used, so that those in repair_quality.py and
film_quality.py stay unseen. Prints the weights, and for the films that judge: the share of the area of dirt that is taken for dirt, and
what else is, as a share of all samples.
"""
import argparse
import csv
import os
import subprocess
import sys
import tempfile

import numpy as np

import moving_scenes
import repair_quality

# Dirt alone, and on a film as films are found.
CONDITIONS = {"alone": ["dust=8"], "grain": ["dust=8", "grain=5", "blur=0.6", "flicker=0.02"]}
FIT_SEEDS, JUDGE_SEEDS = (3101, 3202, 3303), (4404, 4505)
LEAST_IN_MASK = 0.5
MOST_ERROR, MOST_DISAGREEMENT = 0.2, 0.4  # of the contrast; as in defect_evidence.cpp
MOST_FALSE = 0.0003  # of the samples of one film
FACTS = ["contrast", "area", "error", "disagreement", "likeness", "alike"]


def drawn_scenes(seed):
    """The scenes of repair_quality.py, with other scenery, other pieces at other paces, and other hands."""
    random = np.random.default_rng(seed)
    scenery = repair_quality.scenery(random, 1100, 800)
    pieces = lambda *words, **more: repair_quality.moving_pieces(int(words[0] * random.uniform(0.5, 1.5)), int(random.integers(1 << 30)),
                                                                *words[1:], **more)
    turn = random.uniform(-8, 8)
    confetti = pieces(90, (turn / 4, 7, 3, 2), random.uniform(3, 6), (20, 250))
    rain = pieces(260, (turn, random.uniform(18, 36), 0.5, 4), random.uniform(6, 11), (170, 215), streak=1.6)
    snow = pieces(160, (turn / 3, random.uniform(3, 7), 2, 1.5), random.uniform(1.6, 3), (225, 250))

    def with_pieces(draw_pieces):
        def draw(t):
            picture = repair_quality.seen(scenery, 120 + 0.05 * turn * t, 90)
            draw_pieces(picture, t)
            return picture
        return draw

    pace = random.uniform(0.7, 1.4)
    drawn = lambda scene: lambda t: scene(scenery, t * pace, random)
    return {"confetti": with_pieces(confetti), "rain": with_pieces(rain), "snow": with_pieces(snow),
            **{scene.__name__: drawn(scene) for scene in (repair_quality.pan, repair_quality.shaken, repair_quality.hands, repair_quality.water)}}


def write_grey(path, draw, frames):
    encode = subprocess.Popen(["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "gray", "-s", f"{repair_quality.WIDTH}x{repair_quality.HEIGHT}",
                               "-r", "25", "-i", "-", "-vf", "scale=out_range=tv,format=yuv420p", "-c:v", "ffv1", path], stdin=subprocess.PIPE)
    for t in range(frames):
        encode.stdin.write(np.clip(draw(t) + 0.5, 0, 255).astype(np.uint8).tobytes())
    encode.stdin.close()
    if encode.wait():
        sys.exit("ffmpeg failed")


def clean_films(folder, seed, frames):
    """Pairs of name and path; drawn where they are not there yet."""
    films = []
    for name, draw in drawn_scenes(seed).items():
        path = os.path.join(folder, f"{name}-{seed}.mkv")
        if not os.path.exists(path):
            write_grey(path, draw, frames)
        films.append((f"{name}-{seed}", path))
    for name, scene in moving_scenes.MOVING.items():
        path = os.path.join(folder, f"{name}-{seed}.mkv")
        if not os.path.exists(path):
            moving_scenes.write_scenery(path, scene, moving_scenes.Leaves(seed), frames)
        films.append((f"{name}-{seed}", path))
    return films


def facts_of(build, folder, name, film, condition):
    """One array for each fact."""
    path = lambda what: os.path.join(folder, f"{name}_{condition}_{what}")
    if not os.path.exists(path("facts.csv")):
        settings = [word for setting in CONDITIONS[condition] for word in ("--set", setting)]
        repair_quality.run(f"{build}/src/app/reelface", "degrade", film, path("bad.mkv"), *settings, "--truth", path("truth"), "-y", "-c:v", "ffv1")
        done = subprocess.run([f"{build}/tests/bench/repair_facts", path("bad.mkv"), path("truth") + "/mask.mkv"], capture_output=True, text=True)
        if done.returncode:
            sys.exit(done.stderr)
        with open(path("facts.csv"), "w") as file:
            file.write(done.stdout)
    with open(path("facts.csv"), newline="") as file:
        rows = list(csv.DictReader(file))
    return {key: np.array([float(row[key]) for row in rows]) for key in ["in_mask", *FACTS]}


def regressors(facts):
    """As evidence_of() and is_defect() have them."""
    log = np.log
    return np.stack([np.ones_like(facts["area"]), log(facts["contrast"]), log(facts["area"]), log((facts["error"] + 1) / facts["contrast"]),
                     log(facts["disagreement"] + 1), facts["likeness"] ** 4, log(1 + facts["alike"])], axis=1)


NAMES = ["constant", "contrast", "area", "error", "disagreement", "likeness", "alike"]


def fit(x, is_defect, weights):
    """Newton's method; a little held back, so that no weight runs away where a few films decide."""
    beta = np.zeros(x.shape[1])
    for _ in range(60):
        expected = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        gradient = x.T @ (weights * (is_defect - expected)) - 1e-2 * beta
        curvature = (x * (weights * expected * (1 - expected))[:, None]).T @ x + 1e-2 * np.eye(len(beta))
        step = np.linalg.solve(curvature, gradient)
        beta += step
        if np.abs(step).max() < 1e-7:
            break
    return beta


def can_be_filled(facts):
    return (facts["error"] <= MOST_ERROR * facts["contrast"]) & (facts["disagreement"] <= MOST_DISAGREEMENT * facts["contrast"])


def figures(facts, beta, samples):
    """Share of the dirt's area that is found, and of all samples that are taken for dirt falsely."""
    taken, dirt = (regressors(facts) @ beta > 0) & can_be_filled(facts), facts["in_mask"] >= LEAST_IN_MASK
    area = facts["area"]
    return area[taken & dirt].sum() / max(1, area[dirt].sum()), area[taken & ~dirt].sum() / samples


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("build")
    arguments.add_argument("--folder")
    arguments.add_argument("--frames", type=int, default=20)
    given = arguments.parse_args()
    samples = repair_quality.WIDTH * repair_quality.HEIGHT * (given.frames - 4)
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or temporary
        os.makedirs(folder, exist_ok=True)
        sets = {}
        for seeds, what in ((FIT_SEEDS, "fit"), (JUDGE_SEEDS, "judge")):
            sets[what] = [(f"{name} {condition}", facts_of(given.build, folder, name, film, condition))
                          for seed in seeds for name, film in clean_films(folder, seed, given.frames) for condition in CONDITIONS]
    doubtful = [{key: values[can_be_filled(facts)] for key, values in facts.items()} for _, facts in sets["fit"]]
    x = np.concatenate([regressors(facts) for facts in doubtful])
    is_defect = np.concatenate([facts["in_mask"] >= LEAST_IN_MASK for facts in doubtful]).astype(float)
    area = np.concatenate([facts["area"] for facts in doubtful])
    # What covers more counts for more; and what is dirt as much as what is not, though there is less of it.
    weights = np.sqrt(area)
    weights = weights * np.where(is_defect, weights[is_defect == 0].sum() / weights[is_defect == 1].sum(), 1) / weights.mean()
    beta = fit(x, is_defect, weights)
    # As far up as no film that it was fitted on has more than so much falsely repaired.
    worst = lambda: max(figures(facts, beta, samples)[1] for _, facts in sets["fit"])
    while worst() > MOST_FALSE:
        beta[0] -= 0.1
    print(f"{len(is_defect)} spots, {int(is_defect.sum())} of dirt")
    for name, value in zip(NAMES, beta):
        print(f"{name:14s} {value:7.3f}")
    print(f"\n{'films that only judge':28s} {'found':>8s} {'false':>10s}")
    shares = []
    for name, facts in sets["judge"]:
        found, false = figures(facts, beta, samples)
        shares.append((found, false))
        print(f"{name:28s} {100 * found:6.1f} % {100 * false:8.4f} %")
    found, false = np.mean(shares, axis=0)
    print(f"{'mean':28s} {100 * found:6.1f} % {100 * false:8.4f} %")


if __name__ == "__main__":
    main()
