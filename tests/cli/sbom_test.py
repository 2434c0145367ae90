#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""./dev sbom: names what the built program loads and what it was compiled with, in the form that SPDX asks for.

    sbom_test.py BUILD_FOLDER SOURCE_FOLDER
"""
import hashlib
import json
import subprocess
import sys
import unittest
from pathlib import Path

BUILD = SOURCE = None


def made():
    done = subprocess.run([sys.executable, "-B", SOURCE / "cmake/packaging/sbom.py", BUILD], capture_output=True, text=True, check=True,
                          env={"PATH": "/usr/bin:/bin", "SOURCE_DATE_EPOCH": "1700000000"})
    return done.stdout


class Sbom(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.text = made()
        cls.document = json.loads(cls.text)
        cls.packages = {package["SPDXID"]: package for package in cls.document["packages"]}

    def related(self, kind):
        """The names of what the program is related to in this way."""
        return {self.packages[entry["relatedSpdxElement" if kind != "BUILD_DEPENDENCY_OF" else "spdxElementId"]]["name"]
                for entry in self.document["relationships"] if entry["relationshipType"] == kind}

    def test_has_the_form_that_spdx_asks_for(self):
        for field in ("spdxVersion", "dataLicense", "SPDXID", "name", "documentNamespace", "creationInfo"):
            self.assertIn(field, self.document)
        self.assertEqual(self.document["creationInfo"]["created"], "2023-11-14T22:13:20Z")
        self.assertEqual(len(self.packages), len(self.document["packages"]), "an identifier is there twice")
        for package in self.packages.values():
            self.assertRegex(package["SPDXID"], r"^SPDXRef-[A-Za-z0-9.-]+$")
            for field in ("name", "downloadLocation", "licenseConcluded", "licenseDeclared", "copyrightText"):
                self.assertTrue(package[field], package)
        known = {*self.packages, "SPDXRef-DOCUMENT"}
        for entry in self.document["relationships"]:
            self.assertLessEqual({entry["spdxElementId"], entry["relatedSpdxElement"]}, known)

    def test_names_what_is_loaded_and_what_was_compiled_in(self):
        loaded = " ".join(sorted(self.related("DYNAMIC_LINK")))
        for library in ("libavcodec", "libavformat", "libopencv-core", "libtbb", "libtorch", "libcurl", "libstdc++", "libc6"):
            self.assertIn(library, loaded)
        compiled = self.related("BUILD_DEPENDENCY_OF")
        for headers in ("nlohmann-json3-dev", "libcli11-dev", "libcpp-httplib-dev", "libspdlog-dev"):
            self.assertIn(headers, compiled)
        self.assertNotIn("libgtest-dev", compiled, "tests are no part of the program")
        for package in self.packages.values():
            if package["SPDXID"].startswith("SPDXRef-deb-"):
                self.assertIn(package["versionInfo"], package["externalRefs"][0]["referenceLocator"])

    def test_models_and_program_have_their_sums(self):
        self.assertEqual(self.related("CONTAINS"), {"faithful", "reel", "loupe", "compact", "spotter", "descriptor"})
        for package in self.packages.values():
            if package["SPDXID"].startswith("SPDXRef-model-"):
                found = hashlib.sha256((SOURCE / "models" / package["packageFileName"]).read_bytes()).hexdigest()
                self.assertEqual(package["checksums"][0]["checksumValue"], found)
        program = hashlib.sha256((BUILD / "src/app/reelface").read_bytes()).hexdigest()
        self.assertEqual(self.packages["SPDXRef-reelface"]["checksums"][0]["checksumValue"], program)

    def test_is_the_same_every_time(self):
        self.assertEqual(made(), self.text)


if __name__ == "__main__":
    BUILD, SOURCE = Path(sys.argv.pop(1)).resolve(), Path(sys.argv.pop(1)).resolve()
    unittest.main()
