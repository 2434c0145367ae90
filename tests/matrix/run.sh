#!/usr/bin/env bash
# Tries the README's commands on other releases of Debian, each in a root of its own made by debootstrap, as an ordinary
# user who may use sudo. Prints a table: versions, minutes, tests. Called by ./dev matrix.
#
#   run.sh [--quick] [--packages] [debian12] [debian13] [debian-testing]
#
# --quick     build the program and restore a clip; no tests but the unit tests
# --packages  also make the Debian packages, and install, use and remove them in a bare root
#
# Needs root or sudo. Roots are kept in build/matrix and used again; REELFACE_MATRIX_FOLDER names another folder,
# REELFACE_DEBIAN_MIRROR another mirror.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
source_folder=$(cd "$here/../.." && pwd)
folder=${REELFACE_MATRIX_FOLDER:-$source_folder/build/matrix}
mirror=${REELFACE_DEBIAN_MIRROR:-http://deb.debian.org/debian}
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)

quick=false packages=false
releases=()
for word in "$@"; do
  case "$word" in
    --quick) quick=true ;;
    --packages) packages=true ;;
    debian12 | debian13 | debian-testing) releases+=("$word") ;;
    *)
      echo "matrix: there is no release '$word'; known are debian12, debian13 and debian-testing" >&2
      exit 2
      ;;
  esac
done
[ ${#releases[@]} -gt 0 ] || releases=(debian12 debian13 debian-testing)

suite_of() {
  case "$1" in
    debian12) echo bookworm ;;
    debian13) echo trixie ;;
    debian-testing) echo testing ;;
  esac
}

