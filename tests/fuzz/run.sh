#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the fuzzers, makes their seeds and runs each:  tests/fuzz/run.sh [SECONDS_EACH] [FUZZER…]
# Seeds are small files made here, plus the small reference files where the shared folder is present.
# What is tried differs from run to run; REELFACE_FUZZ_SEED=N makes it follow from N, as CI does: there a commit is judged,
# not luck.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-60}
shift || true
fuzzers=("$@")
[ ${#fuzzers[@]} -gt 0 ] || fuzzers=(safetensors zip_directory unpickler checkpoint demux_to_frames picture_headers plan film_index packet_file film_tracks settings segments checksums studio_request)
shared=${REELFACE_SHARED:-../shared}
build=build/asan

cmake --preset asan >/dev/null
cmake --build "$build" --target checkpoint_seeds film_file_seeds "${fuzzers[@]/%/_fuzzer}"

seeds=$build/seeds
mkdir -p "$seeds"/{files,pickles,plan,film_index,packet_file,film_tracks,settings,segments,checksums,studio_request}
"$build/tests/fuzz/film_file_seeds" "$seeds"
"$build/tests/fuzz/checkpoint_seeds" "$seeds/files"
printf '%064d  film.mkv\n\\%064d  a\\nb\n' 0 1 >"$seeds/checksums/sums"
printf '#format: frame checksums\n0,          0,          0,        1,   264960, %032d\n' 0 >"$seeds/checksums/frames"
printf '%s\n' 'POST /api/preview?5' 'host:127.0.0.1:8000' "cookie:reelface_studio_8000=$(printf 's%.0s' {1..64})" 'origin:http://127.0.0.1:8000' \
  'content-type:application/json' 'content-length:60' '' '{"film": 1, "frame": 20, "settings": {"strength": 80}}' >"$seeds/studio_request/good"
if [ -d "$shared/golden/hostile" ]; then
  find "$shared/golden/hostile" -size -8k -type f -exec cp -f {} "$seeds/files/" \;
fi
python3 - "$seeds" "$shared" <<'PYTHON'
import pathlib, sys, zipfile
seeds, shared = map(pathlib.Path, sys.argv[1:])
archives = list((seeds / "files").iterdir()) + list(shared.glob("golden/gfpgan/*.pth")) + list(shared.glob("models/*.pth"))
for path in archives:
    try:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith("data.pkl"):
                    (seeds / "pickles" / path.name).write_bytes(archive.read(name))
    except (zipfile.BadZipFile, NotImplementedError):
        pass
PYTHON

# The distribution's encoders made the seeds thousands of times and once overwrote their own heap. That is not what is
# looked for here, so a signal is worth another try; an error is not.
encode() {
  local code=0
  for try in 1 2 3; do
    code=0
    ffmpeg -nostdin -y -v error "$@" || code=$?
    [ "$code" -ge 128 ] || return "$code"
    echo "ffmpeg ended with $code while it made a seed (try $try): $*" >&2
  done
  return "$code"
}

# Small clips for the reading side, a byte for the settings in front of each.
mkdir -p "$seeds/clips"
if [ ! -e "$seeds/clips/done" ]; then
  clip=$(mktemp -d)
  make_clip() { encode -f lavfi -i testsrc2=s=48x32:r=25:d=0.4 -f lavfi -i sine=d=0.4 "$@"; }
  make_clip -c:v libx264 -bf 2 -c:a aac "$clip/a.mp4"
  make_clip -c:v libx264 -bf 2 -c:a aac -movflags frag_keyframe+empty_moov "$clip/b.mp4"
  make_clip -c:v mpeg4 -bf 2 -c:a libmp3lame "$clip/c.avi"
  make_clip -c:v mpeg2video -flags +ilme+ildct -vf setfield=tff -c:a mp2 "$clip/d.ts"
  make_clip -c:v ffv1 -c:a flac "$clip/e.mkv"
  make_clip -an -c:v libx264 -f h264 "$clip/f.h264"
  make_clip -an -frames:v 1 "$clip/g.png"
  make_clip -an -frames:v 3 "$clip/h.gif"
  cat "$clip/d.ts" "$clip/d.ts" >"$clip/i.ts"
  # Stamps up to where sums of them stop being numbers.
  make_clip -c:v mpeg4 -c:a mp2 -bsf:v "setts=ts=N*250000000000000000" -f nut "$clip/j.nut"
  for file in "$clip"/*; do
    for choice in 0 1 2 5 8; do
      { printf "\\x0$choice"; cat "$file"; } >"$seeds/clips/$choice-$(basename "$file")"
    done
  done
  rm -r "$clip"
  touch "$seeds/clips/done"
fi

# The beginnings of streams that say their sizes in each way, two bytes for the settings in front.
mkdir -p "$seeds/headers"
if [ ! -e "$seeds/headers/done" ]; then
  clip=$(mktemp -d)
  head_of() { # CODEC BYTES FFMPEG-OPTIONS…
    encode -f lavfi -i testsrc2=s=48x32:r=25:d=0.2 "${@:3}" "$clip/stream"
    { printf "$1$2"; head -c 600 "$clip/stream"; } >"$seeds/headers/$(printf '%s' "$1$2" | tr -d '\\')"
  }
  head_of '\x00' '\x7d' -c:v libx264 -f h264
  head_of '\x01' '\x7d' -c:v libx265 -x265-params log-level=error -f hevc
  head_of '\x04' '\x7d' -c:v mpeg2video -f mpeg2video
  head_of '\x02' '\x7d' -c:v mpeg4 -f m4v
  head_of '\x03' '\xfa' -c:v mjpeg -f mjpeg
  head_of '\x05' '\xfa' -c:v libvpx-vp9 -f data -map 0:v
  head_of '\x05' '\xf5' -c:v libvpx -f data -map 0:v
  rm -r "$clip"
  touch "$seeds/headers/done"
fi

# One fuzzer; all it says when it has found something, its figures otherwise.
fuzz() {
  local fuzzer=$1 kind=files timeout=2
  case "$fuzzer" in
    unpickler) kind=pickles ;;
    demux_to_frames) kind=clips timeout=15 ;;
    picture_headers) kind=headers timeout=5 ;;
    plan | film_index | packet_file | film_tracks | settings | segments | checksums | studio_request) kind=$fuzzer ;;
  esac
  mkdir -p "$build/corpus/$fuzzer"
  local log=$build/$fuzzer.log
  if ! "$build/tests/fuzz/${fuzzer}_fuzzer" -max_total_time="$seconds" -timeout="$timeout" -rss_limit_mb=1024 -max_len=65536 \
    -seed="${REELFACE_FUZZ_SEED:-0}" -print_final_stats=1 -artifact_prefix="$build/$fuzzer-" "$build/corpus/$fuzzer" "$seeds/$kind" >"$log" 2>&1; then
    echo "== $fuzzer: found something" && cat "$log"
    return 1
  fi
  echo "== $fuzzer, $seconds s: $(grep -o 'number_of_executed_units: .*' "$log")"
}
export -f fuzz
export build seconds seeds
printf '%s\n' "${fuzzers[@]}" | xargs -P "$(nproc)" -n 1 bash -c 'fuzz "$1"' fuzz
