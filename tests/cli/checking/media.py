# SPDX-License-Identifier: Apache-2.0
"""One media file as ffprobe sees it after decoding every frame of its main video stream."""

import functools
import json
import os
import re
import subprocess
from fractions import Fraction

HDR_KINDS = ("Mastering display metadata", "Content light level metadata")


class MediaError(Exception):
    """ffprobe or ffmpeg could not read the file."""


def run_tool(command, timeout=120):
    done = subprocess.run([os.fsencode(part) for part in command], stdin=subprocess.DEVNULL, capture_output=True,
                          timeout=timeout)
    return done.returncode, done.stdout, done.stderr.decode(errors="replace")


def matrix_numbers(text):
    """The nine numbers of ffprobe's printout of a display matrix."""
    rows = [re.sub(r"^\s*[0-9a-f]+:", "", line) for line in text.strip().splitlines()]
    return tuple(int(number) for row in rows for number in row.split())


class Media:
    """Facts of a file; times are exact fractions of a second on the file's own clock."""

    def __init__(self, path, input_options=()):
        self.path = path
        self.input_options = list(input_options)
        code, output, errors = run_tool(
            ["ffprobe", "-v", "error", *self.input_options, "-show_streams", "-show_format", "-show_chapters",
             "-show_packets", "-show_data_hash", "md5", "-show_frames", "-threads", "1", "-of", "json", "-i", "file:" + path])
        self.errors = errors
        if code != 0:
            raise MediaError(errors.strip() or f"ffprobe: exit {code}")
        data = json.loads(output)
        self.format = data.get("format", {})
        self.streams = data.get("streams", [])
        self.chapters = data.get("chapters", [])
        both = data.get("packets_and_frames", [])
        self.packets = [entry for entry in both if entry["type"] == "packet"]
        self.video = next((stream for stream in self.streams if self._is_film(stream)), None)
        self.frames = [entry for entry in both if self.video and entry["type"] == "frame"
                       and entry["stream_index"] == self.video["index"]]

    @classmethod
    def of_case(cls, case):
        options, path = case.reference_input()
        return _source_media(path, tuple(options))

    @staticmethod
    def _is_film(stream):
        return stream["codec_type"] == "video" and not stream["disposition"].get("attached_pic")

    # --- time

    def time_base(self, stream=None):
        return Fraction((stream or self.video)["time_base"])

    def frame_times(self):
        """Presentation times of the decoded frames in output order; None where the file has no stamp."""
        base = self.time_base()
        return [frame["best_effort_timestamp"] * base if "best_effort_timestamp" in frame else None
                for frame in self.frames]

    def last_durations(self):
        """Seconds for which the last frame is shown: what the file says, and what libav makes of it if that differs."""
        times = [time for time in self.frame_times() if time is not None]
        if not times:
            return []
        if self.container() == "mov":
            return self._last_sample_duration()
        ticks = self.frames[-1].get("pkt_duration") or self.frames[-1].get("duration")
        found = [ticks * self.time_base()] if ticks else []
        end = clock_seconds(self.tags(self.video).get("duration"))
        if self.container() == "matroska" and end is not None:
            # Blocks carry no duration of their own; the track's DURATION tag says when it ends.
            found.insert(0, end - max(times))
        return found

    def _last_sample_duration(self):
        # With an empty edit in front, libav subtracts its length from the last packet; the sample table is right.
        _, output, _ = run_tool(["ffprobe", "-v", "error", *self.input_options, "-ignore_editlist", "1",
                                 "-select_streams", str(self.video["index"]), "-show_packets", "-of", "json", "-i",
                                 "file:" + self.path])
        packets = [packet for packet in json.loads(output).get("packets", []) if "pts" in packet]
        last = max(packets, key=lambda packet: packet["pts"], default={})
        return [last["duration"] * self.time_base()] if last.get("duration") else []

    def packets_of(self, stream):
        return [packet for packet in self.packets if packet["stream_index"] == stream["index"]]

    def packet_times(self, stream):
        """Presentation times of a copied stream's packets, those marked for discarding left out."""
        base = self.time_base(stream)
        return [packet["pts"] * base for packet in self.packets_of(stream)
                if "pts" in packet and "D" not in packet.get("flags", "")]

    # --- picture

    def display_matrix(self):
        # In the container or, where H.264 and HEVC say it themselves, on the frames.
        for data in self._side_data():
            if "displaymatrix" in data:
                return matrix_numbers(data["displaymatrix"])
        return None

    def hdr_side_data(self):
        found = {}
        for data in self._side_data():
            if data["side_data_type"] in HDR_KINDS:
                found[data["side_data_type"]] = {
                    key: Fraction(value) if isinstance(value, str) and "/" in value else value
                    for key, value in data.items() if key != "side_data_type"}
        return found

    def _side_data(self):
        first_frame = self.frames[0].get("side_data_list", []) if self.frames else []
        return [*self.video.get("side_data_list", []), *first_frame]

    # --- container

    def container(self):
        names = self.format["format_name"]
        for family in ("matroska", "mov", "avi", "mpegts"):
            if family in names.split(","):
                return family
        return names

    @staticmethod
    def tags(thing):
        return {key.lower(): value for key, value in thing.get("tags", {}).items()}


@functools.lru_cache(maxsize=None)
def _source_media(path, options):
    return Media(path, options)


def clock_seconds(text):
    """00:00:02.040000000 as a fraction."""
    match = re.fullmatch(r"(\d+):(\d+):(\d+(?:\.\d+)?)", text or "")
    return int(match[1]) * 3600 + int(match[2]) * 60 + Fraction(match[3]) if match else None
