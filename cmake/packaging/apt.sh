# SPDX-License-Identifier: Apache-2.0
# What apt installs for what. Sourced by ./dev; names are those of Debian 12 and newer, and of Ubuntu 24.04 and newer.

program_packages=(g++ cmake ninja-build ccache pkg-config
  libavcodec-dev libavformat-dev libavutil-dev libavfilter-dev libswscale-dev
  libopenblas0-pthread libopencv-core-dev libopencv-imgproc-dev libopencv-video-dev libtbb-dev libspdlog-dev libcli11-dev
  nlohmann-json3-dev libcurl4-openssl-dev libcpp-httplib-dev)
torch_packages=(libtorch-dev)
cuda_packages=(libtorch-cuda-dev nvidia-cuda-dev nvidia-cuda-toolkit)
demo_packages=(ffmpeg)
package_packages=(dpkg-dev file)
bench_packages=(ffmpeg git python3 python3-numpy libgtest-dev libgmock-dev libopencv-imgcodecs-dev libbenchmark-dev)
test_packages=(git ffmpeg python3 python3-numpy python3-skimage libgtest-dev libgmock-dev libopencv-imgcodecs-dev
  libbenchmark-dev clang llvm clang-format clang-tidy lintian "${package_packages[@]}")
slow_packages=(parallel slurmctld slurmd slurm-client munge)  # a cluster of one machine
browser_packages=(chromium chromium-driver node-typescript)  # tests that need what an archive has not say that they did not run

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo > /dev/null; then
    sudo "$@"
  else
    echo "dev: this needs root, and there is no sudo here. As root: $*" >&2
    return 1
  fi
}

is_installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2> /dev/null)" = installed ]; }

is_known() { [[ $(apt-cache policy "$1" 2> /dev/null) =~ Candidate:\ [^\(] ]]; }

# Those of PACKAGES… that are missing, one a line.
missing_of() {
  local package
  for package in "$@"; do is_installed "$package" || echo "$package"; done
}

install() { # install PACKAGES…
  local missing package
  mapfile -t missing < <(missing_of "$@")
  [ ${#missing[@]} -gt 0 ] || return 0
  if ! command -v apt-get > /dev/null; then
    echo "dev: packages are installed with apt, which is not here. Install what these are called on this system, then" \
      "run cmake --preset program: ${missing[*]}" >&2
    return 1
  fi
  echo "installing: ${missing[*]}"
  as_root apt-get update -q || return
  for package in "${missing[@]}"; do
    is_known "$package" && continue
    echo "dev: this system's apt knows no package $package. Debian 12 and newer have it, and so does Ubuntu 24.04 with its" \
      "component 'universe'." >&2
    return 1
  done
  as_root env DEBIAN_FRONTEND="${frontend:-noninteractive}" apt-get install -q -y --no-install-recommends "${missing[@]}"
}

# The runtime of the sanitizers is a package of its own, with the version of the distribution's Clang in its name.
sanitizer_package() {
  apt-cache depends clang | sed -n 's/^ *Depends: clang-\([0-9][0-9]*\)$/libclang-rt-\1-dev/p' | head -1
}

# LibTorch: the distribution's; its build with CUDA; or, in REELFACE_LIBTORCH, one that its maker built.
install_torch() { # install_torch [cuda]
  if [ -n "${REELFACE_LIBTORCH:-}" ]; then
    [ -e "$REELFACE_LIBTORCH/share/cmake/Torch/TorchConfig.cmake" ] && return
    echo "dev: REELFACE_LIBTORCH is '$REELFACE_LIBTORCH', and there is no share/cmake/Torch/TorchConfig.cmake in it. It must name" \
      "the folder 'libtorch' of the unpacked archive." >&2
    return 1
  elif [ "${1:-}" = cuda ]; then
    install_cuda_torch
  elif ! is_installed libtorch-cuda-dev; then
    install "${torch_packages[@]}"
  fi
}

install_for_program() { # install_for_program [cuda]
  install "${program_packages[@]}" && install_torch "$@"
}

install_for_tests() {
  local browser=()
  install_for_program && install "${test_packages[@]}" && install "$(sanitizer_package)" || return
  is_known "${browser_packages[0]}" && browser=("${browser_packages[@]}")
  install "${browser[@]}"
}

# --- LibTorch with CUDA -----------------------------------------------------------------------------------------------

no_cuda_here() {
  echo "dev: $(. /etc/os-release && echo "$PRETTY_NAME") has no package of LibTorch with CUDA (libtorch-cuda-dev); Debian 13 has." \
    "Fetch LibTorch from https://pytorch.org, unpack it, and give its folder: REELFACE_LIBTORCH=/path/to/libtorch ./dev build" >&2
  return 1
}

# Components contrib and non-free, in a file of their own, so that removing that file undoes it.
add_cuda_components() {
  local codename answer file=/etc/apt/sources.list.d/reelface-cuda.sources
  codename=$(. /etc/os-release && [ "$ID" = debian ] && echo "${VERSION_CODENAME:-}") || { no_cuda_here; return; }
  echo "LibTorch with CUDA and NVIDIA's libraries are in Debian's components contrib and non-free, which are not in use here."
  if [ "${REELFACE_ADD_COMPONENTS:-}" != yes ]; then
    if [ ! -t 0 ]; then
      echo "dev: nobody is here to be asked whether they may be added (to $file). If so: REELFACE_ADD_COMPONENTS=yes" >&2
      return 1
    fi
    read -r -p "Add them, as $file? [y/N] " answer
    [[ $answer == [yY]* ]] || { echo "dev: nothing was changed" >&2; return 1; }
  fi
  printf 'Types: deb\nURIs: http://deb.debian.org/debian\nSuites: %s\nComponents: contrib non-free\nSigned-By: %s\n' \
    "$codename" /usr/share/keyrings/debian-archive-keyring.gpg | as_root tee "$file" > /dev/null
  as_root apt-get update -q
}

# The package nvidia-cudnn fetches cuDNN from NVIDIA if whoever installs it agrees to NVIDIA's licence, and takes silence for
# a yes. On a terminal it asks; elsewhere nobody has agreed.
install_cuda_torch() {
  local frontend=noninteractive
  is_known libtorch-cuda-dev || add_cuda_components || return
  is_known libtorch-cuda-dev || { no_cuda_here; return; }
  if [ -t 0 ]; then
    frontend=readline
  elif ! is_installed nvidia-cudnn; then
    echo 'nvidia-cudnn nvidia-cudnn/question select I Decline' | as_root debconf-set-selections || return
  fi
  install "${cuda_packages[@]}" || return
  [[ $(/sbin/ldconfig -p) != *libcudnn.so* ]] || return 0
  echo "dev: cuDNN is not here, without which LibTorch with CUDA does not start. It comes from NVIDIA, under a licence that you" \
    "must agree to yourself. If you do: sudo update-nvidia-cudnn -u, then ./dev build --cuda again" >&2
  return 1
}
