# SPDX-License-Identifier: Apache-2.0
"""What else is in a file: tracks, subtitles, fonts, chapters, covers, tags; and how files are called."""

import shutil

from .builder import X264, Case

SMALL = ["-f", "lavfi", "-i", "testsrc2=s=64x48:r=25:d=2"]
TONE = ["-f", "lavfi", "-i", "sine=d=2:r=48000"]


def zoo(b):
    b.encode("zoo.mkv", "-i", b.shared("base.mp4"), "-i", b.shared("ingredient.srt"), "-i",
             b.shared("ingredient.ffmeta"), "-map", "0:v", "-map", "0:a", "-map", "0:a", "-map", "1",
             "-map_metadata", "2", "-map_chapters", "2", "-c", "copy", "-c:a:1", "flac", "-c:s", "srt",
             "-metadata:s:a:0", "language=ger", "-metadata:s:a:1", "language=fra", "-metadata:s:a:1",
             "title=Commentary", "-metadata:s:s:0", "language=eng", "-disposition:a:0", "default", "-disposition:a:1",
             "comment", "-disposition:s:0", "forced", "-attach", b.shared("ingredient.ttf"), "-metadata:s:t",
             "mimetype=application/x-truetype-font")
    yield Case("zoo", "zoo.mkv", "two audio tracks, subtitles, a font, chapters, tags", traits=["quick"])


def subtitles(b):
    base, text = b.shared("base.mp4"), b.shared("ingredient.srt")
    b.encode("mov_text.mp4", "-i", base, "-i", text, "-map", "0", "-map", "1", "-c", "copy", "-c:s", "mov_text",
             "-metadata:s:s:0", "language=swe")
    yield Case("mov_text", "mov_text.mp4", "MP4 with its own kind of subtitles")
    b.encode("ass.mkv", "-i", base, "-i", text, "-map", "0", "-map", "1", "-c", "copy", "-c:s", "ass")
    yield Case("ass", "ass.mkv", "styled subtitles")
    b.encode("webvtt.webm", *SMALL, "-i", text, "-c:v", "libvpx", "-deadline", "realtime", "-c:s", "webvtt")
    yield Case("webvtt", "webvtt.webm", "WebM with WebVTT")
    b.write_text("late.srt", "1\n00:00:18,500 --> 00:00:19,500\nThe only line\n\n")
    b.encode("sparse.mkv", "-f", "lavfi", "-i", "testsrc2=s=64x48:r=5:d=20", "-i", "late.srt", *X264, "-c:s", "srt")
    yield Case("sparse_subtitles", "sparse.mkv", "one subtitle, at the end of twenty seconds")


def audio(b):
    b.encode("pcm.mov", *SMALL, *TONE, *X264, "-c:a", "pcm_s16le")
    yield Case("pcm_mov", "pcm.mov", "QuickTime with PCM: MP4 cannot hold it", traits=["quick"])
    b.encode("pcm24.mkv", *SMALL, *TONE, *X264, "-c:a", "pcm_s24le")
    yield Case("pcm24_mkv", "pcm24.mkv", "24-bit PCM in Matroska")
    b.encode("flac.mkv", *SMALL, *TONE, *X264, "-c:a", "flac")
    yield Case("flac", "flac.mkv", "FLAC: MP4 holds it, QuickTime does not")
    b.encode("surround.ts", *SMALL, "-f", "lavfi", "-i", "sine=d=2:r=48000,pan=5.1|c0=c0|c1=c0|c2=c0|c3=c0|c4=c0|c5=c0",
             *X264, "-c:a", "ac3", "-f", "mpegts")
    yield Case("ac3_surround_ts", "surround.ts", "AC-3 with six channels in TS")
    b.encode("audio_longer.mkv", *SMALL, "-f", "lavfi", "-i", "sine=d=5:r=48000", *X264, "-c:a", "libmp3lame")
    yield Case("audio_longer", "audio_longer.mkv", "the sound goes on for three seconds after the picture")
    b.encode("audio_shorter.mkv", *SMALL, "-f", "lavfi", "-i", "sine=d=0.3:r=48000", *X264, "-c:a", "libmp3lame")
    yield Case("audio_shorter", "audio_shorter.mkv", "the sound ends early")
    b.encode("audio_first.mkv", *SMALL, *TONE, "-map", "1", "-map", "0", *X264, "-c:a", "flac")
    yield Case("audio_first", "audio_first.mkv", "the audio track is number 0")


