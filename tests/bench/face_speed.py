#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How fast are faces restored, and where does the time go?

    face_speed.py PRODUCT [--frames 200] [--repetitions 3] [--threads 2] [--clip FILE]

Clips of 1280x720 with sound: one face moving over a textured, grainy background (made from the portrait in examples/media),
the same background without it, a soft face before the background without grain, as a poor camera gives it, half_body of
../shared made as soft and noisy, and any of your own; faces that need no restoring cost next to nothing, so how many were
restored is printed. x264 veryfast. Frames per second are the best of the repetitions, which are interleaved, so that
whatever else the machine does hits all rows. CPU time is the whole process's, start included; by stage it is what the
stage's own thread used. Decoding and encoding run on libav's threads: in the total only. What ffmpeg takes for those
two alone tells how fast the machine is: the goal, 20 frames a second, was 100 ms on one where they took 15.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SHARED = Path(os.environ.get("REELFACE_SHARED", Path(__file__).resolve().parents[3] / "shared"))
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
OUTSIDE_THE_NETWORK = ["track", "align", "gather", "match", "recall", "blend", "paste"]
SOUND = "aevalsrc='0.2*sin(2*PI*220*t)':s=48000"


def ffmpeg(*words):
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *map(str, words)], check=True)


def background(seconds, grain=",noise=alls=4:allf=t"):
    return (f"testsrc2=s=1280x720:r=25:d={seconds}[bars];mandelbrot=s=1280x720:r=25:maxiter=200[fractal];"
            f"[bars][fractal]blend=all_mode=average:shortest=1,gblur=sigma=2{grain}")


def make_clips(folder, frames):
    """The same picture with a face, without, with it at 1080p, and with a soft face and no grain."""
    seconds = (frames + 24) // 25
    portrait = folder / "portrait.mp4"
    subprocess.run([str(EXAMPLES / "make_moving_clip.sh"), str(portrait), str(seconds), "480"], check=True)
    encoded = ["-frames:v", frames, "-c:v", "libx264", "-crf", "18", "-preset", "veryfast", "-pix_fmt", "yuv420p",
               "-c:a", "aac", "-shortest"]
    face, no_face, large, soft = (folder / f"{name}.mp4" for name in ("face", "no_face", "large", "soft"))
    ffmpeg("-i", portrait, "-f", "lavfi", "-i", SOUND, "-filter_complex",
           f"{background(seconds)}[back];[back][0:v]overlay=400:120[out]", "-map", "[out]", "-map", "1:a", *encoded, face)
    ffmpeg("-f", "lavfi", "-i", SOUND, "-filter_complex", f"{background(seconds)}[out]", "-map", "[out]", "-map", "0:a",
           *encoded, no_face)
    ffmpeg("-i", face, "-vf", "scale=1920:1080:flags=bicubic", "-frames:v", min(frames, 75), "-c:v", "libx264", "-crf",
           "18", "-preset", "veryfast", "-c:a", "copy", large)
    ffmpeg("-i", portrait, "-f", "lavfi", "-i", SOUND, "-filter_complex",
           f"{background(seconds, '')}[back];[0:v]gblur=sigma=3[blurred];[back][blurred]overlay=400:120[out]", "-map", "[out]", "-map", "1:a",
           *encoded, soft)
    return face, no_face, large, soft


def make_soft_film(folder, frames):
    """None without the clip."""
    clip, film = SHARED / "clips" / "half_body_720p_audio.mp4", folder / "film.mp4"
    if not clip.exists():
        return None
    ffmpeg("-i", clip, "-frames:v", frames, "-vf", "gblur=sigma=1.2,scale=320:180:flags=area,noise=alls=4:allf=t,scale=1280:720:flags=bicubic",
           "-c:v", "libx264", "-crf", "18", "-preset", "veryfast", "-c:a", "copy", film)
    return film


