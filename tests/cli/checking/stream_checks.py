# SPDX-License-Identifier: Apache-2.0
"""Everything else in the file is copied: tracks, names, chapters, tags, attachments."""

from .containers import CONVERT, YES, holds
from .media import run_tool
from .pixels import hash_column
from .time_checks import copied_stream_time, milliseconds, offset_of_video

# Written by the muxer about itself, not taken from the source.
MUXER_TAGS = {"encoder", "major_brand", "minor_version", "compatible_brands", "duration", "handler_name", "vendor_id",
              "timecode", "encoding_tool", "bps", "number_of_frames", "number_of_bytes"}
MP4_TAGS = {"title", "artist", "comment", "creation_time", "date", "genre", "album"}
# Matroska has no negative time: libav then moves all streams by the length of the audio priming, but no chapters.
CHAPTER_TOLERANCE_SECONDS = 0.03
KEPT_DISPOSITIONS = {"mkv": ("default", "forced", "hearing_impaired", "visual_impaired", "original", "comment"),
                     "mp4": ("default",), "mov": ("default",)}


def copied_streams(source):
    return [stream for stream in source.streams if stream is not source.video]


def kind_of(stream):
    if stream["disposition"].get("attached_pic"):
        return "cover"
    return stream["codec_type"]


def pair_streams(source, result, container, dropped):
    """[(source stream, result stream or None)] in order, kind by kind."""
    left = [stream for stream in result.streams if stream is not result.video]
    pairs = []
    for stream in copied_streams(source):
        if stream["index"] in dropped:
            continue
        match = next((other for other in left if kind_of(other) == kind_of(stream)), None)
        if match:
            left.remove(match)
        elif stream["codec_type"] == "data":
            continue  # judged by timecode()
        pairs.append((stream, match))
    return pairs, left


def streams(case, source, result, container, dropped=()):
    pairs, left = pair_streams(source, result, container, dropped)
    problems = [f"an extra stream appeared: {kind_of(stream)} {stream.get('codec_name')}" for stream in left
                if stream["codec_type"] != "data"]
    for stream, match in pairs:
        name = f"stream {stream['index']} ({kind_of(stream)} {stream.get('codec_name')})"
        if match is None:
            problems.append(f"{name} is lost")
            continue
        converted = holds(container, stream) == CONVERT
        if not same_codec(match, stream) and not converted:
            problems.append(f"{name} became {match.get('codec_name')}")
        problems += [f"{name}: {text}" for text in names_and_flags(case, source, stream, match, container)]
        if case.expect != "damaged":
            problems += [f"{name}: {text}" for text in payload(case, source, stream, result, match, converted)]
            problems += copied_stream_time(case, source, stream, result, match)
    return problems + timecode(case, source, result) + chapters(source, result) + tags(case, source, result, container)


def same_codec(one, other):
    names = {one.get("codec_name"), other.get("codec_name")}
    return len(names) == 1 or names == {"mp2", "mp3"}  # MP4 has one number for both


def language(tags):
    """QuickTime has numbers for languages; libav reads the one for Swedish as "sve"."""
    return {"sve": "swe"}.get(tags.get("language"), tags.get("language", "und"))


def names_and_flags(case, source, stream, match, container):
    problems = []
    old, new = source.tags(stream), source.tags(match)
    if language(old) != language(new):
        problems.append(f"language is {new.get('language')} instead of {old.get('language')}")
    keys = ("title", "filename", "mimetype") if container == "mkv" else ()
    problems += [f"tag {key} is {new.get(key)} instead of {old[key]}" for key in keys
                 if key in old and old[key] != new.get(key)]
    if source.container() in ("matroska", "mov") and stream["codec_type"] in ("audio", "subtitle"):
        problems += [f"disposition {key} is {match['disposition'].get(key)}" for key in KEPT_DISPOSITIONS[container]
                     if stream["disposition"].get(key) != match["disposition"].get(key)
                     and not enabled_anyway(source, stream, container)]
    return problems


