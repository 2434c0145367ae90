# SPDX-License-Identifier: Apache-2.0
"""Time: frame rates, gaps, offsets, edit lists, missing and jumping stamps."""

from .builder import X264, Case

VFR_SOURCE = "testsrc2=s=160x120:r=30:d=3,select='not(mod(n,3))+gt(random(1),0.5)'"


def b_frames(b):
    yield Case("base", b.shared("base.mp4"), "25 fps H.264 with B-frames, AAC with priming", traits=["quick"])
    yield Case("base_mkv", b.shared("base.mkv"), "the same in Matroska: millisecond stamps")
    yield Case("base_ts", b.shared("base.ts"), "the same in MPEG-TS: ADTS audio", traits=["adts"])


def variable_rate(b):
    b.lavfi("vfr.mp4", VFR_SOURCE, "-fps_mode", "vfr", *X264, "-video_track_timescale", "90000")
    yield Case("vfr_mp4", "vfr.mp4", "variable frame rate, 90 kHz stamps", traits=["vfr", "quick"])
    b.copy("vfr.mkv", "vfr.mp4")
    yield Case("vfr_mkv", "vfr.mkv", "variable frame rate in milliseconds", traits=["vfr", "quick"])
    b.copy("vfr.avi", "vfr.mp4")
    yield Case("vfr_avi", "vfr.avi", "variable rate forced into AVI: nb_frames lies", traits=["vfr"])


def fractional_rates(b):
    b.lavfi("film.mp4", "testsrc2=s=64x48:r=24000/1001:d=1", *X264)
    yield Case("rate_23976", "film.mp4", "24000/1001 frames per second")
    b.lavfi("ntsc.mkv", "testsrc2=s=64x48:r=30000/1001:d=1", *X264)
    yield Case("rate_2997_mkv", "ntsc.mkv", "30000/1001 frames per second, stamps rounded to milliseconds")
    b.lavfi("fast.mp4", "testsrc2=s=64x48:r=240:d=0.25", *X264)
    yield Case("rate_240", "fast.mp4", "240 frames per second")
    b.lavfi("slow.mp4", "testsrc2=s=64x48:r=1/7:d=21", *X264)
    yield Case("rate_one_in_7_s", "slow.mp4", "one frame every seven seconds")
    b.lavfi("ticks.mp4", "testsrc2=s=64x48:r=25:d=0.4", *X264, "-video_track_timescale", "1000003")
    yield Case("prime_time_base", "ticks.mp4", "a time base that divides nothing")


def gaps(b):
    b.lavfi("gap.mkv", "testsrc2=s=64x48:r=25:d=1,setpts='PTS+gte(N,10)*5/TB'", "-fps_mode", "vfr", *X264)
    yield Case("gap", "gap.mkv", "nothing for five seconds in the middle", traits=["vfr"])
    b.lavfi("even.mp4", "testsrc2=s=64x48:r=25:d=0.4", *X264)
    # Only in a stream copy: when it encodes at a constant rate, ffmpeg overrides the duration.
    b.copy("long_last.mp4", "even.mp4", "-bsf:v", "setts=duration=if(eq(N\\,9)\\,3/TB\\,DURATION)")
    yield Case("long_last_frame", "long_last.mp4", "the last frame is shown for three seconds", traits=["vfr"])


def offsets(b):
    base = b.shared("base.mp4")
    b.encode("audio_late.mkv", "-i", base, "-itsoffset", "0.5", "-i", base, "-map", "0:v", "-map", "1:a", "-c", "copy")
    yield Case("audio_late", "audio_late.mkv", "audio starts half a second after the picture", traits=["quick"])
    b.encode("video_late.mkv", "-itsoffset", "0.7", "-i", base, "-i", base, "-map", "0:v", "-map", "1:a", "-c", "copy")
    yield Case("video_late", "video_late.mkv", "the picture starts 0.7 s after the audio")
    b.encode("video_late.mp4", "-itsoffset", "0.7", "-i", base, "-i", base, "-map", "0:v", "-map", "1:a", "-c", "copy")
    yield Case("video_late_mp4", "video_late.mp4", "the same in MP4, with an empty edit")
    b.encode("edit_list.mp4", "-ss", "0.52", "-i", base, "-c", "copy")
    yield Case("edit_list", "edit_list.mp4", "cut by stream copy: 40 packets, 37 frames are shown", traits=["quick"])
    b.copy("start_at_10.mkv", base, "-output_ts_offset", "10")
    yield Case("start_at_10_s", "start_at_10.mkv", "every stamp is ten seconds late")
    b.copy("start_at_1h.ts", base, "-output_ts_offset", "3600")
    yield Case("start_at_1_h_ts", "start_at_1h.ts", "TS that starts at one hour, as a recording does", traits=["adts"])
    b.copy("wrap.ts", base, "-f", "mpegts", "-output_ts_offset", "95441")
    yield Case("wrap_ts", "wrap.ts", "the 33-bit clock of TS wraps in mid-file", traits=["adts"])


