#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes a planned film on a Slurm cluster: one array task for each part, then the join. Run it again after failures: parts
# that are there are left alone.
#   reelface plan old.mkv new.mkv --parts 40 --folder /shared/work
#   examples/cluster/slurm.sh /shared/work [options of sbatch for the parts: --partition=film, --array=0-39%10 …]
# REELFACE: the program. CORES: cores for each part [2]. GPUS: graphics cards for each part [none].
set -euo pipefail
folder=$(realpath "${1:?usage: slurm.sh DIR [options of sbatch]}")
shift
reelface=$(command -v "${REELFACE:-reelface}")
read -r parts _ <<<"$("$reelface" status "$folder")"

# A part appears whole or not at all, so a node may die at any moment: --requeue gives its part to another one.
# What failed for another reason is tried twice more; then the array fails, and with it the join.
make_part="$(printf '%q part %q' "$reelface" "$folder") \$SLURM_ARRAY_TASK_ID --threads \$SLURM_CPUS_PER_TASK --progress none
code=\$?
[ \$code -ne 0 ] && [ \${SLURM_RESTART_COUNT:-0} -lt 2 ] && scontrol requeue \$SLURM_JOB_ID
exit \$code"

array=$(sbatch --parsable --job-name=reelface-parts --array="0-$((parts - 1))" --ntasks=1 --cpus-per-task="${CORES:-2}" \
  ${GPUS:+--gpus-per-task="$GPUS"} --requeue --open-mode=append --output="$folder/slurm-part-%a.log" "$@" --wrap "$make_part")
join=$(sbatch --parsable --job-name=reelface-join --dependency="afterok:$array" --kill-on-invalid-dep=yes --ntasks=1 \
  --requeue --output="$folder/slurm-join.log" --wrap "$(printf '%q join %q' "$reelface" "$folder")")
echo "parts: job $array, join: job $join; how far it is: $reelface status $folder"
