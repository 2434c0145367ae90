#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A real Slurm of one node and GNU parallel make the film of one run, with the scripts in examples/cluster.

    cluster_test.py REELFACE [--slurm-local SCRIPT] [names of tests]

SCRIPT starts and stops a Slurm of its own (`start DIR`, `stop DIR`); it needs root. What is missing is named, and the test
ends with 77 if nothing could be run.
"""
import argparse
import functools
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from face_clips import digest_list
from named_tests import passes
from part_checks import Program, compare_copied, compare_times, expect
from part_films import make_film

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "cluster"
PARTS = 6
WORDS = ["-c:v", "ffv1"]
SKIPPED = 77
LONGEST_SECONDS = 900


class Cluster:
    """A film of faces, restored in one run, and what is needed to do it in parts."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.film, _ = make_film("faces_with_cuts", folder)
        self.whole = program.restore(self.film, os.path.join(folder, "whole.mkv"), *WORDS)
        self.digests = digest_list(self.whole)
        self.environment = {**os.environ, "REELFACE": program.path, "CORES": "1"}

    def planned(self, name):
        output, parts = os.path.join(self.folder, f"{name}.mkv"), os.path.join(self.folder, f"{name}.parts")
        plan = self.program.plan(self.film, output, parts, "--parts", PARTS, *WORDS)
        expect(len(plan["parts"]) == PARTS, f"{len(plan['parts'])} parts")
        return output, parts

    def script(self, name, *words):
        done = subprocess.run([str(EXAMPLES / name), *map(str, words)], env=self.environment, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=LONGEST_SECONDS)
        expect(done.returncode == 0, f"{name} ended with {done.returncode}: {done.stdout[-400:]} {done.stderr[-800:]}")
        return done.stdout

    def check(self, output):
        expect(digest_list(output) == self.digests, "frames differ from those of one run")
        compare_times(self.whole, output)
        compare_copied(self.whole, output)


def wait_until(what, happens):
    """Engines tell of their jobs only when asked."""
    deadline = time.monotonic() + LONGEST_SECONDS
    while not happens():
        expect(time.monotonic() < deadline, f"waited too long for {what}")
        time.sleep(0.1)


def made_at(parts):
    return {name: os.stat(os.path.join(parts, name)).st_mtime_ns for name in os.listdir(parts)
            if name.startswith("part-") and "." not in name}


def parallel_makes_the_film(cluster):
    output, parts = cluster.planned("parallel")
    cluster.script("parallel.sh", parts, 2)
    cluster.check(output)


def parallel_goes_on_after_a_kill(cluster):
    output, parts = cluster.planned("killed")
    process = subprocess.Popen([str(EXAMPLES / "parallel.sh"), parts, "1"], env=cluster.environment, stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    wait_until("two parts", lambda: len(made_at(parts)) >= 2)
    os.killpg(process.pid, 9)
    process.wait()
    kept = made_at(parts)
    cluster.script("parallel.sh", parts, 2)
    expect(kept.items() <= made_at(parts).items(), "finished parts were made again")
    cluster.check(output)


def parallel_makes_a_damaged_part_again(cluster):
    output, parts = cluster.planned("damaged")
    cluster.script("parallel.sh", parts, 2)
    os.remove(output)
    path = os.path.join(parts, "part-00003")
    with open(path, "r+b") as file:
        file.seek(os.path.getsize(path) // 2)
        byte = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte[0] ^ 1]))
    kept = made_at(parts)
    cluster.script("parallel.sh", parts, 2)
    expect({name for name, made in made_at(parts).items() if kept[name] != made} == {"part-00003"}, "other parts were made again")
    cluster.check(output)