def covers_and_data(b):
    base, picture = b.shared("base.mp4"), b.shared("ingredient.png")
    b.encode("cover.mp4", "-i", base, "-i", picture, "-map", "0", "-map", "1", "-c", "copy", "-disposition:v:1",
             "attached_pic")
    yield Case("cover_mp4", "cover.mp4", "MP4 with cover art", traits=["quick"])
    b.encode("cover.mkv", "-i", base, "-map", "0", "-c", "copy", "-attach", picture, "-metadata:s:t",
             "mimetype=image/png", "-metadata:s:t", "filename=cover.png")
    yield Case("cover_mkv", "cover.mkv", "Matroska with cover art (an attachment that looks like video)")
    b.copy("timecode.mov", base, "-timecode", "01:00:00:00")
    yield Case("timecode", "timecode.mov", "QuickTime with a time code track", traits=["timecode"])
    b.encode("two_pictures.mkv", *SMALL, "-f", "lavfi", "-i", "testsrc=s=32x32:r=10:d=2", "-map", "0", "-map", "1",
             *X264)
    yield Case("two_pictures", "two_pictures.mkv", "two video tracks: one is restored, one copied")


def tags(b):
    base, words = b.shared("base.mp4"), b.shared("ingredient.ffmeta")
    b.encode("chapters.mp4", "-i", base, "-i", words, "-map", "0", "-c", "copy", "-map_metadata", "1",
             "-map_chapters", "1", "-metadata:s:a:0", "language=nor", "-metadata", "creation_time=1999-12-31T23:59:59Z")
    yield Case("chapters_mp4", "chapters.mp4", "MP4 with chapters, tags and a date of creation")
    b.copy("dispositions.mkv", base, "-disposition:v:0", "0", "-disposition:a:0", "hearing_impaired+original",
           "-metadata:s:v:0", "title=Picture", "-metadata:s:v:0", "language=jpn", "-default_mode", "passthrough")
    yield Case("dispositions", "dispositions.mkv", "no default track; hearing impaired, original")
    b.copy("bad_tag.mkv", base, "-metadata", "title=caf\udce9 \x1b[31mred")
    yield Case("bad_tag", "bad_tag.mkv", "a title that is not UTF-8 and would paint the terminal red",
               traits=["bad_tags"])


def names(b):
    base = b.shared("base.mp4")
    for name, path, what in [
            ("name_colon", "a:b.mp4", "a colon: looks like a protocol"),
            ("name_percent", "100%03d.mp4", "a percent sign: looks like a pattern"),
            ("name_not_utf8", "caf\udce9.mp4", "a byte that is not UTF-8"),
            ("name_space_quote", "it's \"a\" film ü.mp4", "spaces, quotes, an umlaut"),
            ("name_newline", "two\nlines.mp4", "a line break"),
            ("name_question", "what?[1]*.mp4", "characters that shells and globs expand")]:
        shutil.copyfile(b.folder / base, b.folder / path)
        yield Case(name, path, what, traits=["name"])
    shutil.copyfile(b.folder / base, b.folder / "-lead.mp4")
    yield Case("name_dash", "-lead.mp4", "starts with a dash: given after --", traits=["name", "dash"])
    shutil.copyfile(b.folder / base, b.folder / "no_extension")
    yield Case("name_no_extension", "no_extension", "no extension", traits=["name"])
    shutil.copyfile(b.folder / b.shared("ingredient.png"), b.folder / "shot%d.png")
    yield Case("name_percent_picture", "shot%d.png", "one picture whose name looks like a pattern",
               traits=["name", "image"], reference=["-pattern_type", "none"])


def pipes(b):
    for name, path in {"pipe_mkv": "base.mkv", "pipe_ts": "base.ts"}.items():
        yield Case(name, b.shared(path), f"{path} through standard input", traits=["pipe"])
    b.copy("faststart.mp4", b.shared("base.mp4"), "-movflags", "+faststart")
    yield Case("pipe_faststart_mp4", "faststart.mp4", "MP4 with its index in front, through standard input",
               traits=["pipe"])
    yield Case("faststart_mp4", "faststart.mp4", "MP4 with its index in front")
    yield Case("pipe_moov_last", b.shared("base.mp4"), "MP4 with its index at the end, through standard input",
               traits=["pipe", "may_refuse"], caveats=["may be spooled or refused, never 0 frames with exit 0"])


RECIPES = [zoo, subtitles, audio, covers_and_data, tags, names, pipes]
