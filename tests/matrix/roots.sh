# SPDX-License-Identifier: Apache-2.0
# Small Debian systems in folders, made by debootstrap: sourced by run.sh. Needs root.

mirror=${REELFACE_DEBIAN_MIRROR:-http://deb.debian.org/debian}

# The newest first. Some were made in subshells, so that only the system knows them all.
unmount_all() {
  local place
  awk -v start="$folder/" 'index($2, start) == 1 { print $2 }' /proc/mounts | tac | while read -r place; do
    umount -l "$place" || true
  done
}

mount_into() { # mount_into PLACE MOUNT-WORDS…
  local place=$1
  shift
  mkdir -p "$place"
  mount "$@" "$place"
}

# Why no root can be made here, in a few words; nothing where one can. Containers may forbid each of these.
why_no_root() {
  local trial=$folder/trial reason=
  if [ "$(id -u)" -ne 0 ]; then
    echo "roots are made by root: sudo ./dev matrix"
    return
  fi
  command -v debootstrap > /dev/null || { echo "needs debootstrap: apt install debootstrap"; return; }
  rm -rf --one-file-system "$trial"
  mkdir -p "$trial/mounted"
  if ! mknod "$trial/null" c 1 3 2> /dev/null; then
    reason="no devices may be made here"
  elif ! : > "$trial/null" 2> /dev/null; then
    reason="devices in $folder may not be used"
  elif ! chroot / true 2> /dev/null; then
    reason="chroot is forbidden here"
  elif ! mount -t proc proc "$trial/mounted" 2> /dev/null; then
    reason="nothing may be mounted here"
  else
    umount "$trial/mounted"
  fi
  rm -rf --one-file-system "$trial"
  echo "$reason"
}

# Nothing below a root may be mounted while it is deleted: /dev is the machine's own.
delete_root() { # delete_root ROOT
  if grep -q " $1/" /proc/mounts; then
    echo "matrix: something is mounted below $1; umount it and try again" >&2
    return 1
  fi
  rm -rf --one-file-system "$1"
}

# A fresh system: what every installation has, an ordinary user who may use sudo, and git. Packages that were fetched once
# are kept beside the roots.
make_root() { # make_root ROOT SUITE
  local root=$1 suite=$2 packages=$folder/packages/$2
  delete_root "$root" || return
  mkdir -p "$root" "$packages/partial"
  debootstrap --variant=minbase --include=sudo,ca-certificates,git --cache-dir="$packages" "$suite" "$root" "$mirror" \
    > "$root.debootstrap.log" 2>&1 || return
  chroot "$root" useradd --create-home --shell /bin/bash builder
  echo 'builder ALL=(ALL) NOPASSWD: ALL' > "$root/etc/sudoers.d/builder"
  # A mirror may stand still, and its lists of packages be past their date.
  echo 'Acquire::Check-Valid-Until "false";' > "$root/etc/apt/apt.conf.d/old-lists"
  # What is thrown away need not be safe from a power cut, which makes installing twice as fast.
  echo force-unsafe-io > "$root/etc/dpkg/dpkg.cfg.d/unsafe-io"
  # No services are started in a root, and no package that was fetched is thrown away.
  printf '#!/bin/sh\nexit 101\n' > "$root/usr/sbin/policy-rc.d"
  chmod 755 "$root/usr/sbin/policy-rc.d"
  echo 'Binary::apt::APT::Keep-Downloaded-Packages "true"; APT::Keep-Downloaded-Packages "true";' > "$root/etc/apt/apt.conf.d/keep"
}

enter_root() { # enter_root ROOT SUITE: what a running system has
  mount_into "$1/proc" -t proc proc
  mount_into "$1/sys" -t sysfs -o ro sysfs
  mount_into "$1/dev" --rbind /dev
  mount --make-rslave "$1/dev"
  mount_into "$1/var/cache/apt/archives" --bind "$folder/packages/$2"
  cp /etc/resolv.conf "$1/etc/resolv.conf"
  echo "127.0.0.1 localhost $(hostname)" > "$1/etc/hosts"
}

as_user() { # as_user ROOT COMMAND: as the ordinary user, in the tree, with a clean environment
  chroot --userspec=builder:builder --groups=builder "$1" /usr/bin/env -i HOME=/home/builder USER=builder LANG=C.UTF-8 \
    PATH=/usr/local/bin:/usr/bin:/bin /bin/bash -c "cd /home/builder/reelface && $2" < /dev/null
}

as_admin() { # as_admin ROOT COMMAND: as root, for packages
  chroot "$1" /usr/bin/env -i HOME=/root LANG=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive \
    /bin/bash -c "set -e; $2" < /dev/null
}

# The commit that is checked out here, and the reference material where there is any.
clone_into() { # clone_into ROOT
  local home=$1/home/builder
  # The tree may belong to somebody else than root, whom git would not trust.
  git clone -q --depth 1 --upload-pack "git -c safe.directory='*' upload-pack" "file://$source_folder" "$home/reelface"
  chown -R --reference="$home" "$home/reelface"
  if [ -d "$source_folder/../shared" ]; then
    mount_into "$home/shared" -o ro --bind "$(cd "$source_folder/../shared" && pwd)"
  fi
}

version_in() { # version_in ROOT PACKAGE: without what the distribution adds to it
  as_admin "$1" "dpkg-query -W -f='\${Version}\n' $2 2> /dev/null | head -1 | sed 's/^[0-9]*://; s/[-+~].*//'" || true
}
