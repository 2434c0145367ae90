# SPDX-License-Identifier: Apache-2.0
"""Every frame, at its time."""

from fractions import Fraction

MOST_PLAUSIBLE_GAP = Fraction(10)  # seconds; more than this is a jump of the clock, not a pause


def milliseconds(seconds):
    return f"{float(seconds) * 1000:.3f} ms"


def coarser_tick(source, result):
    return max(source.time_base(), result.time_base())


def frame_count(source, result):
    if len(result.frames) != len(source.frames):
        return [f"{len(result.frames)} frames instead of {len(source.frames)}"]
    return []


def spread_problem(differences, tick):
    """Rounding moves stamps by less than a tick against each other; more means that one was moved."""
    spread = max(differences) - min(differences)
    if spread == 0 or spread < tick:
        return []
    at = next((number for number, difference in enumerate(differences)
               if abs(difference - differences[0]) >= min(tick, spread)), 0)
    return [f"stamps move against each other by {milliseconds(spread)} (first at {at}; a tick is {milliseconds(tick)})"]


def strictly_rising(times):
    falls = [number for number, (one, next_one) in enumerate(zip(times, times[1:])) if next_one <= one]
    return [f"time does not rise after frame {falls[0]}"] if falls else []


def frame_times(case, source, result):
    """The list of presentation stamps, apart from one common offset."""
    expected, got = source.frame_times(), result.frame_times()
    if None in got:
        return ["frames without a time stamp in the output"]
    if len(expected) != len(got):
        return []  # told by frame_count
    tick = coarser_tick(source, result)
    rising = strictly_rising(got)
    if case.has("segments"):
        return rising + _within_segments(expected, got, tick)
    if case.has("no_stamps"):
        return rising + ([] if case.has("vfr") else _evenly_spaced(expected, got, tick))
    return rising + spread_problem([new - old for old, new in zip(expected, got)], tick)


def _within_segments(expected, got, tick):
    """Distances between neighbours are kept, except where the source's clock jumps and for the frame after that."""
    jump = None
    for number, (old, new) in enumerate(zip(zip(expected, expected[1:]), zip(got, got[1:]))):
        old_step, new_step = old[1] - old[0], new[1] - new[0]
        if not 0 < old_step <= MOST_PLAUSIBLE_GAP:
            jump = number
        elif jump != number - 1 and abs(old_step - new_step) > tick:
            return [f"frames {number} and {number + 1} are {milliseconds(new_step)} apart instead of "
                    f"{milliseconds(old_step)}"]
    return []


def _evenly_spaced(expected, got, tick):
    known = [time for time in expected if time is not None]
    steps = sorted(later - earlier for earlier, later in zip(known, known[1:]))
    step = steps[len(steps) // 2] if steps else Fraction(1, 25)
    return spread_problem([time - number * step for number, time in enumerate(got)], tick)




def last_duration(case, source, result):
    if case.expect == "damaged" or any(map(case.has, ("no_stamps", "segments", "image"))):
        return []
    if source.container() not in ("matroska", "mov"):
        return []  # the others do not store it
    expected, got = source.last_durations(), result.last_durations()
    if not expected:
        return []
    if not got:
        return [f"the last frame's duration is lost ({milliseconds(expected[0])})"]
    matroska = "matroska" in (source.container(), result.container())
    tick = max(coarser_tick(source, result), Fraction(1, 1000) if matroska else 0)
    if min(abs(old - got[0]) for old in expected) > tick:
        return [f"the last frame lasts {milliseconds(got[0])} instead of {milliseconds(expected[0])}"]
    return []


def offset_of_video(source, result):
    """How much later the output's clock is than the source's; None where the source has no clock."""
    pairs = [(old, new) for old, new in zip(source.frame_times(), result.frame_times()) if None not in (old, new)]
    return pairs[0][1] - pairs[0][0] if pairs else None


def offset_of_stream(source, source_stream, result, result_stream):
    old, new = source.packet_times(source_stream), result.packet_times(result_stream)
    if not old or not new:
        return None
    # Packets before the first shown sample may or may not be marked, so pair them from the end.
    return new[-1] - old[-1]


def copied_stream_time(case, source, source_stream, result, result_stream):
    """Sound and picture keep their distance, and the packets keep theirs."""
    name = f"stream {source_stream['index']} ({source_stream.get('codec_name')})"
    video, copied = offset_of_video(source, result), offset_of_stream(source, source_stream, result, result_stream)
    if copied is None or video is None or case.has("no_stamps") or case.has("segments"):
        return []
    frame = Fraction(source.packets_of(source_stream)[0].get("duration", 0)) * source.time_base(source_stream)
    allowed = max(frame, Fraction(1024, 44100)) if source_stream["codec_type"] == "audio" else Fraction(1, 500)
    problems = []
    if abs(copied - video) > allowed:
        problems.append(f"{name} moved by {milliseconds(copied - video)} against the picture")
    old, new = source.packet_times(source_stream), result.packet_times(result_stream)
    tick = max(source.time_base(source_stream), result.time_base(result_stream))
    if len(old) == len(new):
        problems += [f"{name}: {text}" for text in spread_problem([b - a for a, b in zip(old, new)], 2 * tick)]
    return problems
