#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The Debian packages that cpack makes: what is in them, what they ask for, and that the program runs from one.

    packages_test.py BUILD_FOLDER [CPACK]
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PROGRAM_FILES = ["usr/bin/reelface", "usr/share/reelface/models/manifest.json", "usr/share/reelface/models/faithful.safetensors",
                 "usr/share/doc/reelface/copyright", "usr/share/doc/reelface/changelog.gz",
                 "usr/share/doc/reelface/CHANGELOG.md.gz", "usr/share/man/man1/reelface.1.gz",
                 "usr/share/bash-completion/completions/reelface", "usr/share/zsh/vendor-completions/_reelface",
                 "usr/share/fish/vendor_completions.d/reelface.fish"]


def run(*words, **options):
    return subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True, timeout=300,
                          stdin=subprocess.DEVNULL, **options).stdout


def field(package, name):
    return run("dpkg-deb", "-f", package, name).strip()


def unpacked(package, folder):
    run("dpkg-deb", "-x", package, folder)
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def check_program(package, folder):
    files = unpacked(package, folder)
    missing = [name for name in PROGRAM_FILES if name not in files]
    assert not missing, f"not in the package: {missing}"
    assert any(name.endswith("/reelface/reelface_networks.so") for name in files), "no networks in the package"
    assert not [name for name in files if name.endswith((".a", ".h", ".cmake"))], "headers or libraries in the program's package"
    depends = field(package, "Depends")
    for library in ("libavcodec", "libopencv-core", "libtbb", "libtorch"):
        assert library in depends, f"{library} is not among {depends}"
    assert "-dev" not in depends and "g++" not in depends, f"a compiler is asked for: {depends}"


def check_development(package, folder):
    files = unpacked(package, folder)
    assert "usr/include/reelface/restore/restore_video.h" in files, "no headers in libreelface-dev"
    assert any(name.endswith("/cmake/reelface/reelfaceConfig.cmake") for name in files), "no CMake package"
    assert field(package, "Depends").startswith("reelface (= "), field(package, "Depends")


def check_form(packages):
    """What Debian asks of a package's form; it need not be there where only films are restored."""
    if not shutil.which("lintian"):
        print("SKIPPED: there is no lintian", flush=True)
        return
    found = subprocess.run(["lintian", "--allow-root", "--fail-on", "error", *map(str, packages)], capture_output=True, text=True,
                           timeout=300, stdin=subprocess.DEVNULL)
    assert found.returncode == 0, f"lintian finds errors:\n{found.stdout}{found.stderr}"


def check_scripts(package, folder):
    """A library that only this program opens is no business of ldconfig's."""
    run("dpkg-deb", "-e", package, folder)
    scripts = [name for name in ("preinst", "postinst", "prerm", "postrm") if (folder / name).exists()]
    assert not scripts, f"the package runs {scripts}"


def check_it_runs(folder, home):
    film, restored = home / "film.mkv", home / "restored.mkv"
    run("ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=160x120", "-frames:v", "5", film)
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "XDG_DATA_HOME": str(home)}
    run(folder / "usr/bin/reelface", "restore", film, restored, env=environment, cwd=home)
    frames = run("ffprobe", "-v", "error", "-count_frames", "-show_entries", "stream=nb_read_frames", "-of", "csv=p=0", restored)
    assert frames.strip().strip(",") == "5", f"{frames} frames"
    run(folder / "usr/bin/reelface", "devices", env=environment, cwd=home)


def main():
    build, cpack = Path(sys.argv[1]).resolve(), sys.argv[2] if len(sys.argv) > 2 else "cpack"
    with tempfile.TemporaryDirectory(prefix="reelface_packages_") as name:
        folder = Path(name)
        run(cpack, "-G", "DEB", "-B", folder / "made", cwd=build)
        packages = {field(package, "Package"): package for package in (folder / "made").glob("*.deb")}
        assert sorted(packages) == ["libreelface-dev", "reelface"], sorted(packages)
        check_program(packages["reelface"], folder / "program")
        check_development(packages["libreelface-dev"], folder / "development")
        check_scripts(packages["reelface"], folder / "control")
        check_form(packages.values())
        check_it_runs(folder / "program", folder)
    print("packages: as they should be")


if __name__ == "__main__":
    main()
