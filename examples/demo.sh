#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Two real old films restored; and a good clip made bad, restored and measured against what it was. A page for each.
#     examples/demo.sh BUILD_DIR [OUT_DIR]
# Takes a minute on two free cores. Needs nothing but the build and the ffmpeg program.
set -euo pipefail
build=${1:?usage: demo.sh BUILD_DIR [OUT_DIR]}
out=${2:-$build/demo}
here=$(cd "$(dirname "$0")" && pwd)
reelface=$build/src/app/reelface
[ -x "$reelface" ] || { echo "$reelface is not there: build first, for example with ./dev build release" >&2; exit 1; }
mkdir -p "$out"
began=$SECONDS
say() { printf '\n[%3d s] %s\n' $((SECONDS - began)) "$*"; }

# restore NAME FILM [OPTION…]
restore() {
  local name=$1 film=$2
  shift 2
  "$reelface" restore "$film" "$out/$name-restored.mkv" -y --crf 14 --preset veryfast "$@" \
    --report "$out/$name-restored.json" --report "$out/$name-restored.html"
}

# restore_and_compare NAME REFERENCE [OPTION…]
restore_and_compare() {
  local name=$1 reference=$2
  shift 2
  say "restoring the $name"
  restore "$name" "$out/$name.mkv" "$@"
  say "measuring it against the clean clip"
  "$reelface" compare "$out/$name-restored.mkv" --reference "$reference" --input "$out/$name.mkv" \
    --html "$out/$name.html" --json "$out/$name-figures.json" --csv "$out/$name-frames.csv" -y
}

say "restoring two pieces of old film, of 1903 and 1920"
for film in the_great_train_robbery within_our_gates; do
  restore "$film" "$here/media/$film.mkv" --for film
done

say "making a clean clip"
"$here/make_moving_clip.sh" "$out/clean.mkv" "${REELFACE_DEMO_SECONDS:-6}"

say "making an old film and a poor video call of it"
"$reelface" degrade "$out/clean.mkv" "$out/film.mkv" -y --preset film
"$reelface" degrade "$out/clean.mkv" "$out/webcam.mkv" -y --preset webcam
# Nobody wants the film's brown measured as damage: its reference has it, and neither grain, dirt, flicker nor sway.
"$reelface" degrade "$out/clean.mkv" "$out/film-clean.mkv" -y --preset film --crf 12 \
  --set blur=0 --set shrink=1 --set grain=0 --set flicker=0 --set dust=0 --set scratches=0 \
  --set weave=0 --set jitter=0

restore_and_compare film "$out/film-clean.mkv" --for film
restore_and_compare webcam "$out/clean.mkv"

say "done. Open in a browser:"
printf '  %s\n' "$out"/{the_great_train_robbery-restored,within_our_gates-restored,film,webcam}.html
echo "What was done to restore the last two, and how long it took, is in film-restored.html and webcam-restored.html beside"
echo "these. Each film lies beside its page, before and after."
