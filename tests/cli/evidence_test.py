"""`reelface degrade` and `reelface compare` from the outside: exit codes, streams, files.  usage: evidence_test.py REELFACE"""
import csv
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

REELFACE = sys.argv.pop(1)


def run(*arguments):
    return subprocess.run([REELFACE, *map(str, arguments)], capture_output=True, text=True, timeout=300)


class Evidence(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.at = pathlib.Path(cls.folder.name)
        cls.clean, cls.bad = cls.at / "clean.mkv", cls.at / "bad.mkv"
        subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=192x176:r=25:d=0.6", "-f", "lavfi",
                        "-i", "sine=d=0.6", "-vf", "rotate=0.3*t", "-c:v", "ffv1", "-pix_fmt", "yuv420p", "-c:a", "flac",
                        cls.clean], check=True)
        cls.made = run("degrade", cls.clean, cls.bad, "--preset", "mild", "--set", "noise=12", "--seed", 3, "-crf", 20)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_degrade_is_silent_on_stdout(self):
        self.assertEqual((self.made.returncode, self.made.stdout), (0, ""), self.made.stderr)
        self.assertTrue(self.bad.exists())

    def test_degrade_does_not_overwrite_unasked(self):
        before = self.bad.read_bytes()
        refused = run("degrade", self.clean, self.bad, "--preset", "mild")
        self.assertNotEqual(refused.returncode, 0)
        self.assertEqual(self.bad.read_bytes(), before)

    def test_degrade_explains_mistakes(self):
        for words, hint in ((["--preset", "nope"], "webcam"), (["--set", "noise=x"], "key=number"), ([], "--preset"),
                            (["--set", "shrink=99"], "32")):
            wrong = run("degrade", self.clean, self.at / "never.mkv", *words)
            self.assertEqual(wrong.returncode, 2, words)
            self.assertIn(hint, wrong.stderr)
            self.assertFalse((self.at / "never.mkv").exists())
        self.assertEqual(run("degrade", self.at / "none.mkv", self.at / "never.mkv", "--preset", "mild").returncode, 3)

    def test_compare_writes_what_was_asked_for(self):
        page, figures, frames = (self.at / name for name in ("page.html", "figures.json", "frames.csv"))
        result = run("compare", self.bad, "--reference", self.clean, "--input", self.bad, "--faces", "off", "--html", page,
                     "--json", figures, "--csv", frames)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("PSNR, luma, dB", result.stdout)
        summary = json.loads(figures.read_text())
        self.assertEqual(summary["frames"], 15)
        self.assertEqual(summary["restored"], summary["input"])
        self.assertTrue(15 < summary["restored"]["psnr_luma"] < 40, summary)
        rows = list(csv.DictReader(frames.open()))
        self.assertEqual([row["frame"] for row in rows], [str(i) for i in range(15)])
        self.assertEqual(rows[0]["restored_warping_error"], "")
        self.assertGreater(float(rows[1]["restored_warping_error"]), 0)
        self.assertIn("bad.mkv", page.read_text())
        self.assertEqual(sorted(path.name for path in self.at.glob("*.part")), [])

    def test_compare_fails_without_leaving_files(self):
        missing = run("compare", self.bad, "--reference", self.at / "none.mkv", "--json", self.at / "x.json", "--csv", self.at / "x.csv")
        self.assertEqual(missing.returncode, 3)
        self.assertEqual(list(self.at.glob("x.*")), [])
        nowhere = run("compare", self.bad, "--reference", self.clean, "--faces", "off", "--json", self.at / "no" / "x.json")
        self.assertEqual(nowhere.returncode, 4)
        self.assertIn("no/x.json", nowhere.stderr)


unittest.main()
