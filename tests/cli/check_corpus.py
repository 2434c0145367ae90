#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Puts every input of the corpus through the program and compares what comes out with what went in.

    check_corpus.py PRODUCT [FOLDER] [--quick] [--only NAME] [--json FILE]

The judge is the ffmpeg program: how many frames it decodes, at which times, with which samples. Nothing here is shared
with the product. FOLDER is made when it is missing; without FOLDER a temporary one is used.
"""

import argparse
import json
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from checking.containers import NO, verdict
from checking.judge import Job, digest_of_folder, judge
from checking.manifest import load_manifest
from checking.media import Media
from checking.stream_checks import copied_streams
from make_corpus import make_corpus

QUICK_KINDS = [("mkv", "ffv1"), ("mp4", "libx264")]
KINDS = [("mkv", "ffv1"), ("mkv", "libx264"), ("mp4", "libx264"), ("mov", "libx264")]


def jobs_of(case, quick):
    jobs = [Job(case, container, encoder) for container, encoder in (QUICK_KINDS if quick else KINDS)]
    if case.expect == "refused":
        return jobs[:1]
    jobs += [Job(case, extension, "") for extension in case.outputs]
    if case.has("interlaced"):
        jobs.append(Job(case, "mkv", "ffv1", deinterlace="auto"))
    if case.has("name"):
        return jobs[:1]  # what differs is the name, not what is inside
    if case.expect == "ok":
        source = Media.of_case(case)
        containers = {container for container, _ in (QUICK_KINDS if quick else KINDS)}
        jobs += [Job(case, container, "libx264", drop_unsupported=True) for container in sorted(containers)
                 if verdict(container, copied_streams(source)) == NO]
    return jobs


def run_job(product, job):
    start = time.monotonic()
    try:
        problems, run = judge(job, product)
        command = run.shown_command()
    except Exception as error:  # a case that breaks the checker is a failed case, not the end of the run
        problems, command = [f"the checker failed: {type(error).__name__}: {error}"], ""
    return {"name": job.name(), "passed": not problems, "problems": problems, "command": command,
            "seconds": round(time.monotonic() - start, 2)}


def check_corpus(product, folder, options):
    if not (Path(folder) / "manifest.json").exists():
        make_corpus(folder, options.workers)
    before = digest_of_folder(folder)
    cases = [case for case in load_manifest(folder) if not options.quick or case.has("quick")]
    results = []
    with ThreadPoolExecutor(options.workers) as pool:
        jobs = [job for made in pool.map(lambda case: jobs_of(case, options.quick), cases) for job in made
                if not options.only or any(name in job.name() for name in options.only)]
        for result in pool.map(lambda job: run_job(product, job), jobs):
            results.append(result)
            text = "PASS " if result["passed"] else "FAIL "
            print(text + result["name"] + "".join(f"\n       {problem}" for problem in result["problems"]), flush=True)
    if digest_of_folder(folder) != before:
        results.append({"name": "inputs", "passed": False, "problems": ["an input file was changed"]})
        print("FAIL inputs: an input file was changed")
    return results


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("product")
    parser.add_argument("folder", nargs="?")
    parser.add_argument("--quick", action="store_true", help="only the representative part")
    parser.add_argument("--only", action="append", help="only jobs whose name contains this; may be repeated")
    parser.add_argument("--json", help="write all results to this file")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    product = shutil.which(options.product) or sys.exit(f"{options.product} is not a program")
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="reelface_corpus_") as temporary:
        results = check_corpus(str(Path(product).absolute()), options.folder or temporary, options)
    if options.json:
        Path(options.json).write_text(json.dumps(results, indent=1), encoding="utf-8")
    failed = sum(not result["passed"] for result in results)
    print(f"{len(results) - failed} passed, {failed} failed in {time.monotonic() - start:.0f} s")
    return 1 if failed or not results else 0


if __name__ == "__main__":
    sys.exit(main())
