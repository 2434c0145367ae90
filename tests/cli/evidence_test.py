# SPDX-License-Identifier: Apache-2.0
"""`reelface degrade` and `reelface compare` from the outside: exit codes, streams, files.  usage: evidence_test.py REELFACE"""
import csv
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

REELFACE = sys.argv.pop(1)
SOURCE = pathlib.Path(__file__).resolve().parents[2]


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
        rows = list(csv.DictReader(frames.read_text().splitlines()))
        self.assertEqual([row["frame"] for row in rows], [str(i) for i in range(15)])
        self.assertEqual(rows[0]["restored_warping_error"], "")
        self.assertGreater(float(rows[1]["restored_warping_error"]), 0)
        self.assertIn("bad.mkv", page.read_text())
        self.assertEqual(sorted(path.name for path in self.at.glob("*.part")), [])

    def check_in_browser(self, page):
        if not (shutil.which("chromium") and shutil.which("chromedriver")):
            self.skipTest("NOT TESTED IN A BROWSER: chromium and chromium-driver are not installed")
        checked = subprocess.run([sys.executable, "-B", SOURCE / "tests/unit/report/check_in_browser.py", page,
                                  os.environ.get("REELFACE_SCREENSHOTS", self.at / "pictures"), "--any"],
                                 capture_output=True, text=True, timeout=280)
        self.assertEqual(checked.returncode, 0, checked.stderr)

    def make(self, name, source, filters, frames=20):
        """A film without loss: `filters` over a still."""
        path = self.at / name
        subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-loop", "1", "-i", source, "-vf", filters, "-frames:v", str(frames),
                        "-c:v", "ffv1", "-pix_fmt", "yuv420p", path], check=True)
        return path

    def figures(self, restored, reference):
        path = self.at / "known.json"
        result = run("compare", restored, "--reference", reference, "--json", path, "-y")
        self.assertEqual(result.returncode, 0, result.stderr)
        return json.loads(path.read_text())["restored"]

    def test_what_was_put_in_over_time_is_what_is_measured(self):
        portrait = SOURCE / "examples/media/eileen-collins.jpg"
        small = "scale=400:400,format=yuv420p,"
        clean = self.make("steady.mkv", portrait, small + "crop=360:360:20:20")
        # Every second frame five steps brighter: where nothing moves that is flicker, and the face pumps by as much.
        known = self.figures(self.make("pumping.mkv", portrait, small + "crop=360:360:20:20,geq=lum='min(235,lum(X,Y)+5*mod(N,2))':"
                                       "cb='cb(X,Y)':cr='cr(X,Y)'"), clean)
        self.assertAlmostEqual(known["flicker"], 5, delta=0.15)
        self.assertAlmostEqual(known["face_pumping"], 5, delta=0.15)
        # Every second frame eight pixels to the right: the second difference of every point is sixteen.
        known = self.figures(self.make("trembling.mkv", portrait, small + "crop=360:360:x='20-8*mod(n,2)':y=20"), clean)
        faces = json.loads(run("analyze", clean).stdout)["tracks"][0]["faces"]
        width = sum(face["box"][2] for face in faces) / len(faces)
        self.assertAlmostEqual(known["face_jitter"] / (100 * 16 / width), 1, delta=0.1)
        self.assertLess(self.figures(clean, clean)["face_jitter"], 0.1)

    def test_motion_that_differs_is_measured_in_pixels(self):
        texture = self.at / "texture.png"
        subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i", "color=gray:s=480x240,format=gray,noise=alls=100:"
                        "all_seed=5,gblur=sigma=4,eq=contrast=5,format=yuv420p", "-frames:v", "1", texture], check=True)
        slow = self.make("slow.mkv", texture, "crop=320:240:x='2*n':y=0")
        fast = self.make("fast.mkv", texture, "crop=320:240:x='4*n':y=0")
        known = self.figures(fast, slow)
        self.assertAlmostEqual(known["tof"], 2, delta=0.3)

    def test_compare_without_a_clean_film(self):
        page = self.at / "alone.html"
        result = run("compare", self.bad, "--input", self.clean, "--faces", "off", "--html", page)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("Without a clean film", result.stderr)
        self.assertIn("Warping error", result.stdout)
        self.check_in_browser(page)
        nothing = run("compare", self.bad)
        self.assertEqual(nothing.returncode, 2)
        self.assertIn("--reference", nothing.stderr)

    def test_compare_basic_has_psnr_and_ssim_only(self):
        result = run("compare", self.bad, "--reference", self.clean, "--faces", "off", "--measures", "basic")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual([line.split(",")[0].split("  ")[0] for line in result.stdout.splitlines()[1:]], ["PSNR", "SSIM"])

    def test_compare_uses_niqe_where_it_was_pulled(self):
        parameters = self.at / "models" / "niqe_pris_params.npz"
        parameters.parent.mkdir()
        made = subprocess.run(["/usr/bin/python3", SOURCE / "tests/unit/measure/reference_niqe.py", "parameters", parameters],
                              capture_output=True)
        if made.returncode:
            self.skipTest("NOT CHECKED: python3-numpy is missing")
        words = ("compare", self.bad, "--reference", self.clean, "--faces", "off")
        result = subprocess.run([REELFACE, *map(str, words)], capture_output=True, text=True, timeout=300,
                                env=dict(os.environ, REELFACE_MODELS=str(parameters.parent)))
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("NIQE", result.stdout)
        self.assertNotIn("NIQE", run(*words).stdout)
        parameters.write_bytes(b"PK\3\4 something else")
        refused = subprocess.run([REELFACE, *map(str, words)], capture_output=True, text=True, timeout=300,
                                 env=dict(os.environ, REELFACE_MODELS=str(parameters.parent)))
        self.assertEqual(refused.returncode, 5)
        self.assertIn("models pull niqe", refused.stderr)

    def test_restore_writes_a_page_and_json(self):
        film, restored = self.at / "portrait.mkv", self.at / "portrait_restored.mkv"
        page, figures = self.at / "restored.html", self.at / "restored.json"
        subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-loop", "1", "-i", SOURCE / "examples/media/eileen-collins.jpg", "-t",
                        "0.5", "-vf", "scale=256:256,noise=alls=20:allf=t,format=yuv420p", "-c:v", "ffv1", film], check=True)
        result = run("restore", film, restored, "--report", page, "--report", figures)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(len(json.loads(figures.read_text())["tracks"]), 1)
        text = page.read_text()
        for part in ("Where the time went", "SHA-256: " + hashlib.sha256((SOURCE / "models/faithful.safetensors").read_bytes()).hexdigest(),
                     "Settings", "Strength of the restoration", "Face 1", "portrait_restored.mkv"):
            self.assertIn(part, text)
        self.assertGreaterEqual(text.count("<figure class=pair"), 2)
        self.check_in_browser(page)

    def test_restored_files_say_so_unless_told_not_to(self):
        film = self.at / "one.mkv"
        subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-i", SOURCE / "examples/media/eileen-collins.jpg", "-vf",
                        "scale=256:256,format=yuv420p", "-metadata", "comment=from the attic", "-c:v", "ffv1", film], check=True)
        weights = hashlib.sha256((SOURCE / "models/faithful.safetensors").read_bytes()).hexdigest()

        def comment(name, *options):
            result = run("restore", film, self.at / name, "--strength", 80, "-c:v", "libx264", *options)
            self.assertEqual(result.returncode, 0, result.stderr)
            tags = json.loads(subprocess.run(["ffprobe", "-v", "error", "-show_entries", "format_tags", "-of", "json", self.at / name],
                                             capture_output=True, check=True).stdout)["format"]["tags"]
            return {key.lower(): value for key, value in tags.items()}["comment"]

        for name in ("said.mkv", "said.mp4"):
            text = comment(name)
            for part in ("from the attic", "restored by reelface", "faithful", weights[:16], "strength 80"):
                self.assertIn(part, text)
        self.assertEqual(comment("unsaid.mkv", "--no-provenance"), "from the attic")

    def test_compare_never_replaces_a_film(self):
        for option in ("--html", "--json", "--csv"):
            for film in (self.bad, self.clean):
                before = film.read_bytes()
                refused = run("compare", self.bad, "--reference", self.clean, "--faces", "off", option, film)
                self.assertEqual(refused.returncode, 2, refused.stderr)
                self.assertIn("are the same file", refused.stderr)
                self.assertEqual(film.read_bytes(), before)

    def test_compare_fails_without_leaving_files(self):
        missing = run("compare", self.bad, "--reference", self.at / "none.mkv", "--json", self.at / "x.json", "--csv", self.at / "x.csv")
        self.assertEqual(missing.returncode, 3)
        self.assertEqual(list(self.at.glob("x.*")), [])
        nowhere = run("compare", self.bad, "--reference", self.clean, "--faces", "off", "--json", self.at / "no" / "x.json")
        self.assertEqual(nowhere.returncode, 2)
        self.assertIn("no/x.json", nowhere.stderr)


unittest.main()
