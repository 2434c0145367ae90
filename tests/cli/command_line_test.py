#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The command line as a newcomer and as a script meet it.

    command_line_test.py PRODUCT [unittest options]
"""

import json
import os
import subprocess
import sys
import unittest

from checking.media import Media
from command_line_case import FRAMES, CommandLine

# Every option of the design's table, by group.
RESTORE_OPTIONS = """
    -y -n --dry-run --report --drop-unsupported --any-format --resume --part-length --list --output-folder
    -m --model --preclean --strength --face-enhancer-blend --aligned -s --upscale
    --face-selector-mode --min-face --max-face --face-detector-score --detect-every
    --temporal --window --shot-cuts
    --mask --match-colour --match-grain --deinterlace
    --ss --to --frames
    -c:v --crf --preset -b:v --pix-fmt -e --no-audio --no-subtitles
    --device --precision --batch --threads --max-memory --deterministic
    --progress --compare --overlay
    --on-damage
    -i -o
""".split()


class Answers(CommandLine):
    def test_help_of_the_program(self):
        done = self.run_program("--help")
        self.assertEqual((done.returncode, done.errors), (0, ""))
        text = done.stdout.decode()
        for word in ("restore", "models", "--version", "--help"):
            self.assertIn(word, text)

    def test_help_of_restore_names_every_option(self):
        done = self.run_program("restore", "--help")
        self.assertEqual((done.returncode, done.errors), (0, ""))
        text = done.stdout.decode()
        # Spelled out as the design has them; "--video-codec, also -c:v" counts.
        missing = [option for option in RESTORE_OPTIONS if option not in text]
        self.assertEqual(missing, [])
        self.assertLessEqual(max(map(len, text.splitlines())), 110)
        self.assertIn("Usage: reelface restore INPUT OUTPUT [OPTIONS]", text)
        self.assertIn("--frames A:B", text)
        self.assertEqual(text.count("-h, --help"), 1)
        self.assertIn("For example:", text)

    def test_defaults_are_shown(self):
        text = self.run_program("restore", "--help").stdout.decode()
        for default in ("faithful", "100", "many", "24", "0.5", "soft", "keep"):
            self.assertIn(default, text)

    def test_help_as_a_word(self):
        self.assertEqual(self.run_program("help", "restore").stdout, self.run_program("restore", "--help").stdout)
        self.assertEqual(self.run_program("help").stdout, self.run_program("--help").stdout)
        self.assertEqual(self.run_program("version").stdout, self.run_program("--version").stdout)

    def test_version(self):
        done = self.run_program("--version")
        self.assertEqual((done.returncode, done.errors), (0, ""))
        first, *others = done.stdout.decode().splitlines()
        self.assertRegex(first, r"^reelface \d+\.\d+\.\d+$")
        versions = dict(line.split(" ", 1) for line in others)
        for library in ("libavutil", "libavcodec", "libavformat", "libavfilter", "libswscale", "OpenCV", "oneTBB", "LibTorch", "libcurl",
                        "spdlog", "CLI11", "nlohmann-json"):
            self.assertRegex(versions.get(library, ""), r"^\d+\.\d+", library)

    def test_version_without_networks(self):
        done = self.run_program("--version", env={**os.environ, "REELFACE_NETWORKS": "/no/such/library.so"})
        self.assertEqual((done.returncode, done.errors), (0, ""))
        self.assertIn("LibTorch is not there", done.stdout.decode())

    def test_dry_run(self):
        done = self.restore("--dry-run")
        self.assertEqual(done.returncode, 0, done.errors)
        text = done.stdout.decode()
        for word in ("out.mkv", "libx264", "160x120", "aac", "copy"):
            self.assertIn(word, text)
        self.assertEqual(os.listdir(self.folder), [])

    def test_dry_run_tells_what_would_be_refused(self):
        done = self.run_program("restore", "--model", "none", "--dry-run", "-c:v", "ffv1", self.clip,
                                self.folder / "out.mp4")
        self.assert_refused(done, word="mkv")


class Spellings(CommandLine):
    def test_underscores_and_dashes(self):
        for option in ("--face-detector-score", "--face_detector_score"):
            with self.subTest(option):
                self.assert_done(self.restore("-y", option, "0.7"))
        self.assert_done(self.restore("-y", "--on_damage=keep", "--pix_fmt", "yuv420p"))

    def test_input_and_output_as_options(self):
        done = self.run_program("restore", "--model", "none", "-c:v", "libx264", "-i", self.clip, "-o", self.output)
        self.assert_done(done)
        self.assertEqual(len(Media(str(self.output)).frames), FRAMES)

    def test_options_behind_the_files(self):
        self.assert_done(self.run_program("restore", self.clip, self.output, "--model", "none", "-c:v", "libx264"))

    def test_ffmpeg_spellings(self):
        self.assert_done(self.run_program("restore", "--model", "none", "-c:v", "libx264", "-preset", "ultrafast", "-crf",
                                          "30", "-an", self.clip, self.output))
        self.assertEqual([stream["codec_type"] for stream in Media(str(self.output)).streams], ["video"])

    def test_bit_rate(self):
        self.assert_done(self.restore("-b:v", "200k"))

    def test_repeated_encoder_settings(self):
        self.assert_done(self.restore("-e", "g=7", "-e", "bf=0"))
        packets = Media(str(self.output)).packets
        video = [packet for packet in packets if packet["stream_index"] == 0]
        keys = [number for number, packet in enumerate(video) if "K" in packet["flags"]]
        self.assertEqual(keys[:3], [0, 7, 14])


class Output(CommandLine):
    def test_stdout_stays_clean(self):
        for style in ("plain", "json", "none"):
            with self.subTest(style):
                self.assert_done(self.restore("-y", "--progress", style))

    def test_progress_json(self):
        done = self.restore("--progress", "json")
        self.assert_done(done)
        lines = [json.loads(line) for line in done.errors.splitlines() if line.strip()]
        self.assertTrue(lines)
        self.assertEqual(lines[-1]["frames"], FRAMES)
        self.assertIs(lines[-1]["done"], True)
        self.assertTrue(all(one["frames"] <= other["frames"] for one, other in zip(lines, lines[1:])))

    def test_progress_none_is_silent(self):
        done = self.restore("--progress", "none")
        self.assert_done(done)
        self.assertEqual(done.errors, "")

    def test_no_terminal_no_escapes(self):
        done = self.restore()
        self.assert_done(done)
        self.assertNotIn("\x1b", done.errors)
        self.assertNotIn("\r", done.errors)

    def test_report(self):
        report = self.folder / "report.json"
        self.assert_done(self.restore("--report", report))
        data = json.loads(report.read_text(encoding="utf-8"))
        self.assertEqual(data["output"]["frames"], FRAMES)
        self.assertEqual([stream["action"] for stream in data["plan"]["streams"]], ["encode", "copy"])
        self.assertFalse(data["degraded"])
        self.assertEqual(data["run"]["frames"], FRAMES)
        self.assertEqual(sorted(os.listdir(self.folder)), ["out.mkv", "report.json"])

    def test_report_that_cannot_be_written(self):
        done = self.restore("--report", "/no/such/folder/report.json")
        self.assertIn(done.returncode, (2, 4), done.errors)

    def test_media_on_stdout(self):
        done = self.run_program("restore", "--model", "none", "-c:v", "libx264", "--progress", "none", self.clip, "-")
        self.assertEqual((done.returncode, done.errors), (0, ""))
        self.output.write_bytes(done.stdout)
        self.assertEqual(len(Media(str(self.output)).frames), FRAMES)

    def test_reader_of_stdout_goes_away(self):
        read_end, write_end = os.pipe()
        os.close(read_end)
        command = [self.program, "restore", "--model", "none", "-c:v", "ffv1", "--progress", "none", str(self.clip), "-"]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=write_end, stderr=subprocess.PIPE, timeout=60)
        os.close(write_end)
        self.assertEqual(done.returncode, 4, done.stderr)

    def test_everything_through_pipes(self):
        with open(self.clip, "rb") as clip:
            done = self.run_program("restore", "--model", "none", "-c:v", "ffv1", "--progress", "none", "-", "-",
                                    stdin=clip)
        self.assertEqual(done.returncode, 0, done.errors)
        self.output.write_bytes(done.stdout)
        self.assertEqual(len(Media(str(self.output)).frames), FRAMES)


class Ranges(CommandLine):
    def times(self, *options):
        self.assert_done(self.restore("-y", *options))
        return [float(moment) for moment in Media(str(self.output)).frame_times()]

    def test_frames(self):
        for text, count in (("10:20", 10), (":5", 5), ("55:", 5), ("50:1000", 10), ("0:1", 1)):
            with self.subTest(text):
                self.assertEqual(len(self.times("--frames", text)), count)

    def test_times(self):
        self.assertEqual(len(self.times("--ss", "1", "--to", "2")), 25)
        self.assertEqual(len(self.times("--ss", "0:00:02")), FRAMES - 50)

    def test_a_range_with_nothing_in_it(self):
        done = self.restore("--frames", "100:200")
        self.assertIn(done.returncode, (2, 3), done.errors)
        self.assertFalse(self.output.exists())

    def test_sound_is_cut_with_the_picture(self):
        self.times("--ss", "1", "--to", "2")
        media = Media(str(self.output))
        sound = next(stream for stream in media.streams if stream["codec_type"] == "audio")
        moments = media.packet_times(sound)
        picture = media.frame_times()
        self.assertLess(abs(float(moments[0] - picture[0])), 0.05)
        self.assertLess(abs(float(moments[-1] - picture[-1])), 0.06)


class Repeatable(CommandLine):
    def test_same_input_same_bytes(self):
        files = []
        for number in range(2):
            output = self.folder / f"{number}.mkv"
            self.assert_done(self.restore("--deterministic", output=output))
            files.append(output.read_bytes())
        self.assertEqual(files[0], files[1])

    def test_threads_do_not_change_the_samples(self):
        hashes = []
        for threads in ("1", "2"):
            output = self.folder / f"{threads}.mkv"
            done = self.run_program("restore", "--model", "none", "-c:v", "ffv1", "--deterministic", "--threads", threads,
                                    self.clip, output)
            self.assert_done(done)
            hashes.append([packet["data_hash"] for packet in Media(str(output)).packets])
        self.assertEqual(hashes[0], hashes[1])

    def test_serial_runner_gives_the_same(self):
        files = []
        for options in ([], ["--serial"]):
            output = self.folder / f"serial{len(options)}.mkv"
            self.assert_done(self.restore("--deterministic", *options, output=output))
            files.append(output.read_bytes())
        self.assertEqual(files[0], files[1])


if __name__ == "__main__":
    CommandLine.program = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=1)