def fragments(b):
    b.copy("fragments.mp4", b.shared("base.mp4"), "-movflags", "+frag_keyframe+empty_moov+delay_moov")
    yield Case("fragmented_mp4", "fragments.mp4", "fragmented MP4")


def missing_stamps(b):
    base = b.shared("base.mp4")
    b.encode("raw.h264", "-i", base, "-c:v", "copy", "-an", "-f", "h264")
    yield Case("raw_h264", "raw.h264", "elementary stream: no stamps at all", traits=["no_stamps"])
    b.copy("b_frames.avi", base)
    yield Case("avi_no_pts", "b_frames.avi", "AVI with B-frames: packets have no presentation stamps",
               traits=["no_stamps"])
    b.lavfi("raw.m2v", "testsrc2=s=160x120:r=25:d=1", "-c:v", "mpeg2video", "-bf", "2", "-f", "mpeg2video")
    yield Case("raw_mpeg2", "raw.m2v", "MPEG-2 elementary stream", traits=["no_stamps"])


def jumping_stamps(b):
    b.lavfi("part_a.ts", "testsrc2=s=160x120:r=25:d=1", *X264, "-f", "mpegts")
    b.lavfi("part_b.ts", "testsrc2=s=320x180:r=25:d=1", *X264, "-f", "mpegts")
    b.write("size_change.ts", b.read("part_a.ts") + b.read("part_b.ts"))
    yield Case("size_change_ts", "size_change.ts", "two recordings joined: the size changes and time starts again",
               traits=["segments", "size_change", "may_be_degraded"],
               caveats=["at the seam the packet counter of TS jumps, which is a sign of loss"])
    b.write("time_restarts.ts", b.read("part_a.ts") + b.read("part_a.ts"))
    yield Case("time_restarts_ts", "time_restarts.ts", "the same recording twice: time starts again",
               traits=["segments", "may_be_degraded"])
    b.lavfi("one_twice.mkv", "testsrc2=s=64x48:r=25:d=0.4", *X264, "-bf", "0", "-bsf:v",
            "setts=ts=if(eq(N\\,5)\\,PTS-40\\,PTS)")
    yield Case("duplicate_stamp", "one_twice.mkv", "two frames share one stamp", traits=["segments"])
    data = b.read(b.shared("base.ts"))
    packet = 188
    b.write("middle.ts", data[(len(data) // packet // 5) * packet:])
    yield Case("starts_in_the_middle_ts", "middle.ts", "a recording that starts between key frames",
               traits=["adts", "may_be_degraded"], caveats=["frames before the first key frame cannot be decoded"])


def lengths(b):
    b.lavfi("one_frame.mp4", "testsrc2=s=64x48:r=25:d=0.04", *X264, "-frames:v", "1")
    yield Case("one_frame", "one_frame.mp4", "a single frame", traits=["quick"])
    b.lavfi("two_frames.mkv", "testsrc2=s=64x48:r=25:d=0.08", *X264, "-frames:v", "2", "-bf", "1")
    yield Case("two_frames", "two_frames.mkv", "two frames")
    b.lavfi("delay.mkv", "testsrc2=s=64x48:r=25:d=1", "-c:v", "libx264", "-preset", "medium", "-bf", "8", "-refs", "8",
            "-x264-params", "b-pyramid=normal:b-adapt=0:threads=1")
    yield Case("deep_reordering", "delay.mkv", "eight B-frames in a row: the decoder has to be drained",
               traits=["quick"])


RECIPES = [b_frames, variable_rate, fractional_rates, gaps, offsets, fragments, missing_stamps, jumping_stamps, lengths]
