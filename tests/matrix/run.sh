#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Tries README's commands on other releases of Debian, each in a fresh root made by debootstrap, as an ordinary user who may
# use sudo: build, restore a clip, the fast tests; then the Debian package in a second, bare root. Prints a table.
#
#   run.sh [--quick] [--cuda] [--no-tests] [--if-possible] [debian12] [debian13] [debian-testing]
#
# --quick        Debian 13: the program, the unit tests of some folders, a clip; no package
# --cuda         also ./dev build --cuda, and what the program says without a card
# --no-tests     build, clip and package
# --if-possible  where no root can be made, says so in one line and ends well
#
# Needs root. Roots, fetched packages and logs are in build/matrix; REELFACE_MATRIX_FOLDER names another folder,
# REELFACE_DEBIAN_MIRROR another mirror.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
source_folder=$(cd "$here/../.." && pwd)
folder=${REELFACE_MATRIX_FOLDER:-$source_folder/build/matrix}
. "$here/roots.sh"

quick=false cuda=false tests=true if_possible=false
releases=()
for word in "$@"; do
  case "$word" in
    --quick) quick=true ;;
    --cuda) cuda=true ;;
    --no-tests) tests=false ;;
    --if-possible) if_possible=true ;;
    debian12 | debian13 | debian-testing) releases+=("$word") ;;
    *)
      echo "matrix: there is no release '$word'; known are debian12, debian13 and debian-testing" >&2
      exit 2
      ;;
  esac
done
if [ ${#releases[@]} -eq 0 ]; then
  $quick && releases=(debian13) || releases=(debian12 debian13 debian-testing)
fi

no_root() { # no_root REASON: ends here
  if $if_possible; then
    echo "matrix: left out: $1"
    exit 0
  fi
  echo "matrix: $1" >&2
  exit 1
}

mkdir -p "$folder"
folder=$(cd "$folder" && pwd -P)
reason=$(why_no_root)
[ -z "$reason" ] || no_root "$reason"

suite_of() {
  case "$1" in
    debian12) echo bookworm ;;
    debian13) echo trixie ;;
    debian-testing) echo testing ;;
  esac
}

minutes() { awk "BEGIN { printf \"%.1f min\", $1 / 60 }"; }

still=examples/media/eileen-collins.jpg
make_clip="ffmpeg -nostdin -v error -y -loop 1 -i $still -t 2 -r 12 -vf scale=480:-2,noise=alls=14:allf=t,format=yuv420p clip.mp4"
has_faces="tr -d ' \n' < new.json | grep -q '\"faces\":{\"seen\":[0-9]*,\"restored\":[1-9]'"

# Every try appends to its log, and says in a few words for the table how it went.

try_build() { # try_build ROOT LOG
  as_user "$1" './dev build' >> "$2" 2>&1 || { echo "FAILED: $2"; return; }
  # "what it took: packages 63 s, build 244 s, processors 460 s"
  awk '/^what it took: packages / { gsub(/[^0-9 ]/, ""); printf "%.1f (%.1f) min\n", $(NF - 1) / 60, $NF / 60 }' "$2" | tail -1
}

try_clip() { # try_clip ROOT LOG
  # The ffmpeg program is no part of what the program needs.
  as_admin "$1" 'apt-get install -q -y --no-install-recommends ffmpeg' >> "$2" 2>&1
  as_user "$1" "$make_clip && build/release/src/app/reelface restore clip.mp4 new.mkv -y --report new.json && $has_faces" >> "$2" 2>&1 &&
    echo yes || echo "FAILED: $2"
}

