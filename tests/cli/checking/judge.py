# SPDX-License-Identifier: Apache-2.0
"""What has to be true of one run: exit code, files left behind, and the output against its source."""

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path

from . import picture_checks, stream_checks, time_checks
from .containers import CONVERT, MAYBE, NO, YES, encoder_takes, verdict
from .media import Media, MediaError
from .product import leftovers, names_another_container, run_restore, says_what_to_do

REPORT = "report.json"


@dataclass(frozen=True)
class Job:
    """One input into one kind of output."""

    case: object
    container: str
    encoder: str  # "" = the program's own choice
    deinterlace: str = "off"
    drop_unsupported: bool = False

    def name(self):
        text = f"{self.case.name} -> {self.container}/{self.encoder or 'default'}"
        return text + (" deinterlaced" if self.deinterlace != "off" else "") + (
            " --drop-unsupported" if self.drop_unsupported else "")


def judge(job, product):
    """(problems, run): what is wrong with the run, in words; nothing when all is well."""
    with tempfile.TemporaryDirectory(prefix="reelface_check_") as folder:
        output = Path(folder) / output_name(job)
        run = run_job(job, product, output)
        if run.exit_code is None:
            return ["did not end in time"], run
        problems = ["wrote to standard output"] if run.stdout else []
        if run.report == "not JSON":
            problems.append("the report is not JSON")
        if run.exit_code == 0:
            problems += judge_success(job, run, output)
        else:
            problems += judge_refusal(job, run, output)
        return problems, run


def output_name(job):
    stem = Path(job.case.path).name if job.case.has("name") else "result"
    return f"{stem}.{job.container}"


def run_job(job, product, output):
    case = job.case
    source = "-" if case.has("pipe") else case.path
    options = [*case.arguments, "--deinterlace", job.deinterlace]
    if job.encoder:
        options += ["-c:v", job.encoder]
    if job.encoder == "libx264":
        options += ["--preset", "ultrafast", "--crf", "16"]
    if job.drop_unsupported:
        options.append("--drop-unsupported")
    files = ["--", source, str(output)] if case.has("dash") else [source, str(output)]
    return run_restore(product, options + files, cwd=case.folder, report_path=output.parent / REPORT,
                       stdin=case.folder / case.path if case.has("pipe") else None)


def expected_exit_codes(job, source):
    case = job.case
    if case.expect == "refused":
        return {3}
    answer = verdict(job.container, stream_checks.copied_streams(source)) if job.container != "png" else YES
    if job.drop_unsupported:
        codes = {0}
    else:
        codes = {YES: {0}, NO: {2}, CONVERT: {0, 2}, MAYBE: {0, 2}}[answer]
    frame = source.frames[0]
    if job.encoder and not encoder_takes(job.encoder, frame["pix_fmt"]):
        codes = codes | {2}
    if job.encoder == "libx264" and case.has("odd_size"):
        codes = codes | {2}
    if case.has("rotated") and job.container == "mkv":
        codes = codes | {2}  # libav 5.1 cannot write the matrix into Matroska
    if case.expect == "damaged":
        codes = codes | {6}
    if case.has("may_refuse"):
        codes = codes | {3}
    return codes


def judge_refusal(job, run, output):
    problems = []
    left = leftovers(output.parent, output.parent / REPORT)
    if run.exit_code == 6 and len(left) == 1 and left[0].endswith(".part"):
        left = []  # too damaged, but kept for who wants to look
    if left:
        problems.append(f"left behind after exit {run.exit_code}: {left}")
    source = Media.of_case(job.case) if job.case.expect != "refused" else None
    allowed = expected_exit_codes(job, source)
    if run.exit_code not in allowed:
        return [f"exit {run.exit_code} instead of {sorted(allowed)}: {run.last_words()}"] + problems
    if not says_what_to_do(run):
        problems.append(f"no helpful message, only: {run.last_words()!r}")
    if run.exit_code == 2 and 0 not in allowed and not names_another_container(run, job.container):
        problems.append(f"names no container that can: {run.last_words()}")
    return problems


def judge_success(job, run, output):
    case = job.case
    left = leftovers(output.parent, output.parent / REPORT, output)
    problems = [f"left behind: {left}"] if left else []
    if not output.exists():
        return problems + ["exit 0 without an output file"]
    if run.report is None:
        problems.append("no report was written")
    if case.expect == "refused":
        return problems + ["exit 0 instead of 3"]
    source = Media.of_case(case)
    allowed = expected_exit_codes(job, source)
    if 0 not in allowed:
        return problems + [f"exit 0 instead of {sorted(allowed)}"]
    try:
        result = Media(str(output))
    except MediaError as error:
        return problems + [f"the output cannot be read: {error}"]
    if not result.frames:
        return problems + ["the output has no frames"]
    return problems + compare(job, run, source, result)


def compare(job, run, source, result):
    case = job.case
    problems = decoding_complaints(case, result)
    problems += time_checks.frame_count(source, result)
    if job.container == "png":
        return problems + picture_checks.likeness(case, source, result, job.encoder)
    problems += time_checks.frame_times(case, source, result)
    problems += time_checks.last_duration(case, source, result)
    problems += picture_checks.colour(source, result) + picture_checks.pixel_aspect(source, result)
    problems += picture_checks.size(source, result) + picture_checks.rotation(source, result)
    problems += picture_checks.hdr(source, result)
    problems += picture_checks.pixel_format(case, source, result, job.encoder, run.told())
    dropped = told_as_dropped(run) if job.drop_unsupported else set()
    problems += stream_checks.wrongly_dropped(source, job.container, dropped)
    problems += stream_checks.streams(case, source, result, job.container, dropped)
    problems += report_problems(job, run, result)
    if job.deinterlace == "off":
        problems += picture_checks.fields(source, result, job.encoder)
        problems += picture_checks.likeness(case, source, result, job.encoder)
    elif any(frame["interlaced_frame"] for frame in result.frames):
        problems.append("still marked interlaced after deinterlacing")
    return problems


def told_as_dropped(run):
    """Indices of the streams that the report says were left out, with a reason."""
    plan = run.report.get("plan", {}) if isinstance(run.report, dict) else {}
    return {stream.get("input") for stream in plan.get("streams", [])
            if stream.get("action") == "drop" and stream.get("reason")}


def decoding_complaints(case, result):
    """The new picture stream is sound; damaged sound was copied as it was."""
    lines = [line for line in result.errors.splitlines() if case.expect != "damaged" or not line.startswith("[aac")]
    return [f"decoding the output complains: {lines[0]}"] if lines else []


def report_problems(job, run, result):
    report = run.report
    if not isinstance(report, dict):
        return []
    problems = []
    if report.get("output", {}).get("frames") != len(result.frames):
        problems.append(f"the report counts {report.get('output', {}).get('frames')} frames, {len(result.frames)} are "
                        "in the file")
    if job.case.expect == "damaged" and not report.get("degraded"):
        problems.append("the report does not say that the input is damaged")
    if job.case.expect == "ok" and report.get("degraded") and not job.case.has("may_be_degraded"):
        problems.append(f"the report calls a sound input damaged: {report.get('damage')}")
    return problems


def digest_of_folder(folder):
    """Changes when any input changes."""
    digest = hashlib.sha256()
    for path in sorted(Path(folder).rglob("*")):
        if path.is_file():
            digest.update(bytes(str(path), "utf-8", "surrogateescape") + path.read_bytes())
    return digest.hexdigest()
