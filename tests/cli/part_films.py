# SPDX-License-Identifier: Apache-2.0
"""Films for the tests of parts, each awkward in its own way; made with ffmpeg alone."""
import os

from face_clips import STILL, WORN, ffmpeg, say_turned

SOUND = ["-f", "lavfi", "-i", "sine=f=440:r=48000:d=4"]


def test_source(frames, size="160x120", rate=25, filters="null"):
    return ["-f", "lavfi", "-i", f"testsrc2=s={size}:r={rate}:d={frames / rate},{filters}"]


def h264(*words):
    return ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-g", "20", "-pix_fmt", "yuv420p", "-threads", "2", *words]


def with_b_frames(path):
    ffmpeg(*test_source(100), *SOUND, *h264(), "-c:a", "aac", path)


def with_open_groups(path):
    ffmpeg(*test_source(100), *h264("-x264-params", "open-gop=1:keyint=30:min-keyint=30:b-adapt=0:bframes=3:b-pyramid=normal"), path)


def with_one_group(path):
    ffmpeg(*test_source(100), *h264("-g", "1000"), path)


def of_variable_rate(path):
    ffmpeg(*test_source(140, filters="select=not(eq(mod(n\\,5)\\,1)+eq(mod(n\\,7)\\,2))"), *h264(), "-fps_mode", "vfr", path)


def of_ten_bits(path):
    ffmpeg(*test_source(60), "-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error:pools=2", "-pix_fmt",
           "yuv420p10le", path)


def turned(path):
    upright = os.path.splitext(path)[0] + "_upright.mp4"
    ffmpeg(*test_source(60), *h264(), upright)
    say_turned(upright, path, -90)


def with_late_sound(path):
    ffmpeg(*test_source(75), "-itsoffset", "0.7", *SOUND, "-map", "0:v", "-map", "1:a", *h264(), "-c:a", "aac", path)


def with_late_pictures(path):
    ffmpeg("-itsoffset", "0.5", *test_source(75), *SOUND, "-map", "0:v", "-map", "1:a", *h264(), "-c:a", "aac", path)


def of_a_transport_stream(path):
    ffmpeg(*test_source(75), *SOUND, *h264(), "-c:a", "aac", "-f", "mpegts", path)


def of_an_avi_file(path):
    ffmpeg(*test_source(75), *SOUND, "-c:v", "mpeg4", "-bf", "2", "-q:v", "3", "-c:a", "mp3", path)


def interlaced(path):
    ffmpeg(*test_source(120, size="176x144", rate=50, filters="tinterlace=interleave_top,setfield=tff"), "-c:v", "mpeg2video",
           "-flags", "+ilme+ildct", "-q:v", "3", "-bf", "2", path)


def with_subtitles_and_chapters(path):
    folder = os.path.dirname(path)
    notes, words = os.path.join(folder, "chapters.txt"), os.path.join(folder, "words.srt")
    with open(notes, "w", encoding="utf-8") as file:
        file.write(";FFMETADATA1\ntitle=A film\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=1500\ntitle=One\n"
                   "[CHAPTER]\nTIMEBASE=1/1000\nSTART=1500\nEND=3000\ntitle=Two\n")
    with open(words, "w", encoding="utf-8") as file:
        file.write("1\n00:00:00,500 --> 00:00:01,500\nHello\n\n2\n00:00:02,000 --> 00:00:02,800\nGoodbye\n\n")
    ffmpeg(*test_source(75), *SOUND, "-i", words, "-i", notes, "-map", "0", "-map", "1", "-map", "2", "-map_metadata", "3",
           *h264(), "-c:a", "aac", "-c:s", "srt", path)


def short(path):
    ffmpeg(*test_source(17), *h264(), path)


def weaving(path):
    """A still that trembles in its gate and flickers, with a cut, longer than what steadying looks back."""
    ffmpeg("-loop", 1, "-framerate", 25, "-i", STILL, "-vf",
           "scale=200:-2,crop=160:120:x='20+2*sin(n/6)+random(1)':y='20+2*cos(n/9)+random(2)',"
           "hflip=enable='gte(n,330)',negate=enable='gte(n,330)',eq=brightness='0.03*sin(n*2.3)':eval=frame", "-frames:v", 460, *h264("-crf", "10"), path)


def grainy(path):
    """Somebody before a wall on grainy film, with a cut."""
    ffmpeg("-loop", 1, "-framerate", 25, "-i", STILL, "-vf",
           "scale=200:-2,crop=160:120:x='20+n/4':y=20,hflip=enable='gte(n,41)',negate=enable='gte(n,41)',noise=alls=14:allf=t",
           "-frames:v", 70, *h264("-crf", "10"), path)


def faded(path):
    """A still that is panned over, its contrast gone and going on, with a cut."""
    ffmpeg("-loop", 1, "-framerate", 25, "-i", STILL, "-vf",
           "scale=300:-2,crop=160:120:x='60+0.7*n':y=80,negate=enable='gte(n,61)',lutyuv=y=val*0.5+60",
           "-frames:v", 120, *h264("-crf", "10"), path)


