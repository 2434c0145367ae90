#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Outputs that cannot be written, or must not: full disks, failing calls, the input itself, files already there.

    output_fault_test.py PRODUCT [--shim io_fault.so] [unittest options]

Whatever fails, the exit code says so, the input is untouched and no incomplete file has the output's name.
"""

import hashlib
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from checking.clips import make_clip
from checking.media import Media

PRODUCT = None
SHIM = None
ENOSPC, EIO = 28, 5
OUTPUT_FAILED, USAGE = 4, 2
OLD_CONTENT = b"what was here before\n"


def digest(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


class OutputFaults(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.media_folder = tempfile.TemporaryDirectory(prefix="reelface_fault_")
        cls.clip = make_clip(Path(cls.media_folder.name) / "clip.mkv", frames=100, size="320x240")
        cls.noisy_clip = make_clip(Path(cls.media_folder.name) / "noisy.mkv", frames=50, size="640x480",
                                   filters="noise=alls=80:allf=t")
        cls.digest = digest(cls.clip)

    @classmethod
    def tearDownClass(cls):
        cls.media_folder.cleanup()

    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="reelface_fault_")
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name).resolve()

    def tearDown(self):
        self.assertEqual(digest(self.clip), self.digest, "the input was changed")

    def restore(self, output, *options, source=None, codec="ffv1", **process):
        command = [PRODUCT, "restore", "--model", "none", "--progress", "none", "-c:v", codec, *options,
                   os.fsencode(source or self.clip), os.fsencode(output)]
        return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=120, **process)

    def assert_failed(self, run, code):
        message = run.stderr.decode(errors="replace")
        self.assertEqual(run.returncode, code, message)
        self.assertGreater(len(message), 20, "no helpful message")
        self.assertEqual(run.stdout, b"")

    def assert_folder_holds(self, *names):
        self.assertEqual(sorted(os.listdir(self.folder)), sorted(names))

    def assert_whole(self, output):
        media = Media(str(output))
        self.assertEqual((len(media.frames), media.errors), (100, ""))


class FullDisk(OutputFaults):
    def test_dev_full(self):
        for container in ("mkv", "mp4"):
            with self.subTest(container):
                link = self.folder / f"full.{container}"
                link.symlink_to("/dev/full")
                run = self.restore(link, "-y", codec="libx264")
                # MP4 needs to go back and a device cannot: refusing that beforehand is as good.
                self.assertIn(run.returncode, (OUTPUT_FAILED,) if container == "mkv" else (OUTPUT_FAILED, USAGE))
                self.assertGreater(len(run.stderr), 20)
                self.assertTrue(link.is_symlink(), "the link to the device was replaced")
                link.unlink()
                self.assert_folder_holds()

    def test_file_size_limit(self):
        # FFV1 of this clip is several megabytes. Without care the program would die of SIGXFSZ.
        run = self.restore(self.folder / "big.mkv", preexec_fn=lambda: resource.setrlimit(
            resource.RLIMIT_FSIZE, (1 << 20, 1 << 20)))
        self.assert_failed(run, OUTPUT_FAILED)
        self.assert_folder_holds()

    def test_small_file_system(self):
        mount = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", self.folder], capture_output=True)
        if mount.returncode != 0:
            self.skipTest(f"mounting a tmpfs is not permitted here: {mount.stderr.decode().strip()}")
        try:
            for container, options in (("mkv", []), ("mp4", ["-e", "qp=0"]), ("mov", ["-e", "qp=0"])):
                with self.subTest(container):
                    run = self.restore(self.folder / f"big.{container}", *options, source=self.noisy_clip,
                                       codec="libx264" if options else "ffv1")
                    self.assert_failed(run, OUTPUT_FAILED)
                    self.assertIn("space", run.stderr.decode().lower())
                    self.assert_folder_holds()
        finally:
            subprocess.run(["umount", self.folder], check=True)


class FailingCalls(OutputFaults):
    def restore_with_fault(self, fault, *options, container="mkv"):
        if SHIM is None:
            self.skipTest("no --shim given")
        # Named apart from other folders, so that only calls on the output's folder are counted.
        environment = {**os.environ, "LD_PRELOAD": str(SHIM), "REELFACE_FAULT_FOLDER": str(self.folder),
                       "REELFACE_FAULT": fault, "REELFACE_FAULT_COUNTS": str(self.folder) + ".counts",
                       "ASAN_OPTIONS": "verify_asan_link_order=0"}
        self.addCleanup(lambda: Path(str(self.folder) + ".counts").unlink(missing_ok=True))
        return self.restore(self.folder / f"out.{container}", *options, env=environment,
                            codec="ffv1" if container == "mkv" else "libx264")

    def counts(self, *options, container="mkv"):
        run = self.restore_with_fault("none:0:0", *options, container=container)
        self.assertEqual(run.returncode, 0, run.stderr)
        (self.folder / f"out.{container}").unlink()
        lines = Path(str(self.folder) + ".counts").read_text().split("\n")
        return {name: int(count) for name, count in (line.split() for line in lines if line)}

    def assert_fault_is_noticed(self, fault, *options, container="mkv"):
        run = self.restore_with_fault(fault, *options, container=container)
        self.assert_failed(run, OUTPUT_FAILED)
        self.assert_folder_holds()

    def test_every_call_that_matters_is_made(self):
        counts = self.counts()
        for call in ("write", "fsync", "rename", "close", "dirfsync"):
            self.assertGreaterEqual(counts[call], 1, call)

    def test_failing_writes(self):
        for container in ("mkv", "mp4"):
            last = self.counts(container=container)["write"]
            for number in sorted({1, 2, max(1, last // 2), max(1, last - 1), last}):
                for error in (ENOSPC, EIO):
                    with self.subTest(container=container, number=number, of=last, error=error):
                        self.assert_fault_is_noticed(f"write:{number}:{error}", container=container)

    def test_failing_fsync(self):
        for error in (ENOSPC, EIO):
            with self.subTest(error):
                self.assert_fault_is_noticed(f"fsync:1:{error}")

    def test_failing_close(self):
        # Network file systems report a full disk only here.
        self.assert_fault_is_noticed(f"close:1:{ENOSPC}")

    def test_failing_rename(self):
        for error in (ENOSPC, EIO):
            with self.subTest(error):
                self.assert_fault_is_noticed(f"rename:1:{error}")

    def test_failing_fsync_of_the_folder(self):
        # The file has its name by then: whole, but perhaps not after a power cut. Never silently.
        run = self.restore_with_fault(f"dirfsync:1:{EIO}")
        self.assertIn(run.returncode, (0, OUTPUT_FAILED))
        self.assertTrue(run.stderr)
        if (self.folder / "out.mkv").exists():
            self.assert_whole(self.folder / "out.mkv")

    def test_old_output_survives_a_failing_write(self):
        last = self.counts()["write"]
        (self.folder / "out.mkv").write_bytes(OLD_CONTENT)
        run = self.restore_with_fault(f"write:{last}:{ENOSPC}", "-y")
        self.assert_failed(run, OUTPUT_FAILED)
        self.assert_folder_holds("out.mkv")
        self.assertEqual((self.folder / "out.mkv").read_bytes(), OLD_CONTENT)


class SameFile(OutputFaults):
    def setUp(self):
        super().setUp()
        self.copy = self.folder / "film.mkv"
        shutil.copyfile(self.clip, self.copy)

    def assert_refused(self, output, *options, **process):
        run = self.restore(output, "-y", *options, source=process.pop("source", self.copy), **process)
        self.assert_failed(run, USAGE)
        self.assertEqual(digest(self.copy), self.digest, "the input was destroyed")

    def test_same_path(self):
        self.assert_refused(self.copy)

    def test_same_path_spelled_otherwise(self):
        self.assert_refused(self.folder / "." / ".." / self.folder.name / "film.mkv")
        self.assert_refused("film.mkv", cwd=self.folder)

    def test_hard_link(self):
        os.link(self.copy, self.folder / "hard.mkv")
        self.assert_refused(self.folder / "hard.mkv")

    def test_symbolic_link_to_the_input(self):
        (self.folder / "soft.mkv").symlink_to(self.copy)
        self.assert_refused(self.folder / "soft.mkv")

    def test_input_is_a_symbolic_link_to_the_output(self):
        (self.folder / "soft.mkv").symlink_to(self.copy)
        self.assert_refused(self.copy, source=self.folder / "soft.mkv")

    def test_report_over_the_input(self):
        run = self.restore(self.folder / "out.mkv", "-y", "--report", str(self.copy), source=self.copy)
        self.assert_failed(run, USAGE)
        self.assertEqual(digest(self.copy), self.digest, "the report destroyed the input")

    def test_report_over_the_output(self):
        run = self.restore(self.folder / "out.mkv", "-y", "--report", str(self.folder / "out.mkv"), source=self.copy)
        self.assert_failed(run, USAGE)


class Places(OutputFaults):
    def test_folder_is_missing(self):
        self.assert_failed_with_any(self.restore(self.folder / "missing" / "out.mkv"))
        self.assert_folder_holds()

    def assert_failed_with_any(self, run):
        self.assertIn(run.returncode, (USAGE, OUTPUT_FAILED), run.stderr)
        self.assertGreater(len(run.stderr), 20)

    def test_folder_is_not_writable(self):
        os.chmod(self.folder, 0o555)
        self.addCleanup(os.chmod, self.folder, 0o755)
        if os.geteuid() == 0:
            # Root writes anywhere; /proc refuses even root.
            self.assert_failed_with_any(self.restore("/proc/out.mkv"))
        else:
            self.assert_failed_with_any(self.restore(self.folder / "out.mkv"))
        self.assert_folder_holds()

    def test_output_is_a_folder(self):
        (self.folder / "out.mkv").mkdir()
        for options in ([], ["-y"]):
            self.assert_failed_with_any(self.restore(self.folder / "out.mkv", *options))
        self.assert_folder_holds("out.mkv")

    def test_name_without_a_known_extension(self):
        for name in ("out", "out.xyz"):
            self.assert_failed(self.restore(self.folder / name), USAGE)
        self.assert_folder_holds()

    def test_name_is_too_long(self):
        self.assert_failed_with_any(self.restore(self.folder / ("x" * 252 + ".mkv")))

    def test_longest_name_that_is_allowed(self):
        # The .part name may be longer than the output's; the output must still be possible or refused beforehand.
        run = self.restore(self.folder / ("x" * 251 + ".mkv"))
        if run.returncode == 0:
            self.assert_whole(self.folder / ("x" * 251 + ".mkv"))
        else:
            self.assert_failed_with_any(run)
            self.assert_folder_holds()


class ExistingOutput(OutputFaults):
    def setUp(self):
        super().setUp()
        self.output = self.folder / "out.mkv"
        self.output.write_bytes(OLD_CONTENT)

    def test_is_kept_without_an_answer(self):
        for options in ([], ["-n"]):
            with self.subTest(options):
                run = self.restore(self.output, *options)
                self.assert_failed(run, USAGE)
                self.assertIn(b"-y", run.stderr)
                self.assertEqual(self.output.read_bytes(), OLD_CONTENT)
                self.assert_folder_holds("out.mkv")

    def test_is_replaced_with_y(self):
        run = self.restore(self.output, "-y")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assert_whole(self.output)
        self.assert_folder_holds("out.mkv")

    def test_y_and_n_exclude_each_other(self):
        self.assert_failed(self.restore(self.output, "-y", "-n"), USAGE)
        self.assertEqual(self.output.read_bytes(), OLD_CONTENT)

    def test_link_to_an_old_file_keeps_its_target_whole_or_new(self):
        link = self.folder / "link.mkv"
        link.symlink_to(self.output)
        run = self.restore(link, "-y")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assert_whole(link)
        self.assertTrue(self.output.read_bytes() == OLD_CONTENT or self.output.samefile(link))

    def test_permissions_of_a_new_file_follow_the_umask(self):
        output = self.folder / "new.mkv"
        run = self.restore(output, preexec_fn=lambda: os.umask(0o027))
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual(output.stat().st_mode & 0o777, 0o640)

    def test_unfinished_file_of_an_earlier_run_is_no_obstacle(self):
        (self.folder / ".new.mkv.1.part").write_bytes(b"torn")
        (self.folder / "new.mkv.part").write_bytes(b"torn")
        run = self.restore(self.folder / "new.mkv")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assert_whole(self.folder / "new.mkv")


if __name__ == "__main__":
    PRODUCT = sys.argv.pop(1)
    if len(sys.argv) > 2 and sys.argv[1] == "--shim":
        SHIM = Path(sys.argv[2]).absolute()
        del sys.argv[1:3]
    unittest.main(verbosity=1)
