#!/usr/bin/env bash
# Builds the checkpoint fuzzers, makes their seeds and runs each:  tests/fuzz/run.sh [SECONDS_EACH] [FUZZER…]
# Seeds are small files made here, plus the small reference files where the shared folder is present.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-60}
shift || true
fuzzers=("$@")
[ ${#fuzzers[@]} -gt 0 ] || fuzzers=(safetensors zip_directory unpickler checkpoint)
shared=${REELFACE_SHARED:-../shared}
build=build/fuzz

cmake --preset fuzz >/dev/null
cmake --build "$build" --target checkpoint_seeds "${fuzzers[@]/%/_fuzzer}"

seeds=$build/seeds
mkdir -p "$seeds/files" "$seeds/pickles"
"$build/tests/fuzz/checkpoint_seeds" "$seeds/files"
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

for fuzzer in "${fuzzers[@]}"; do
  kind=files
  [ "$fuzzer" = unpickler ] && kind=pickles
  mkdir -p "$build/corpus/$fuzzer"
  echo "== $fuzzer, $seconds s"
  "$build/tests/fuzz/${fuzzer}_fuzzer" -max_total_time="$seconds" -timeout=2 -rss_limit_mb=1024 -max_len=65536 \
    -print_final_stats=1 -artifact_prefix="$build/$fuzzer-" "$build/corpus/$fuzzer" "$seeds/$kind"
done
