#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Signals at random moments: the output name holds a whole film or nothing new, whatever happens.

    kill_test.py PRODUCT [--moments N] [--seed S] [--frames N]

The moments are drawn from a seeded generator and spread over the time one undisturbed run takes.
"""

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from checking.clips import make_clip
from checking.media import Media, MediaError

OLD_CONTENT = b"what was here before\n"
LONGEST_ABORT_SECONDS = 10  # on a busy machine; it is a fraction of a second on an idle one
SIGNAL_EXITS = {signal.SIGTERM: 143, signal.SIGINT: 130}


class Transcode:
    """One running program and its output folder."""

    def __init__(self, product, clip, frames, folder, container, over_old_file):
        self.frames = frames
        self.folder = Path(folder)
        self.output = self.folder / f"result.{container}"
        self.over_old_file = over_old_file
        if over_old_file:
            self.output.write_bytes(OLD_CONTENT)
        self.process = subprocess.Popen(
            [product, "restore", "--model", "none", "--progress", "none", "-c:v", "libx264", "--preset", "fast",
             *(["-y"] if over_old_file else []), str(clip), str(self.output)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def finish(self, timeout=120):
        """(exit code, stderr); None as the code if it hangs."""
        try:
            _, errors = self.process.communicate(timeout=timeout)
            return self.process.returncode, errors.decode(errors="replace")
        except subprocess.TimeoutExpired:
            self.process.kill()
            _, errors = self.process.communicate()
            return None, errors.decode(errors="replace")

    def part_files(self):
        return [path for path in self.folder.iterdir() if path != self.output]

    def output_is_new(self):
        if not self.output.exists():
            return False
        return not self.over_old_file or self.output.read_bytes() != OLD_CONTENT


def broken_film(path, frames=None):
    """Why this is no closed, sound film; None if it is. With `frames`: exactly so many."""
    try:
        media = Media(str(path))
    except MediaError as error:
        return f"{path.name} cannot be read: {error}"
    if media.errors:
        return f"{path.name} has errors: {media.errors.splitlines()[0]}"
    times = media.frame_times()
    if any(abs(float(moment - times[0]) - number / 25) > 0.002 for number, moment in enumerate(times)):
        return f"{path.name} does not hold the film's first frames"
    if frames is not None and len(times) != frames:
        return f"{path.name} holds {len(times)} frames instead of {frames}"
    return None


def judge_output_name(run, code):
    """The rule for every case: all or nothing under the output name."""
    if run.output_is_new():
        problem = broken_film(run.output, run.frames)
        return [f"a broken file under the output name: {problem}"] if problem else []
    if run.over_old_file and (not run.output.exists() or run.output.read_bytes() != OLD_CONTENT):
        return ["the file that was there before is lost"]
    return ["exit 0 without an output"] if code == 0 else []


def judge_killed(run, code, errors):
    problems = judge_output_name(run, code)
    strangers = [path.name for path in run.part_files() if not path.name.endswith(".part")]
    return problems + ([f"left behind: {strangers}"] if strangers else [])


def judge_stopped(run, code, errors, number):
    """One SIGTERM or SIGINT: a closed file under its .part name, said in words."""
    problems = judge_output_name(run, code)
    parts = run.part_files()
    if code in (0, -number):  # done before the signal came, or not yet listening for it
        return problems + ([f"left behind: {[path.name for path in parts]}"] if parts else [])
    if code != SIGNAL_EXITS[number]:
        return problems + [f"exit {code} instead of {SIGNAL_EXITS[number]}: {errors.strip()[-300:]}"]
    if run.output_is_new():
        problems.append("an interrupted film got the output's name")
    if len(parts) > 1 or any(not path.name.endswith(".part") for path in parts):
        return problems + [f"left behind: {[path.name for path in parts]}"]
    if not parts:
        return problems + ([] if "interrupted" in errors.lower() or "abort" in errors.lower()
                           else ["nothing was kept and nothing said"])
    problem = broken_film(parts[0])
    if problem:
        problems.append(problem)
    if parts[0].name not in errors:
        problems.append(f"the message does not name {parts[0].name}: {errors.strip()[-300:]}")
    return problems


def judge_aborted(run, code, errors, number, seconds):
    problems = judge_output_name(run, code)
    if code not in (0, -number, SIGNAL_EXITS[number]):
        problems.append(f"exit {code} instead of {SIGNAL_EXITS[number]}: {errors.strip()[-300:]}")
    if seconds > LONGEST_ABORT_SECONDS:
        problems.append(f"took {seconds:.1f} s to abort")
    return problems


def one_moment(product, clip, frames, kind, number, delay, container, over_old_file):
    with tempfile.TemporaryDirectory(prefix="reelface_kill_") as folder:
        run = Transcode(product, clip, frames, folder, container, over_old_file)
        time.sleep(delay)  # the moment itself is what is tested; nothing waits for anything here
        run.process.send_signal(number)
        start = time.monotonic()
        if kind == "twice":
            time.sleep(0.05)
            run.process.send_signal(number)
        code, errors = run.finish()
        seconds = time.monotonic() - start
        if code is None:
            return code, ["does not end"]
        if kind == "kill":
            return code, judge_killed(run, code, errors)
        if kind == "twice":
            return code, judge_aborted(run, code, errors, number, seconds)
        return code, judge_stopped(run, code, errors, number)


def undisturbed_seconds(product, clip, frames):
    with tempfile.TemporaryDirectory(prefix="reelface_kill_") as folder:
        start = time.monotonic()
        run = Transcode(product, clip, frames, folder, "mkv", False)
        code, errors = run.finish()
        if code != 0 or broken_film(run.output, run.frames):
            sys.exit(f"an undisturbed run fails: exit {code} {broken_film(run.output, run.frames)} {errors}")
        return time.monotonic() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("product")
    parser.add_argument("--moments", type=int, default=28)
    parser.add_argument("--frames", type=int, default=1500, help="length of the film")
    parser.add_argument("--seed", type=int, default=2024)
    options = parser.parse_args()
    generator = random.Random(options.seed)
    kinds = [("once", signal.SIGTERM), ("kill", signal.SIGKILL), ("once", signal.SIGINT), ("twice", signal.SIGTERM),
             ("kill", signal.SIGKILL), ("once", signal.SIGTERM), ("twice", signal.SIGINT)]
    failed, codes = 0, []
    with tempfile.TemporaryDirectory(prefix="reelface_kill_") as folder:
        clip = make_clip(Path(folder) / "clip.mkv", frames=options.frames, size="320x240")
        whole = undisturbed_seconds(options.product, clip, options.frames)
        for moment in range(options.moments):
            kind, number = kinds[moment % len(kinds)]
            delay = generator.uniform(0.02, 1.0) * whole
            container = generator.choice(["mkv", "mp4"])
            code, problems = one_moment(options.product, clip, options.frames, kind, number, delay, container,
                                        moment % 3 == 0)
            codes.append(code)
            failed += bool(problems)
            name = f"{number.name} {kind} after {delay:.2f} of {whole:.2f} s ({container}): exit {code}"
            print(("FAIL " if problems else "PASS ") + name + "".join(f"\n       {text}" for text in problems), flush=True)
    print(f"{options.moments - failed} passed, {failed} failed")
    if options.moments >= 6 and not any(code not in (0, None) for code in codes):
        print("every run ended before its signal came: nothing was tested")
        failed += 1
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
