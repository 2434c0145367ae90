#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the program is made of, as SPDX 2.3: asked of a finished build, not of a list that somebody keeps.

    sbom.py BUILD_FOLDER [OUTPUT.spdx.json]

Libraries are those that the built program and its module want to load; headers those that the compiler has read for them. dpkg tells
which packages they are of. The same build gives the same file.
"""
import hashlib
import json
import os
import re
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = "src/app/reelface"


def run(*words):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, check=True).stdout


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def module_of(build):
    return next(iter(sorted((build / "lib").glob("reelface_networks*"))))


def loaded_libraries(binary):
    """Those that it names itself, not theirs, as paths."""
    wanted = set(re.findall(r"NEEDED.*\[(.+)\]", run("readelf", "-d", binary)))
    places = dict(re.findall(r"^\s*(\S+) => (/\S+)", run("ldd", binary), flags=re.MULTILINE))
    return {places[name] for name in wanted if name in places}


def headers_read(build, target):
    """System headers behind the objects of a target."""
    objects = {name for name in run("ninja", "-C", build, "-t", "inputs", target).split("\n") if name.endswith(".o")}
    found, is_ours = set(), False
    for line in run("ninja", "-C", build, "-t", "deps").splitlines():
        if line and not line.startswith(" "):
            is_ours = line.split(":")[0] in objects
        elif is_ours and line.strip().startswith("/"):
            found.add(os.path.normpath(line.strip()))
    return {path for path in found if not Path(path).is_relative_to(ROOT) and not Path(path).is_relative_to(build)}


def names_for_dpkg(path):
    """A file may be known under where it is, or under the name that led there: /lib is a link to /usr/lib."""
    real = os.path.realpath(path)
    names = [path, real, real.removeprefix("/usr"), path.removeprefix("/usr")]
    return [*dict.fromkeys(names)]


def packages_of(paths):
    """{package: version}, and the files that are of none."""
    asked = sorted({name for path in paths for name in names_for_dpkg(path)})
    done = subprocess.run(["dpkg-query", "-S", *asked], capture_output=True, text=True, check=False)
    owners = {}
    for line in done.stdout.splitlines():
        if ": " in line and not line.startswith("diversion"):
            packages, path = line.split(": ", 1)
            owners[path] = packages.split(", ")[0]
    found, unknown = set(), []
    for path in sorted(paths):
        owner = next((owners[name] for name in names_for_dpkg(path) if name in owners), None)
        found.add(owner) if owner else unknown.append(path)
    return found, unknown


def debian_package(name):
    fields = run("dpkg-query", "-W", "-f", "${Package}\n${Version}\n${Architecture}\n${Homepage}\n${Maintainer}", name).split("\n")
    return dict(zip(("name", "version", "architecture", "homepage", "maintainer"), fields))


def licence_names(package):
    """What Debian's copyright file calls the licences; its names are not all SPDX's."""
    path = Path("/usr/share/doc") / package / "copyright"
    text = path.read_text(errors="replace") if path.exists() else ""
    if not text.startswith("Format:"):
        return ""
    return ", ".join(sorted(set(re.findall(r"^License: *(\S.*)$", text, flags=re.MULTILINE))))


def spdx_of_debian(name):
    package = debian_package(name)
    names = licence_names(package["name"])
    reference = f"pkg:deb/debian/{package['name']}@{package['version']}?arch={package['architecture']}"
    entry = {"SPDXID": "SPDXRef-deb-" + re.sub(r"[^A-Za-z0-9.-]", "-", package["name"]), "name": package["name"],
             "versionInfo": package["version"], "supplier": "Organization: Debian", "downloadLocation": "NOASSERTION",
             "filesAnalyzed": False, "licenseConcluded": "NOASSERTION", "licenseDeclared": "NOASSERTION",
             "copyrightText": "NOASSERTION",
             "externalRefs": [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": reference}]}
    if package["homepage"]:
        entry["homepage"] = package["homepage"]
    if names:
        entry["licenseComments"] = f"Debian's copyright file names: {names}"
    return entry


def spdx_of_models():
    manifest = json.loads((ROOT / "models/manifest.json").read_text(encoding="utf-8"))
    for model in manifest["models"]:
        if not model.get("embedded"):
            continue
        found = sha256(ROOT / "models" / model["file"])
        if found != model["sha256"]:
            raise SystemExit(f"models/{model['file']} is not what the manifest says")
        is_spdx = model["licence"] == "Apache-2.0"
        yield {"SPDXID": "SPDXRef-model-" + model["name"], "name": model["name"], "versionInfo": found[:16], "packageFileName": model["file"],
               "downloadLocation": "NOASSERTION", "filesAnalyzed": False, "primaryPackagePurpose": "DATA",
               "checksums": [{"algorithm": "SHA256", "checksumValue": found}], "licenseConcluded": "NOASSERTION",
               "licenseDeclared": model["licence"] if is_spdx else "NOASSERTION", "copyrightText": "NOASSERTION",
               "licenseComments": f"models/{model['name']}.md: {model['licence']}"}


def made_at():
    """Of the sources, not of this run."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH")
    if not seconds and (ROOT / ".git").exists():
        seconds = run("git", "-C", ROOT, "log", "-1", "--format=%ct").strip()
    return datetime.fromtimestamp(int(seconds or 0), timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def version_of(build):
    return re.search(r'"(.+?)"', (build / "include/reelface/version.h").read_text(encoding="utf-8"))[1]


def document(build):
    binaries = [build / PROGRAM, module_of(build)]
    version = version_of(build)
    linked, unknown = packages_of(set().union(*map(loaded_libraries, binaries)))
    read, unknown_headers = packages_of(headers_read(build, PROGRAM) | headers_read(build, module_of(build).relative_to(build)))
    if unknown or unknown_headers:
        print(f"of no package: {', '.join([*unknown, *unknown_headers][:20])}", file=sys.stderr)
    own = {"SPDXID": "SPDXRef-reelface", "name": "reelface", "versionInfo": version, "supplier": "Organization: The Reelface authors",
           "downloadLocation": "NOASSERTION", "filesAnalyzed": False, "licenseConcluded": "Apache-2.0", "licenseDeclared": "Apache-2.0",
           "copyrightText": "2026 The Reelface authors", "primaryPackagePurpose": "APPLICATION",
           "checksums": [{"algorithm": "SHA256", "checksumValue": sha256(binaries[0])}],
           "comment": f"The checksum is of {PROGRAM}; {binaries[1].name} has SHA-256 {sha256(binaries[1])}."}
    models = list(spdx_of_models())
    entries = {name: spdx_of_debian(name) for name in sorted(linked | read)}
    relations = [("SPDXRef-DOCUMENT", "DESCRIBES", own["SPDXID"])]
    relations += [(own["SPDXID"], "CONTAINS", model["SPDXID"]) for model in models]
    relations += [(own["SPDXID"], "DYNAMIC_LINK", entries[name]["SPDXID"]) for name in sorted(linked)]
    relations += [(entries[name]["SPDXID"], "BUILD_DEPENDENCY_OF", own["SPDXID"]) for name in sorted(read)]
    packages = [own, *models, *entries.values()]
    digest = hashlib.sha256(json.dumps(packages, sort_keys=True).encode()).hexdigest()
    return {"spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": f"reelface-{version}",
            "documentNamespace": f"https://reelface.invalid/spdx/{version}/{digest}",
            "creationInfo": {"created": made_at(), "creators": ["Organization: The Reelface authors", f"Tool: sbom.py-{version}"]},
            "packages": packages,
            "relationships": [{"spdxElementId": one, "relationshipType": kind, "relatedSpdxElement": other} for one, kind, other in relations]}


def main():
    build = Path(sys.argv[1]).resolve()
    text = json.dumps(document(build), indent=1) + "\n"
    if len(sys.argv) > 2:
        Path(sys.argv[2]).write_text(text, encoding="utf-8")
        print(f"{sys.argv[2]}: {text.count('SPDXID') - 1} packages")
    else:
        print(text, end="")


if __name__ == "__main__":
    main()
