#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What is installed knows nothing of where it was built: no such path is in it, and nothing is opened from there.

    installed_test.py BUILD_FOLDER SOURCE_FOLDER [CMAKE]
"""

import gzip
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def is_binary(data):
    return data.startswith((b"\x7fELF", b"!<arch>\n"))


def words_around(data, position):
    start = max(data.rfind(b"\0", 0, position) + 1, position - 80)
    return data[start:position + 120].split(b"\0")[0].decode(errors="replace")


def paths_inside(prefix, places):
    """Each installed file that holds one of the places, with the words around it; and how many programs, libraries and
    other files were looked at."""
    found, binaries, texts = [], 0, 0
    for file in sorted(prefix.rglob("*")):
        if file.is_symlink() or not file.is_file():
            continue
        data = file.read_bytes()
        binaries += is_binary(data)
        texts += not is_binary(data)
        for place in places:
            position = data.find(os.fsencode(place))
            if position >= 0:
                found.append(f"{file.relative_to(prefix)}: {words_around(data, position)}")
    return found, binaries, texts


def run_installed(prefix, home, *words):
    """Where nothing but the installation itself says where things are."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "XDG_DATA_HOME": str(home)}
    return subprocess.run([str(prefix / "bin" / "reelface"), *words], stdin=subprocess.DEVNULL, capture_output=True,
                          text=True, timeout=120, env=environment, cwd=home)


def check_nothing_else_is_opened(prefix, home):
    """First everything is found in the installation; then, taken away, it is found nowhere."""
    film = home / "film.mkv"
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=64x48", "-frames:v", "3",
                    str(film)], check=True)
    whole = run_installed(prefix, home, "analyze", str(film))
    assert whole.returncode == 0, f"the installation has no models: {whole.stderr}"
    devices = run_installed(prefix, home, "devices")
    assert devices.returncode == 0, f"the installation has no library of networks: {devices.stderr}"

    shutil.rmtree(prefix / "share" / "reelface" / "models")
    without_models = run_installed(prefix, home, "analyze", str(film))
    assert without_models.returncode == 5, f"models of another place were used: {without_models.returncode}"
    next(prefix.rglob("reelface_networks.so")).unlink()
    without_networks = run_installed(prefix, home, "devices")
    assert without_networks.returncode == 7 and "library of networks is not there" in without_networks.stderr, \
        f"a library of another place was opened: {without_networks.stdout}{without_networks.stderr}"


def check_documents(prefix):
    """Where man and the shells look, and not what cpack installs for Debian's zsh alone."""
    share = prefix / "share"
    manual = next((share / "man" / "man1").glob("reelface.1*"))
    text = gzip.decompress(manual.read_bytes()) if manual.suffix == ".gz" else manual.read_bytes()
    assert text.startswith(b".TH REELFACE 1 "), "no manual"
    for name, start in (("bash-completion/completions/reelface", "# "), ("fish/vendor_completions.d/reelface.fish", "# "),
                        ("zsh/site-functions/_reelface", "#compdef reelface")):
        assert (share / name).read_text(encoding="utf-8").startswith(start), name
    assert not (share / "zsh/vendor-completions").exists()


def main():
    build, source = (os.path.realpath(place) for place in sys.argv[1:3])
    cmake = sys.argv[3] if len(sys.argv) > 3 else "cmake"
    with tempfile.TemporaryDirectory(prefix="reelface_installed_") as name:
        prefix, home = Path(name) / "installed", Path(name) / "home"
        home.mkdir()
        subprocess.run([cmake, "--install", build, "--prefix", str(prefix)], check=True, capture_output=True)
        found, binaries, texts = paths_inside(prefix, {build, source})
        assert binaries >= 3 and texts >= 10, f"only {binaries} binaries and {texts} other files were installed"
        assert not found, "what was installed tells where it was built:\n  " + "\n  ".join(found)
        check_documents(prefix)
        check_nothing_else_is_opened(prefix, home)
    print(f"{binaries} binaries and {texts} other files know nothing of where they were built")


if __name__ == "__main__":
    main()
