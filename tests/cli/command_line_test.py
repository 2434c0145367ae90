#!/usr/bin/env python3
"""The command line as a newcomer and as a script meet it.

    command_line_test.py PRODUCT [unittest options]
"""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from checking.clips import make_clip
from checking.media import Media

PRODUCT = None
FRAMES = 60

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


class CommandLine(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.media_folder = tempfile.TemporaryDirectory(prefix="reelface_cli_")
        cls.clip = make_clip(Path(cls.media_folder.name) / "clip.mkv", frames=FRAMES, size="160x120")

    @classmethod
    def tearDownClass(cls):
        cls.media_folder.cleanup()

    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="reelface_cli_")
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        self.output = self.folder / "out.mkv"

    def run_program(self, *arguments, **process):
        process.setdefault("stdin", subprocess.DEVNULL)
        done = subprocess.run([PRODUCT, *[os.fsencode(str(part)) for part in arguments]], capture_output=True,
                              timeout=120, **process)
        done.errors = done.stderr.decode(errors="replace")
        return done

    def restore(self, *options, source=None, output=None, **process):
        return self.run_program("restore", "--model", "none", "-c:v", "libx264", "--preset", "ultrafast", *options,
                                source or self.clip, output or self.output, **process)

    def assert_done(self, done):
        self.assertEqual(done.returncode, 0, done.errors)
        self.assertEqual(done.stdout, b"")

    def assert_refused(self, done, code=2, word=None):
        self.assertEqual(done.returncode, code, done.errors)
        self.assertEqual(done.stdout, b"", "a refusal belongs on stderr")
        lines = [line for line in done.errors.splitlines() if line.strip()]
        self.assertTrue(1 <= len(lines) <= 4, f"not a short message: {done.errors}")
        if word:
            self.assertIn(word.lower(), done.errors.lower())
        self.assertEqual(os.listdir(self.folder), [], "something was written")