try_tests() { # try_tests ROOT LOG
  local began=$SECONDS command='./dev test --fast' result
  if $quick; then
    command='. cmake/packaging/apt.sh && install "${bench_packages[@]}" && cmake --preset release -DREELFACE_BUILD_BENCH=OFF &&
      cmake --build build/release --target core_tests media_tests restore_tests app_tests &&
      ctest --test-dir build/release -j "$(nproc)" -R "^(Video|Media|Restore|Options|Error)" -LE slow'
  fi
  as_user "$1" "$command" > "$2" 2>&1 || true
  result=$(sed -n 's/^\([0-9]*\)% tests passed, \([0-9]*\) tests failed out of \([0-9]*\)$/\2 \3/p' "$2" | tail -1)
  [ -n "$result" ] || { echo "FAILED: $2"; return; }
  local failed=${result% *} all=${result#* }
  [ "$failed" -eq 0 ] || { echo "FAILED: $failed of $all: $2"; return; }
  echo "$all passed, $(minutes $((SECONDS - began)))"
}

try_package() { # try_package ROOT SUITE LOG
  local bare=$1-bare
  as_user "$1" 'rm -f build/release/*.deb && ./dev package' >> "$3" 2>&1 || { echo "FAILED: $3"; return; }
  make_root "$bare" "$2"
  enter_root "$bare" "$2"
  cp "$1"/home/builder/reelface/build/release/reelface_*.deb "$1/home/builder/reelface/clip.mp4" "$bare/root/"
  # dpkg remembers a removed package that has scripts, as cpack gives it; a purged one is gone.
  as_admin "$bare" '
    cd /root; apt-get update -q; apt-get install -q -y --no-install-recommends ./reelface_*.deb
    if command -v c++; then echo "there is a compiler here"; exit 1; fi
    reelface restore clip.mp4 new.mkv -y --report new.json; '"$has_faces"'
    reelface devices; apt-get purge -q -y reelface; apt-get autoremove -q -y --purge
    left=$(find / -xdev \( -path /root -o -path /proc -o -path /var/cache/apt \) -prune -o -name "*reelface*" -print)
    if [ -n "$left" ]; then echo "left behind: $left"; exit 1; fi' >> "$3" 2>&1 && echo "installed, used, removed" || echo "FAILED: $3"
}

# cuDNN comes from NVIDIA under a licence that only a person can agree to. An empty one is enough to start LibTorch with.
put_empty_cudnn() { # put_empty_cudnn ROOT
  as_admin "$1" 'cd /usr/lib/x86_64-linux-gnu
    for function in $(nm -D --undefined-only libtorch_cuda.so | sed -n "s/^ *U \(cudnn[A-Za-z0-9_]*\)\(@.*\)\?$/\1/p"); do
      echo "void $function(void) {}"
    done | gcc -x c -shared -fPIC -Wl,-soname,libcudnn.so.9 -Wl,--default-symver -o libcudnn.so.9 -
    ldconfig'
}

try_cuda() { # try_cuda ROOT LOG
  # Ends with what is to be done about cuDNN.
  as_user "$1" "REELFACE_ADD_COMPONENTS=yes ./dev build --cuda" > "$2" 2>&1 || put_empty_cudnn "$1" >> "$2" 2>&1 || true
  as_user "$1" "REELFACE_ADD_COMPONENTS=yes ./dev build --cuda" >> "$2" 2>&1 || { echo "FAILED: $2"; return; }
  as_user "$1" "build/release/src/app/reelface restore clip.mp4 cuda.mkv -y --device auto" >> "$2" 2>&1 && echo "compiled, goes on without a card" ||
    echo "FAILED: $2"
}

try_release() { # try_release NAME: a line of the table
  local name=$1 root=$folder/$1 log=$folder/$1.log suite built restored=- tested=- packaged=- with_cuda=-
  suite=$(suite_of "$name")
  make_root "$root" "$suite" || no_root "debootstrap made no root of $suite: $(tail -n 1 "$root.debootstrap.log")"
  enter_root "$root" "$suite"
  clone_into "$root"
  : > "$log"; : > "$root.package.log"
  built=$(try_build "$root" "$log")
  if [[ $built != FAILED* ]]; then
    restored=$(try_clip "$root" "$log")
    $quick || packaged=$(try_package "$root" "$suite" "$root.package.log")
    ! $tests || tested=$(try_tests "$root" "$root.tests.log")
    ! $cuda || with_cuda=$(try_cuda "$root" "$root.cuda.log")
  fi
  row "$name" "$(version_in "$root" g++)" "$(version_in "$root" libavcodec-dev)" "$(version_in "$root" libtorch-dev)" \
    "$(version_in "$root" libopencv-core-dev)" "$(version_in "$root" libtbb-dev)" "$built" "$restored" "$tested" "$packaged" "$with_cuda" |
    tee -a "$folder/table"
  show_failures "$root"
}

show_failures() { # show_failures ROOT: the end of each log that the table's last line names
  local log
  for log in "$1.log" "$1.package.log" "$1.tests.log" "$1.cuda.log"; do
    ! tail -n 1 "$folder/table" | grep -q "FAILED: \([0-9]* of [0-9]*: \)\?$log " || { echo "== $log"; tail -n 40 "$log"; }
  done
}

row() { printf '| %-14s | %-6s | %-6s | %-7s | %-6s | %-8s | %-18s | %-4s | %-22s | %-24s | %s |\n' "$@"; }

trap unmount_all EXIT
echo "commit $(git -C "$source_folder" rev-parse --short HEAD), $(nproc) cores" | tee "$folder/table"
row release g++ FFmpeg LibTorch OpenCV oneTBB "build (processors)" clip tests package CUDA | tee -a "$folder/table"
for release in "${releases[@]}"; do
  try_release "$release"
  unmount_all
done
! grep -q FAILED "$folder/table"