def dusty(path):
    """A still that is panned over, with a cut, a speck on every third frame and a scratch on some."""
    ffmpeg("-loop", 1, "-framerate", 25, "-i", STILL, "-f", "lavfi", "-i", "color=black:s=4x3:r=25", "-f", "lavfi", "-i",
           "color=white:s=2x120:r=25", "-filter_complex",
           "[0:v]scale=300:-2,crop=160:120:x='60+0.7*n-70*gte(n,90)':y='80+0.3*n',hflip=enable='gte(n,90)'[picture];"
           "[picture][1:v]overlay=x='mod(n*37,150)':y='mod(n*23,110)':enable='eq(mod(n,3),1)'[specks];"
           "[specks][2:v]overlay=x='100+3*sin(n/5)':y=0:enable='between(mod(n,40),5,22)'", "-frames:v", 160,
           *h264("-crf", "4"), path)


PLAIN = {  # name: (what makes it, ending of its name, options of restore)
    "b_frames": (with_b_frames, "mp4", []),
    "open_groups": (with_open_groups, "mkv", []),
    "one_group": (with_one_group, "mp4", []),
    "variable_rate": (of_variable_rate, "mkv", []),
    "ten_bits": (of_ten_bits, "mkv", []),
    "turned": (turned, "mp4", []),
    "late_sound": (with_late_sound, "mp4", []),
    "late_pictures": (with_late_pictures, "mkv", []),
    "transport_stream": (of_a_transport_stream, "ts", []),
    "avi": (of_an_avi_file, "avi", []),
    "interlaced": (interlaced, "mpg", []),
    "subtitles": (with_subtitles_and_chapters, "mkv", []),
    "a_piece": (with_b_frames, "mp4", ["--ss", "0.9", "--to", "3.1"]),
    "some_frames": (with_b_frames, "mp4", ["--frames", "13:88"]),
    "short": (short, "mkv", []),
    "grainy": (grainy, "mp4", ["--clean", "auto"]),
    "faded": (faded, "mp4", ["--levels", "auto"]),
    "enlarged": (grainy, "mp4", ["--clean", "auto", "--upscale", "1.5"]),
    "weaving": (weaving, "mp4", ["--steady", "on", "--even", "on"]),
    "dusty": (dusty, "mp4", ["--repair", "on"]),
}

SIDE = 256
FACE = f"[0:v]{WORN},scale={SIDE}:{SIDE}"


def faces(path, graph, frames, rate=6):
    """The still's face, moved about by `graph`, which takes [face] and gives [out]. Few frames a second make a film that is
    much longer than a part's warm-up."""
    ffmpeg("-loop", 1, "-framerate", rate, "-i", STILL, "-f", "lavfi", "-i",
           f"testsrc2=s={SIDE}x{SIDE}:r={rate},hue=s=0.3,gblur=sigma=4", "-filter_complex",
           f"{FACE}[face];{graph}", "-map", "[out]", "-frames:v", frames, "-c:v", "ffv1", "-pix_fmt", "yuv420p", path)


def without_cuts(path, frames=120):
    faces(path, "[face]scale=300:300,crop=256:256:x='22+20*sin(n/9)':y='22+20*cos(n/11)',noise=alls=6:allf=t:all_seed=3[out]",
          frames)


def with_cuts(path, frames=120):
    faces(path, "[face]split[a][b];[a]crop=256:256[near];[b]scale=160:160[small];[1:v][small]overlay=x='40+n/3':y=50[far];"
                "[near][far]overlay=enable='between(n,37,80)'[out]", frames)


def that_come_and_go(path, frames=120):
    # There from 2 to 8 and from 12 to 16.6 seconds: with so many parts, borders lie in the fades.
    faces(path, "[face]scale=200:200[small];[1:v][small]overlay=x='20+n/4':y=30:enable='between(t,2,8)+between(t,12,16.6)'[out]",
          frames)


def that_pass_each_other(path, frames=120):
    faces(path, "[face]scale=120:120,split[a][b];[b]hflip,eq=brightness=0.08[c];[1:v][a]overlay=x='n*136/120':y=20[d];"
                "[d][c]overlay=x='136-n*136/120':y=110[out]", frames)


def with_few_frames(path):
    without_cuts(path, 20)


FACES = {
    "faces_without_cuts": (without_cuts, "mkv", []),
    "faces_with_cuts": (with_cuts, "mkv", []),
    "faces_come_and_go": (that_come_and_go, "mkv", []),
    "faces_pass": (that_pass_each_other, "mkv", []),
    "faces_seldom_looked_at": (without_cuts, "mkv", ["--detect-every", "3"]),
    "faces_seldom_looked_at_with_cuts": (with_cuts, "mkv", ["--detect-every", "5"]),
    "largest_face": (that_pass_each_other, "mkv", ["--face-selector-mode", "largest"]),
    "faces_no_time": (without_cuts, "mkv", ["--temporal", "off"]),
    "faces_no_cuts_wanted": (with_cuts, "mkv", ["--shot-cuts", "off"]),
    "faces_few_frames": (with_few_frames, "mkv", []),
}

SHORT = ("short", "faces_few_frames")  # short enough to make every frame a part


def make_film(name, folder):
    """(path, options)"""
    make, ending, options = {**PLAIN, **FACES}[name]
    path = os.path.join(folder, f"{name}.{ending}")
    if not os.path.exists(path):
        make(path)
    return path, options
