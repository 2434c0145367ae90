#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# For the day on which a graphics card is at hand: builds the inference core against the LibTorch or PyTorch that is there,
# and prints tables for RESULTS.md: how near the card's pictures are to the CPU's, faces a second by batch and precision
# beside a plain eager port, with and without CUDA graphs, memory; how long loading takes, whether a face gets the same bits
# in every place of a batch, and what happens on a card that is full. docs/first_card.md says what to expect. Eight
# minutes at most.
#
#   tests/bench/gpu_day.sh [--cpu] [--built PROGRAM] [TABLES.md]
#
# --cpu runs all of it to its end on a CPU, with a small network and small batches, so that it is known to work.
# --built takes a program that was built already. REELFACE_LIBTORCH names an unpacked LibTorch.
set -euo pipefail
cd "$(dirname "$0")/../.."

limit=480
program=
output=
arguments=()
while [ $# -gt 0 ]; do
  case "$1" in
    --cpu)
      arguments=(--device cpu --small)
      export OMP_WAIT_POLICY=passive # threads that wait leave the cores to others
      ;;
    --built) program=$2 && shift ;;
    -*) sed -n '3,12s/^# \{0,1\}//p' "$0" >&2 && exit 2 ;;
    *) output=$1 ;;
  esac
  shift
done
if [ -n "$output" ] && [ -e "$output" ]; then
  echo "gpu_day.sh: $output exists already" >&2
  exit 2
fi

# Where CMake finds LibTorch: named, or PyTorch's own, or the distribution's.
libtorch() {
  if [ -n "${REELFACE_LIBTORCH:-}" ]; then
    echo "$REELFACE_LIBTORCH"
  else
    python3 -c 'import torch; print(torch.utils.cmake_prefix_path)' 2>/dev/null || true
  fi
}

build() {
  local prefix
  prefix=$(libtorch)
  cmake --preset inference-only -B build/gpu_day -DREELFACE_BUILD_TESTS=OFF ${prefix:+-DCMAKE_PREFIX_PATH="$prefix"}
  cmake --build build/gpu_day --target gpu_day
}

if [ -z "$program" ]; then
  build >&2
  program=build/gpu_day/tests/bench/gpu_day
fi
if command -v nvidia-smi >/dev/null; then
  nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader >&2 || true
fi

# Twenty seconds are for the row that is being measured when the time is over.
left=$((limit - SECONDS - 20))
if [ $left -lt 60 ]; then
  echo "gpu_day.sh: building took $SECONDS s; run it again, now that all is built" >&2
  exit 1
fi
measure() {
  local code=0
  timeout $((limit - SECONDS)) "$program" --seconds $left "${arguments[@]}" || code=$?
  [ $code -ne 124 ] || echo "gpu_day.sh: stopped after $limit s; the rows so far are whole" >&2
  return $code
}
if [ -n "$output" ]; then
  measure | tee "$output"
else
  measure
fi