mounted=()
unmount_all() {
  local index
  for ((index = ${#mounted[@]} - 1; index >= 0; --index)); do "${as_root[@]}" umount -l "${mounted[index]}" || true; done
  mounted=()
}
trap unmount_all EXIT

mount_into() { # mount_into PLACE MOUNT-WORDS…
  local place=$1
  shift
  mountpoint -q "$place" || "${as_root[@]}" mount "$@" "$place"
  mounted+=("$place")
}

# A root that has what every installation has, a user, sudo and git. Made once.
make_root() { # make_root ROOT SUITE
  [ -e "$1/made" ] && return
  [ ! -e "$1" ] || { echo "matrix: $1 was not finished; remove it and try again" >&2; exit 1; }
  command -v debootstrap > /dev/null || "${as_root[@]}" apt-get install -q -y debootstrap > /dev/null
  mkdir -p "$(dirname "$1")"
  "${as_root[@]}" debootstrap --variant=minbase --include=sudo,ca-certificates,git "$2" "$1" "$mirror" > "$1.debootstrap.log"
  "${as_root[@]}" chroot "$1" useradd --create-home --shell /bin/bash builder
  echo 'builder ALL=(ALL) NOPASSWD: ALL' | "${as_root[@]}" tee "$1/etc/sudoers.d/builder" > /dev/null
  # A fresh root starts no services.
  printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$1/usr/sbin/policy-rc.d" > /dev/null
  "${as_root[@]}" chmod 755 "$1/usr/sbin/policy-rc.d"
  "${as_root[@]}" touch "$1/made"
}

mount_system() { # mount_system ROOT
  mount_into "$1/proc" -t proc proc
  mount_into "$1/dev" --rbind /dev
  "${as_root[@]}" mount --make-rslave "$1/dev"
  "${as_root[@]}" cp /etc/resolv.conf "$1/etc/resolv.conf"
}

in_root() { # in_root ROOT COMMAND: as the ordinary user, in the tree, with a clean environment
  "${as_root[@]}" chroot --userspec=builder:builder --groups=builder "$1" /usr/bin/env -i HOME=/home/builder USER=builder \
    LANG=C.UTF-8 PATH=/usr/local/bin:/usr/bin:/bin DEBIAN_FRONTEND=noninteractive \
    /bin/bash -c "cd /home/builder/reelface && $2"
}

bare_root() { # bare_root ROOT COMMAND: as root, for packages
  "${as_root[@]}" chroot "$1" /usr/bin/env -i HOME=/root LANG=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin \
    DEBIAN_FRONTEND=noninteractive /bin/bash -c "$2"
}

# What is committed, and the reference material where there is any.
copy_tree() { # copy_tree ROOT
  local home=$1/home/builder
  "${as_root[@]}" mkdir -p "$home/reelface"
  git -C "$source_folder" archive HEAD | "${as_root[@]}" tar -x -C "$home/reelface"
  "${as_root[@]}" chroot "$1" chown -R builder:builder /home/builder
  if [ -d "$source_folder/../shared" ]; then
    "${as_root[@]}" mkdir -p "$home/shared"
    mount_into "$home/shared" --bind "$(cd "$source_folder/../shared" && pwd)"
  fi
}

minutes() { awk "BEGIN { printf \"%.1f\", ($2 - $1) / 60 }"; }

version_in() { # version_in ROOT PACKAGE-PATTERN
  bare_root "$1" "dpkg-query -W -f='\${Version}\n' '$2' 2>/dev/null | head -1 | sed 's/^[0-9]*://; s/[-+~].*//'"
}

clip='ffmpeg -nostdin -v error -y -loop 1 -i examples/media/eileen-collins.jpg -t 2 -r 12 -vf scale=480:-2,format=yuv420p clip.mp4 &&
  build/release/src/app/reelface restore clip.mp4 restored.mkv -y && ffprobe -v error restored.mkv'

try_packages() { # try_packages ROOT SUITE: prints a word for the table
  local bare=$1-bare log=$1.packages.log
  in_root "$1" "cd build/release && cpack -G DEB > /dev/null && ls *.deb" > "$log" 2>&1 || { echo "cpack failed"; return; }
  make_root "$bare" "$2"
  mount_system "$bare"
  "${as_root[@]}" cp "$1"/home/builder/reelface/build/release/reelface_*.deb "$1/home/builder/reelface/examples/media/eileen-collins.jpg" "$bare/root/"
  bare_root "$bare" 'set -e; cd /root; apt-get update -q; apt-get install -q -y ./reelface_*.deb ffmpeg
    ! command -v c++
    ffmpeg -nostdin -v error -y -loop 1 -i eileen-collins.jpg -t 1 -r 12 -vf scale=480:-2,format=yuv420p clip.mp4
    reelface restore clip.mp4 restored.mkv -y; ffprobe -v error restored.mkv
    apt-get purge -q -y reelface; ! find / -xdev -path /root -prune -o -name "*reelface*" -print | grep .' >> "$log" 2>&1 ||
    { echo "failed: $log"; return; }
  echo "installed, used, removed"
}

try_release() { # try_release NAME: a line of the table
  local name=$1 root=$folder/$1 suite log began built tested restored=no result="not run" package_result=-
  suite=$(suite_of "$name")
  log=$root.log
  make_root "$root" "$suite"
  mount_system "$root"
  copy_tree "$root"
  bare_root "$root" 'apt-get update -q && apt-get upgrade -q -y' > "$log" 2>&1
  in_root "$root" './dev deps' >> "$log" 2>&1 || true
  began=$(date +%s)
  in_root "$root" './dev build' >> "$log" 2>&1 || { printf '%-15s build failed: %s\n' "$name" "$log"; return 1; }
  built=$(date +%s)
  in_root "$root" "$clip" >> "$log" 2>&1 && restored=yes
  tested=$(date +%s)
  local tests="./dev test --fast"
  $quick && tests="ctest --test-dir build/release -L unit"
  in_root "$root" "$tests" > "$root.tests.log" 2>&1 || true
  result=$(grep -E 'tests passed' "$root.tests.log" | tail -1)
  $packages && package_result=$(try_packages "$root" "$suite")
  printf '%-15s %-8s %-8s %-9s %-7s %8s %9s  %s (%s min)  %s\n' "$name" "$(version_in "$root" 'g++-[0-9]*')" \
    "$(version_in "$root" libavcodec-dev)" "$(version_in "$root" libtorch-dev)" "$(version_in "$root" libopencv-dev)" \
    "$(minutes "$began" "$built")" "$restored" "${result:-tests failed: $root.tests.log}" \
    "$(minutes "$tested" "$(date +%s)")" "$package_result"
  [ "$restored" = yes ] && [[ $result == 100%* ]]
}

mkdir -p "$folder"
printf '%-15s %-8s %-8s %-9s %-7s %8s %9s  %s\n' release g++ FFmpeg LibTorch OpenCV 'build/min' restored 'tests; packages'
failed=0
for release in "${releases[@]}"; do
  try_release "$release" || failed=1
  unmount_all
done
exit $failed
