#!/usr/bin/env bash
# Makes the pictures in README from what examples/demo.sh left.     examples/readme_pictures.sh DEMO_DIR
set -euo pipefail
demo=$(cd "${1:?usage: readme_pictures.sh DEMO_DIR}" && pwd)
docs=$(cd "$(dirname "$0")/.." && pwd)/docs
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The face in one frame: the film before and after, the video call before and after.
face="crop=230:230:105:20,scale=400:400:flags=lanczos"
inputs=()
for film in film film-restored webcam webcam-restored; do inputs+=(-ss 2.4 -i "$demo/$film.mkv"); done
ffmpeg -nostdin -v error -y "${inputs[@]}" -filter_complex \
  "[0:v]${face}[a];[1:v]${face},pad=iw+16:ih:0:0:white[b];[2:v]${face}[c];[3:v]${face}[d];[a][b][c][d]hstack=4" \
  -frames:v 1 -q:v 3 "$docs/before_after.jpg"

# The top of the report, as a reader sees it.
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1280,1000 --screenshot="$work/report.png" \
  "file://$demo/film.html" >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
ffmpeg -nostdin -v error -y -i "$work/report.png" -q:v 4 "$docs/report.jpg"
ls -l "$docs"/*.jpg