def ffmpeg_milliseconds(source, folder, threads, frames):
    """CPU a frame of decoding and encoding as the product does, by ffmpeg."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ffmpeg("-threads", threads, "-i", source, "-c:a", "copy", "-c:v", "libx264", "-preset", "veryfast", "-crf", "18", "-threads", threads, folder / "ffmpeg.mp4")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / frames


def restore(product, source, folder, threads, model, *words):
    report = folder / "report.json"
    command = [product, "restore", str(source), str(folder / "output.mp4"), "-y", "-m", model, "-c:v", "libx264",
               "--preset", "veryfast", "--threads", str(threads), "--progress", "none", "--report", str(report), *words]
    started = time.monotonic()
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {child.returncode}")
    seconds = time.monotonic() - started
    facts = json.loads(report.read_text())
    run = facts["run"]
    return {"seconds": seconds, "restored": sum(track["restored"] for track in facts["tracks"]), "cpu": usage.ru_utime + usage.ru_stime, "frames": run["frames"],
            "memory": usage.ru_maxrss / 1024, "stages": {stage["name"]: stage for stage in run["stages"]}}


def stage_milliseconds(run, name):
    return 1000 * run["stages"][name]["cpu_seconds"] / run["frames"]


def show(name, runs):
    best = min(runs, key=lambda run: run["seconds"])
    cpu = 1000 * min(run["cpu"] for run in runs) / best["frames"]
    stages = "  ".join(f"{stage} {stage_milliseconds(best, stage):.1f}" for stage in best["stages"])
    print(f"{name:26} {best['frames'] / best['seconds']:7.1f} fps  {cpu:6.1f} ms CPU  {best['memory']:5.0f} MiB  "
          f"{best['restored']:4d} of {best['frames']} restored   {stages}",
          flush=True)
    return best


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("product")
    parser.add_argument("--frames", type=int, default=200)
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--clip", action="append", default=[])
    options = parser.parse_args()
    print(f"{options.repetitions} interleaved repetitions, {options.threads} threads, {os.cpu_count()} cores, "
          f"load {os.getloadavg()[0]:.1f}; CPU is per frame")
    with tempfile.TemporaryDirectory(prefix="reelface_face_speed_") as name:
        folder = Path(name)
        face, no_face, large, soft = make_clips(folder, options.frames)
        rows = {"720p, one face": (face, "faithful"), "720p, no face": (no_face, "faithful"),
                "720p, --model none": (no_face, "none"), "1080p, one face": (large, "faithful"), "720p, soft face, no grain": (soft, "faithful")}
        rows["720p, one face, no guard"] = (face, "faithful", "--identity-guard", "off")
        film = make_soft_film(folder, options.frames)
        if film:
            rows["720p, half_body softened"] = (film, "faithful")
        rows.update({Path(clip).name[:26]: (clip, "faithful") for clip in options.clip})
        runs, codecs = {row: [] for row in rows}, {"720p, one face": [], "720p, half_body softened": []}
        for _ in range(options.repetitions):
            for row, (source, *model) in rows.items():
                runs[row].append(restore(options.product, source, folder, options.threads, *model))
                if row in codecs:
                    codecs[row].append(ffmpeg_milliseconds(source, folder, options.threads, runs[row][-1]["frames"]))
        best = {row: show(row, runs[row]) for row in rows}
    with_face, without, none = (best[row] for row in list(rows)[:3])
    cpu = {row: 1000 * min(run["cpu"] for run in runs[row]) / best[row]["frames"] for row in rows}
    for row in filter(codecs.get, codecs):
        print(f"{row}: {cpu[row] / min(codecs[row]):.1f} times what ffmpeg takes to decode and encode it, {min(codecs[row]):.1f} ms (20 frames a second: 6.7, 25: 5.3)")
    detect = stage_milliseconds(without, "detect")
    outside = sum(stage_milliseconds(with_face, stage) for stage in OUTSIDE_THE_NETWORK)
    guard = [min(stage_milliseconds(run, "restore") for run in runs[row]) for row in ("720p, one face", "720p, one face, no guard")]
    print(f"identity guard: {guard[0] - guard[1]:+.2f} ms a face on {guard[1]:.1f} of restoring, {100 * (guard[0] / guard[1] - 1):+.1f} % (asked: 2)")
    print(f"detection {detect:.1f} ms (asked: 22); track, align, gather, blend, paste {outside:.1f} ms (15; the flow of neighbours is in restore); "
          f"without faces, but for detection {(cpu['720p, no face'] - detect) / cpu['720p, --model none']:.2f} of none (1.05); "
          f"1080p {best['1080p, one face']['memory']:.0f} MiB (1200)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