class Slurm:
    def __init__(self, script, folder, cluster):
        self.script, self.folder, self.cluster = script, os.path.join(folder, "slurm"), cluster

    def __enter__(self):
        done = subprocess.run([self.script, "start", self.folder], capture_output=True, text=True, timeout=120)
        expect(done.returncode == 0, f"Slurm did not start: {done.stderr[-500:]}")
        self.cluster.environment["SLURM_CONF"] = os.path.join(self.folder, "slurm.conf")
        return self

    def __exit__(self, *_):
        servers = [int(path.read_text()) for path in Path(self.folder).glob("*.pid") if path.read_text().strip()]
        subprocess.run([self.script, "stop", self.folder], capture_output=True, timeout=60)
        wait_until("the end of Slurm, which writes into its folder to the last",
                   lambda: not any(os.path.exists(f"/proc/{server}") for server in servers))
        del self.cluster.environment["SLURM_CONF"]

    def ask(self, *words):
        done = subprocess.run(words, env=self.cluster.environment, capture_output=True, text=True, timeout=60)
        expect(done.returncode == 0, f"{words}: {done.stderr}")
        return done.stdout.strip()

    def jobs(self):
        """Those that are not over: number, place in the array, state, name, why it waits."""
        return [line.split("|") for line in self.ask("squeue", "-h", "-r", "-o", "%A|%K|%T|%j|%r").splitlines()]

    def wait(self):
        wait_until("the jobs", self.are_over)

    def are_over(self):
        """What was requeued would wait for two minutes first."""
        jobs = self.jobs()
        for number, _, state, _, reason in jobs:
            if state == "PENDING" and reason == "BeginTime":
                self.ask("scontrol", "update", f"JobId={number}", "StartTime=now")
        return not jobs


def slurm_makes_the_film(cluster, slurm):
    output, parts = cluster.planned("slurm")
    cluster.script("slurm.sh", parts)
    slurm.wait()
    expect(os.path.exists(output), f"no output; {logs(parts)}")
    cluster.check(output)


def slurm_requeues_a_killed_part(cluster, slurm):
    """One part is taken from its node with `scontrol requeue`, another one's process is killed."""
    output, parts = cluster.planned("requeued")
    cluster.script("slurm.sh", parts, "--array", f"0-{PARTS - 1}%1")
    wait_until("a running part", lambda: [job for job in slurm.jobs() if job[2] == "RUNNING" and running(parts)])
    job = next(job for job in slurm.jobs() if job[2] == "RUNNING")
    slurm.ask("scontrol", "requeue", job[0])
    wait_until("another running part", lambda: [name for name in running(parts) if int(name[5:10]) != int(job[1])])
    killed = next(name for name in running(parts) if int(name[5:10]) != int(job[1]))
    os.kill(int(killed.split(":")[-1].split(".")[0]), 9)
    slurm.wait()
    expect(os.path.exists(output), f"no output; {logs(parts)}")
    cluster.check(output)


def running(parts):
    return [name for name in os.listdir(parts) if name.endswith(".running")]


def logs(parts):
    return {name: Path(parts, name).read_text(errors="replace")[-300:] for name in os.listdir(parts) if name.endswith(".log")}


def missing_for_slurm(script):
    missing = [name for name in ("slurmctld", "slurmd", "munged", "sbatch") if not shutil.which(name)]
    if not script or not os.path.exists(script):
        missing.append("the script that starts a Slurm of its own (--slurm-local)")
    if os.geteuid() != 0:
        missing.append("root's rights")
    return missing


PARALLEL = [parallel_makes_the_film, parallel_goes_on_after_a_kill, parallel_makes_a_damaged_part_again]
SLURM = [slurm_makes_the_film, slurm_requeues_a_killed_part]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--slurm-local", default="")
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_intermixed_args()
    chosen = [test for test in PARALLEL + SLURM if not arguments.names or test.__name__ in arguments.names]
    missing = {tuple(PARALLEL): [] if shutil.which("parallel") else ["parallel"], tuple(SLURM): missing_for_slurm(arguments.slurm_local)}
    for tests, packages in missing.items():
        if packages:
            print(f"SKIPPED {', '.join(test.__name__ for test in tests)}: there is no {', no '.join(packages)}", flush=True)
            chosen = [test for test in chosen if test not in tests]
    if not chosen:
        return SKIPPED
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)  # Slurm's parts run as users of their own
        cluster = Cluster(Program(arguments.program), folder)
        failures = sum(not passes(test.__name__, functools.partial(test, cluster)) for test in chosen if test in PARALLEL)
        if any(test in SLURM for test in chosen):
            with Slurm(arguments.slurm_local, folder, cluster) as slurm:
                failures += sum(not passes(test.__name__, functools.partial(test, cluster, slurm)) for test in chosen if test in SLURM)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
