#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""--checksums and verify: what is written is what sha256sum and ffmpeg find, and any change is found again.

    verify_test.py PROGRAM [unittest options]
"""
import os
import shutil
import subprocess
import sys
import unittest

from command_line_case import CommandLine

QUIET = ("--progress", "none", "--model", "none")
ODD = "testsrc2=size=90x70:rate=25:duration=1.2"


def without_durations(frames):
    """FFmpeg 5 writes what the frame rate says, and FFmpeg 7 what each frame says: stream, dts, pts, duration, size, hash."""
    return [line if line.startswith("#") else [field.strip() for number, field in enumerate(line.split(",")) if number != 3]
            for line in frames.splitlines()]


def digests_by_ffmpeg(path):
    for source in ("demux", "-1"):  # from FFmpeg 6.1 on it is called demux; FFmpeg 9 knows the number no more
        done = subprocess.run(["ffmpeg", "-v", "error", "-i", path, "-map", "0:v:0", "-fps_mode", "passthrough", "-enc_time_base", source,
                               "-bitexact", "-f", "framemd5", "-"], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return done.stdout
    raise AssertionError(done.stderr)


class Verify(CommandLine):
    def film(self, name, *options, source=ODD):
        path = self.folder / name
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", source, "-f", "lavfi", "-i", "sine=f=440:d=1.2", "-shortest",
                        *options, path], check=True)
        return path

    def restored(self, source, name, *options):
        output = self.folder / name
        done = self.run_program("restore", source, output, *QUIET, "--checksums", *options)
        self.assertEqual(done.returncode, 0, done.errors)
        return output

    def verify(self, output, *options, code=0):
        done = self.run_program("verify", output, *options)
        self.assertEqual(done.returncode, code, done.errors)
        return done.stdout.decode()

    def test_ffmpeg_and_sha256sum_find_the_same(self):
        for number, (name, options) in enumerate({
                "new.mkv": ["-c:v", "ffv1"],
                "new.mp4": ["-c:v", "libx264", "--crf", "30"],
                "new.mov": ["-c:v", "prores"],
                "grey.mkv": ["-c:v", "ffv1", "--pix-fmt", "gray"],
                "deep.mkv": ["-c:v", "ffv1", "--pix-fmt", "yuv420p10le"],
                "rgb.mkv": ["-c:v", "ffv1", "--pix-fmt", "gbrp12le"]}.items()):
            with self.subTest(name):
                source = self.film(f"old{number}.mkv", "-c:v", "ffv1", "-c:a", "aac")
                output = self.restored(source, name, *options)
                subprocess.run(["sha256sum", "--quiet", "-c", f"{name}.sha256"], cwd=self.folder, check=True)
                self.assertEqual(without_durations((self.folder / f"{name}.framemd5").read_text()), without_durations(digests_by_ffmpeg(output)))
                said = self.verify(output)
                self.assertIn("frames: all 30 as listed", said)
                self.assertIn("each as in the input", said)

    def test_a_film_whose_frames_come_when_they_like(self):
        source = self.film("vfr.mkv", "-vf", "select='not(eq(mod(n,5),2))'", "-fps_mode", "vfr", "-c:v", "ffv1", "-c:a", "flac")
        output = self.restored(source, "new.mkv", "-c:v", "ffv1")
        self.assertIn("as listed", self.verify(output))

    def test_any_change_is_found(self):
        source = self.film("old.mkv", "-c:v", "ffv1", "-c:a", "flac")
        output = self.restored(source, "new.mkv", "-c:v", "ffv1")
        good = output.read_bytes()
        output.write_bytes(good[:len(good) // 2] + bytes([good[len(good) // 2] ^ 1]) + good[len(good) // 2 + 1:])
        self.assertIn("NOT AS IT WAS", self.verify(output, code=6))
        # The same frames, and other sound: what was copied is compared with the input.
        louder = self.folder / "louder.mkv"
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", self.restored(source, "new.mkv", "-c:v", "ffv1", "-y"), "-c:v", "copy", "-af", "volume=2",
                        "-c:a", "flac", louder], check=True)
        shutil.move(louder, output)
        said = self.verify(output, code=6)
        self.assertIn("another SHA-256", said)
        self.assertIn("frames: all", said)
        self.assertIn("packets that the input has not", said)

    def test_a_piece_and_an_input_that_has_moved(self):
        source = self.film("old.mkv", "-c:v", "ffv1", "-c:a", "flac")
        output = self.restored(source, "piece.mkv", "-c:v", "ffv1", "--ss", "0.3", "--to", "0.9")
        self.assertIn("each as in the input", self.verify(output))
        moved = source.rename(self.folder / "moved.mkv")
        self.assertIn("it was not looked at", self.verify(output))
        self.assertIn("each as in the input", self.verify(output, "--input", moved))
        moved.write_bytes(moved.read_bytes() + b"x")
        self.assertIn("input", self.verify(output, "--input", moved, code=6))

    def test_names_as_people_have_them(self):
        source = self.film("old.mkv", "-c:v", "ffv1", "-c:a", "flac")
        odd = source.rename(self.folder / "old\\one \u00e9.mkv")
        output = self.restored(odd, "new\\ one.mkv", "-c:v", "ffv1")
        subprocess.run(["sha256sum", "--quiet", "-c", output.name + ".sha256"], cwd=self.folder, check=True)
        self.assertIn("as listed", self.verify(output))

    def test_a_picture(self):
        picture = self.folder / "old.png"
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", ODD, "-frames:v", "1", picture], check=True)
        self.assertIn("frames: all 1 as listed", self.verify(self.restored(picture, "new.png")))

    def test_lists_are_outputs_like_others(self):
        source = self.film("old.mkv", "-c:v", "ffv1", "-c:a", "flac")
        (self.folder / "new.mkv.sha256").write_text("mine")
        done = self.run_program("restore", source, self.folder / "new.mkv", *QUIET, "--checksums")
        self.assertEqual(done.returncode, 2)
        self.assertIn("already exists", done.errors)
        self.assertEqual((self.folder / "new.mkv.sha256").read_text(), "mine")
        self.assertFalse((self.folder / "new.mkv").exists())

    def test_what_cannot_be_listed(self):
        source = self.film("old.mkv", "-c:v", "ffv1", "-c:a", "flac")
        for output in ("-", self.folder / "shot_%03d.png", f"{self.folder}/"):
            done = self.run_program("restore", source, output, *QUIET, "--checksums")
            self.assertEqual(done.returncode, 2, done.errors)
        done = self.run_program("verify", source)
        self.assertEqual(done.returncode, 3)
        self.assertIn("--checksums", done.errors)
        for text in ("nonsense\n", "\n", "0, 1, 2\n"):
            (self.folder / "old.mkv.sha256").write_text(text)
            (self.folder / "old.mkv.framemd5").write_text("")
            self.assertEqual(self.run_program("verify", source).returncode, 2, text)


if __name__ == "__main__":
    CommandLine.program = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=1)
