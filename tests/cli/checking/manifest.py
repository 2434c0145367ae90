# SPDX-License-Identifier: Apache-2.0
"""Reads the manifest that make_corpus.py writes."""

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class ManifestCase:
    folder: Path
    name: str
    path: str
    what: str
    expect: str
    traits: tuple
    caveats: tuple
    arguments: tuple
    reference: tuple  # options the ffmpeg program needs to read the same frames
    outputs: tuple

    def has(self, trait):
        return trait in self.traits

    def reference_input(self):
        """(input options, absolute path) for ffmpeg and ffprobe."""
        path = next((text[5:] for text in self.reference if text.startswith("PATH=")), self.path)
        return [text for text in self.reference if not text.startswith("PATH=")], str(self.folder / path)


def load_manifest(folder):
    folder = Path(folder).absolute()
    data = json.loads((folder / "manifest.json").read_text(encoding="ascii"))
    return [ManifestCase(folder=folder, **{key: tuple(value) if isinstance(value, list) else value
                                           for key, value in case.items()}) for case in data["cases"]]
