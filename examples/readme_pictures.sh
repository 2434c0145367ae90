#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes the pictures in README from what examples/demo.sh left.     examples/readme_pictures.sh DEMO_DIR
set -euo pipefail
demo=$(cd "${1:?usage: readme_pictures.sh DEMO_DIR}" && pwd)
docs=$(cd "$(dirname "$0")/.." && pwd)/docs
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A frame of each old film, before and after: one that a burn went through, and one that crackled.
here=$(cd "$(dirname "$0")" && pwd)
old_film() { # old_film NAME FRAME INPUT_NUMBER -> filters that end in [oldN]
  echo "[$3:v]format=gray,select=eq(n\\,$2),scale=720:-1[b$3];[$(($3 + 1)):v]format=gray,select=eq(n\\,$2),scale=720:-1[a$3];[b$3][a$3]hstack[old$3]"
}
inputs=()
for film in the_great_train_robbery within_our_gates; do
  inputs+=(-i "$here/media/$film.mkv" -i "$demo/$film-restored.mkv")
done
ffmpeg -nostdin -v error -y "${inputs[@]}" -filter_complex \
  "$(old_film the_great_train_robbery 22 0);$(old_film within_our_gates 28 2);[old0][old2]vstack" \
  -frames:v 1 -q:v 3 "$docs/old_films.jpg"

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
