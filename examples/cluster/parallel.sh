#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes a planned film with GNU parallel, on this machine or on many. Run it again after failures: it goes on.
#   reelface plan old.mkv new.mkv --parts 40 --folder /shared/work
#   examples/cluster/parallel.sh /shared/work 2                                   two parts at a time, here
#   examples/cluster/parallel.sh /shared/work 1 --sshlogin anna@one,anna@two      one at a time on each machine
# All machines must see the folder, the film and the program under the same names. REELFACE: the program. CORES: cores for
# each part [as many as there are, shared among the parts at a time].
set -euo pipefail
folder=$(realpath "${1:?usage: parallel.sh DIR PARTS_AT_A_TIME [options of parallel]}")
at_a_time=${2:?usage: parallel.sh DIR PARTS_AT_A_TIME [options of parallel]}
shift 2
reelface=$(command -v "${REELFACE:-reelface}")
cores=${CORES:-$((($(nproc) + at_a_time - 1) / at_a_time))}
log=$folder/parallel.log
read -r parts _ <<<"$("$reelface" status "$folder")"

make_parts() {
  seq 0 $((parts - 1)) | parallel --joblog "$log" --resume-failed --retries 3 --jobs "$at_a_time" "$@" \
    "$(printf '%q part %q' "$reelface" "$folder") {} --threads $cores --progress none"
}

make_parts "$@"
code=0
"$reelface" join "$folder" || code=$?
[ $code -eq 75 ] || exit $code
# A part is missing or damaged that was good when it was made. Those that are good are left alone.
rm "$log"
make_parts "$@"
"$reelface" join "$folder"