class Mistakes(CommandLine):
    def test_nothing_at_all(self):
        self.assert_refused(self.run_program())

    def test_unknown_command(self):
        self.assert_refused(self.run_program("restroe", self.clip, self.output), word="restroe")
        self.assert_refused(self.run_program("restroe", self.clip, self.output), word="try: reelface restore;")

    def test_command_forgotten(self):
        self.assert_refused(self.run_program(self.clip, self.output))

    def test_no_files(self):
        self.assert_refused(self.run_program("restore"), word="input")

    def test_what_a_command_needs(self):
        for words, needed in ((["analyze"], "needs INPUT"), (["degrade", self.clip], "needs OUTPUT"), (["compare"], "needs RESTORED"),
                              (["models"], "one of: list"), (["models", "pull"], "needs NAME"), ([], "restore INPUT OUTPUT")):
            with self.subTest(words):
                self.assert_refused(self.run_program(*words), word=needed)

    def test_the_input_as_output(self):
        for answer in ([], ["-y"]):
            self.assert_refused(self.restore(*answer, output=self.clip), word="same file")

    def test_no_output(self):
        self.assert_refused(self.run_program("restore", self.clip), word="output")

    def test_a_file_too_many(self):
        self.assert_refused(self.restore("third.mkv"))

    def test_unknown_option(self):
        self.assert_refused(self.restore("--sharpness", "3"), word="--sharpness")
        self.assert_refused(self.restore("--strenght", "50"), word="try: --strength; reelface restore --help")
        self.assert_refused(self.restore("--tempral=off"), word="try: --temporal;")
        self.assert_refused(self.run_program("compare", self.clip, "--refrence", self.clip), word="try: --reference;")

    def test_option_without_its_value(self):
        self.assert_refused(self.run_program("restore", self.clip, self.output, "--strength"), word="--strength")

    def test_words_that_are_not_choices(self):
        for option in ("--mask", "--deinterlace", "--temporal", "--preclean", "--precision", "--on-damage", "--progress",
                       "--face-selector-mode", "--shot-cuts", "--compare"):
            with self.subTest(option):
                self.assert_refused(self.restore(option, "perhaps"), word="perhaps")

    def test_numbers_out_of_range(self):
        for option, value in (("--strength", "101"), ("--strength", "-1"), ("--upscale", "5"), ("--upscale", "0"),
                              ("--window", "-1"), ("--threads", "-2"), ("--batch", "-1"), ("--detect-every", "0"),
                              ("--min-face", "-5"), ("--face-detector-score", "1.5"), ("--strength", "nan"),
                              ("--window", "inf"), ("--threads", "99999999999999999999"), ("--threads", "257"),
                              ("--batch", "1000000"), ("--window", "nan"), ("--min-face", "inf"), ("--min-face", "nan"),
                              ("--max-face", "nan"), ("--identity-limit", "nan"), ("--reference-face-distance", "nan"),
                              ("--face-detector-score", "nan"), ("--crf", "nan"), ("--crf", "inf"), ("--fps", "nan"),
                              ("--fps", "0.0001"), ("--fps", "9999999999/1"), ("--ss", "1e300"), ("--ss", "nan"),
                              ("--max-memory", "nan")):
            with self.subTest(f"{option} {value}"):
                self.assert_refused(self.restore(option, value))

    def test_every_command_checks_its_numbers(self):
        plan = self.folder / "plan"
        for words in (["analyze", self.clip, "--detect-every", "0"], ["analyze", self.clip, "--detect-every", "-3"],
                      ["analyze", self.clip, "--window", "nan"], ["analyze", self.clip, "--window", "0"],
                      ["analyze", self.clip, "--min-face", "nan"], ["analyze", self.clip, "--face-detector-score", "nan"],
                      ["analyze", self.clip, "--threads", "-1"], ["analyze", self.clip, "--threads", "257"],
                      ["compare", self.clip, self.clip, "--threads", "1024"], ["compare", self.clip, self.clip, "--threads", "-1"],
                      ["degrade", self.clip, self.output, "--preset", "film", "--threads", "1024"],
                      ["degrade", self.clip, self.output, "--set", "noise=nan"],
                      ["degrade", self.clip, self.output, "--preset", "film", "--crf", "nan"],
                      ["plan", self.clip, self.output, "--folder", plan, "--window", "nan"],
                      ["plan", self.clip, self.output, "--folder", plan, "--parts", "0"],
                      ["plan", self.clip, self.output, "--folder", plan, "--part-length", "nan"],
                      ["plan", self.clip, self.output, "--folder", plan, "--part-length", "0"],
                      ["part", plan, "0", "--threads", "-1"], ["part", plan, "0", "--threads", "257"]):
            with self.subTest(words):
                self.assert_refused(self.run_program(*words))

    def test_values_that_are_empty(self):
        """What a script's unset variable leaves is not taken for "all"."""
        for option in ("--frames", "--ss", "--to", "--window", "--strength", "--tracks", "--report", "--max-memory", "--crf",
                       "--only-person", "--device"):
            with self.subTest(option):
                self.assert_refused(self.restore(option, ""), word=option)
        self.assert_refused(self.run_program("analyze", self.clip, "--people", ""), word="--people is empty")
        self.assert_refused(self.run_program("restore", "", self.output), word="INPUT is empty")

    def test_only_films_can_be_planned(self):
        """Said before the film is read, which may take an hour."""
        missing = Path(self.media_folder.name) / "unreadable.mkv"
        missing.write_bytes(b"no film")
        for output in ("-", "/dev/null", self.folder / "%04d.png", self.folder / "one.png"):
            with self.subTest(output):
                done = self.run_program("plan", missing, output, "--folder", self.folder / "plan")
                self.assert_refused(done, word="only a film in a file")

    def test_numbers_that_are_none(self):
        for option in ("--strength", "--crf", "--upscale", "--threads", "--batch", "--window", "--min-face"):
            with self.subTest(option):
                self.assert_refused(self.restore(option, "12abc"))

    def test_times_and_ranges(self):
        for options in (["--ss", "soon"], ["--to", "1:2:3:4"], ["--frames", "10"], ["--frames", "20:10"],
                        ["--frames", "a:b"], ["--frames", ":"], ["--ss", "2", "--to", "1"], ["--frames", "0:5", "--ss", "1"]):
            with self.subTest(options):
                self.assert_refused(self.restore(*options))

    def test_encoder_settings(self):
        for options in (["-c:v", "libx999"], ["-c:v", "aac"], ["-e", "novalue"],
                        ["--pix-fmt", "yuv999p"], ["-e", "no_such_option=1"], ["-b:v", "plenty"], ["--crf", "-4"]):
            with self.subTest(options):
                self.assert_refused(self.run_program("restore", "--model", "none", *options, self.clip, self.output))

    def test_unknown_preset(self):
        done = self.run_program("restore", "--model", "none", "--preset", "warp9", self.clip, self.output)
        # x264 writes lines of its own to stderr, so only the words are looked at.
        self.assertEqual(done.returncode, 2, done.errors)
        self.assertIn("warp9", done.errors)
        self.assertEqual(os.listdir(self.folder), [])

    def test_container_cannot_hold_the_encoder(self):
        done = self.run_program("restore", "--model", "none", "-c:v", "ffv1", self.clip, self.folder / "out.mp4")
        self.assert_refused(done, word="mkv")

    def test_more_memory_than_allowed(self):
        self.assert_refused(self.restore("--max-memory", "20M"), code=8, word="--max-memory")
        self.assert_done(self.restore("--max-memory", "2G"))

    def test_model_that_is_not_there(self):
        done = self.run_program("restore", "--model", "no_such_model", self.clip, self.output)
        self.assertIn(done.returncode, (2, 5), done.errors)
        self.assertIn("no_such_model", done.errors)
        self.assertEqual(os.listdir(self.folder), [])

    def test_model_that_is_no_model(self):
        fake = Path(self.media_folder.name) / "fake.pth"
        fake.write_bytes(b"not a checkpoint at all")
        done = self.run_program("restore", "--model", fake, self.clip, self.output)
        self.assert_refused(done, code=5)

    def test_input_that_is_not_there(self):
        self.assert_refused(self.restore(source="/no/such/film.mkv"), code=3, word="/no/such/film.mkv")

    def test_input_that_may_not_be_read(self):
        if os.geteuid() == 0:
            self.skipTest("root may read everything")
        locked = Path(self.media_folder.name) / "locked.mkv"
        locked.write_bytes(self.clip.read_bytes())
        locked.chmod(0)
        self.assert_refused(self.restore(source=locked), code=3)

    def test_network_addresses_are_not_opened(self):
        for address in ("http://127.0.0.1:9/film.mkv", "rtmp://127.0.0.1/x", "concat:a.mkv|b.mkv"):
            with self.subTest(address):
                self.assert_refused(self.restore(source=address), code=3)


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
        self.assertRegex(done.stdout.decode(), r"^reelface \d+\.\d+\.\d+")

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
        command = [PRODUCT, "restore", "--model", "none", "-c:v", "ffv1", "--progress", "none", str(self.clip), "-"]
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
    PRODUCT = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=1)
