#!/bin/sh
# Compiles DPDK's peer: build.sh PROGRAM. hnv-bench calls it when pkg-config finds the library.
set -eu
cd "$(dirname "$0")"
# shellcheck disable=SC2046 # The flags are words.
exec cc -O3 -march=native $(pkg-config --cflags libdpdk) dpdk.c -o "$1" \
  $(pkg-config --libs libdpdk)
