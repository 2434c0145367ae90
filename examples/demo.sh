#!/usr/bin/env bash
# From a good clip to bad ones, restored, measured and shown on a page each.   examples/demo.sh BUILD_DIR [OUT_DIR]
# Takes two to three minutes on two cores. Needs nothing but the build and the ffmpeg program.
set -euo pipefail
build=${1:?usage: demo.sh BUILD_DIR [OUT_DIR]}
out=${2:-$build/demo}
here=$(cd "$(dirname "$0")" && pwd)
reelface=$build/src/app/reelface
[ -x "$reelface" ] || { echo "$reelface is not there: build first, for example with ./dev build release" >&2; exit 1; }
mkdir -p "$out"
began=$SECONDS
say() { printf '\n[%3d s] %s\n' $((SECONDS - began)) "$*"; }

# restore_and_compare NAME REFERENCE
restore_and_compare() {
  say "restoring the $1"
  "$reelface" restore "$out/$1.mkv" "$out/$1-restored.mkv" -y --crf 14 --preset veryfast \
    --report "$out/$1-restored.json" --report "$out/$1-restored.html"
  say "measuring it against the clean clip"
  "$reelface" compare "$out/$1-restored.mkv" --reference "$2" --input "$out/$1.mkv" \
    --html "$out/$1.html" --json "$out/$1-figures.json" --csv "$out/$1-frames.csv" -y
}

say "making a clean clip"
"$here/make_moving_clip.sh" "$out/clean.mkv" "${REELFACE_DEMO_SECONDS:-6}"

say "making an old film and a poor video call of it"
"$reelface" degrade "$out/clean.mkv" "$out/film.mkv" -y --preset film
"$reelface" degrade "$out/clean.mkv" "$out/webcam.mkv" -y --preset webcam
# Nobody wants the film's brown and its sway measured as damage: its reference has both, and neither grain nor dirt.
# The same seed makes the same sway.
"$reelface" degrade "$out/clean.mkv" "$out/film-clean.mkv" -y --preset film --crf 12 \
  --set blur=0 --set shrink=1 --set grain=0 --set flicker=0 --set dust=0 --set scratches=0

restore_and_compare film "$out/film-clean.mkv"
restore_and_compare webcam "$out/clean.mkv"

say "done. Open in a browser:"
printf '  %s\n' "$out/film.html" "$out/webcam.html"
echo "What was done to restore them, and how long it took, is in film-restored.html and webcam-restored.html beside these."
echo "Before and after are $out/film.mkv, film-restored.mkv, webcam.mkv and webcam-restored.mkv."