def enabled_anyway(source, stream, container):
    """MP4 switches on the first track of a kind when none is."""
    of_kind = [other for other in source.streams if other["codec_type"] == stream["codec_type"]]
    return container != "mkv" and not any(other["disposition"].get("default") for other in of_kind)


def packet_hashes(case, media, stream):
    if media.container() == "mpegts" and stream.get("codec_name") == "aac":
        return without_adts(media, stream)
    return [packet["data_hash"] for packet in media.packets_of(stream)]


def events(media, stream):
    """Packets with something in them; MP4 fills the time between subtitles with empty ones of two bytes."""
    return sum(int(packet["size"]) > 2 for packet in media.packets_of(stream))


def without_adts(media, stream):
    """Other containers take the ADTS header off every AAC packet."""
    _, output, _ = run_tool(["ffmpeg", "-nostdin", "-v", "error", "-i", "file:" + media.path, "-map",
                             f"0:{stream['index']}", "-c", "copy", "-bsf:a", "aac_adtstoasc", "-f", "framehash",
                             "-hash", "md5", "-"])
    return ["MD5:" + text for text in hash_column(output)]


def payload(case, source, stream, result, match, converted):
    """Every packet byte for byte; those outside an edit list may be kept or left out."""
    if stream["codec_type"] == "attachment":
        same = stream.get("extradata_hash") == match.get("extradata_hash")
        return [] if same else ["the attached file's content changed"]
    old, new = packet_hashes(case, source, stream), packet_hashes(case, result, match)
    if converted:
        old, new = (events(media, one) for media, one in ((source, stream), (result, match)))
        return [] if old == new else [f"{new} lines of text instead of {old} after conversion"]
    hidden = [("D" in packet.get("flags", "")) for packet in source.packets_of(stream)]
    first = next((number for number, flag in enumerate(hidden) if not flag), 0) if len(hidden) == len(old) else 0
    for start in range(first + 1):
        if new == old[start:]:
            return []
    if len(new) != len(old):
        return [f"{len(new)} packets instead of {len(old)}"]
    changed = next(number for number, pair in enumerate(zip(old, new)) if pair[0] != pair[1])
    return [f"the bytes of packet {changed} changed"]


def timecode(case, source, result):
    if not case.has("timecode"):
        return []
    def codes(media):
        return {media.tags(thing)["timecode"] for thing in [*media.streams, media.format]
                if "timecode" in media.tags(thing)}
    return [] if codes(source) & codes(result) else [f"the time code {codes(source)} is lost"]


def chapters(source, result):
    old, new = source.chapters, result.chapters
    if len(old) != len(new):
        return [f"{len(new)} chapters instead of {len(old)}"]
    problems = []
    moved = offset_of_video(source, result) or 0
    for one, other in zip(old, new):
        if source.tags(one).get("title") != source.tags(other).get("title"):
            problems.append(f"chapter title is {source.tags(other).get('title')}")
        for key in ("start_time", "end_time"):
            difference = float(other[key]) - float(one[key]) - float(moved)
            if abs(difference) > CHAPTER_TOLERANCE_SECONDS:
                problems.append(f"chapter {source.tags(one).get('title')!r} {key} moved by {milliseconds(difference)}")
    return problems


def tags(case, source, result, container):
    if case.has("bad_tags"):
        title = source.tags(result.format).get("title", "")
        return [] if "caf" in title else [f"the title became {title!r}"]
    old, new = source.tags(source.format), source.tags(result.format)
    keys = [key for key in old if key not in MUXER_TAGS and (container == "mkv" or key in MP4_TAGS)]
    return [f"tag {key} is {new.get(key)!r} instead of {old[key]!r}" for key in keys
            if (new.get(key) or "").removesuffix(".000000Z").removesuffix("Z")
            != old[key].removesuffix(".000000Z").removesuffix("Z")]


def wrongly_dropped(source, container, dropped):
    return [f"stream {stream['index']} ({stream.get('codec_name')}) was dropped although {container} can hold it"
            for stream in copied_streams(source) if stream["index"] in dropped and holds(container, stream) == YES]
