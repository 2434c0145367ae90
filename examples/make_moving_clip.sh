#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes a six-second clip with sound from the portrait in examples/media: the camera pans, zooms and turns a little, so
# that a face moves through the picture.        examples/make_moving_clip.sh OUTPUT [SECONDS] [SIDE]
set -euo pipefail
output=${1:?usage: make_moving_clip.sh OUTPUT [SECONDS] [SIDE]}
seconds=${2:-6}
side=${3:-448}
picture=$(dirname "$0")/media/eileen-collins.jpg
rate=25

# A square window on the portrait: half its side, its angle and its middle over time. Slow waves of different lengths,
# so that nothing repeats within the clip. The perspective filter samples between pixels; zoompan would jump.
time="(on/$rate)"
half="(168+14*sin(1.05*$time))"
angle="(0.07*sin(0.8*$time+0.4))"
x="(232+20*sin(0.62*$time))"
y="(196+7*sin(0.9*$time+1))"
corner() { # SIGN_X SIGN_Y -> where this corner of the window lies
  echo "$x+$half*(($1)*cos($angle)-($2)*sin($angle))" "$y+$half*(($1)*sin($angle)+($2)*cos($angle))"
}
read -r x0 y0 <<<"$(corner -1 -1)"
read -r x1 y1 <<<"$(corner 1 -1)"
read -r x2 y2 <<<"$(corner -1 1)"
read -r x3 y3 <<<"$(corner 1 1)"
window="perspective=x0='$x0':y0='$y0':x1='$x1':y1='$y1':x2='$x2':y2='$y2':x3='$x3':y3='$y3'"
window+=":interpolation=cubic:sense=source:eval=frame"

ffmpeg -nostdin -v error -y -loop 1 -framerate $rate -i "$picture" \
  -f lavfi -i "aevalsrc='0.12*sin(2*PI*220*t)+0.08*sin(2*PI*277.2*t)+0.06*sin(2*PI*329.6*t)*(1+sin(3*t))|0.12*sin(2*PI*220*t+0.5)+0.08*sin(2*PI*277.2*t)':s=48000" \
  -vf "$window,scale=$side:$side:flags=lanczos:out_color_matrix=bt709:out_range=tv,format=yuv420p" -t "$seconds" \
  -c:v libx264 -crf 12 -preset medium -threads 2 -colorspace bt709 -color_primaries bt709 -color_trc bt709 \
  -color_range tv -c:a aac -b:a 96k -map_metadata -1 -fflags +bitexact "$output"
