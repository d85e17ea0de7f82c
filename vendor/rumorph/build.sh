#!/bin/sh
# Builds rumorph.wasm and dictionary.bin.zst from the crates that src/Cargo.toml pins.
#
#   ./build.sh [OUTPUT_DIRECTORY]
#
# Without an argument the files go next to this script. Needs Debian 12 with its security updates,
# a network for cargo, and about 700 MB in the temporary directory (TMPDIR). Missing Debian packages
# are installed if the script runs as root. Takes about two minutes.
set -eu

packages='cargo-web rustc-web rust-web-src lld zstd'
toolchain='1.96.0'
target='wasm32-unknown-unknown'
here=$(cd "$(dirname "$0")" && pwd)
output=${1:-$here}
mkdir -p "$output"
output=$(cd "$output" && pwd)

fail() {
  printf 'build.sh: %s\n' "$1" >&2
  exit 1
}

# The tools, from Debian and from nowhere else: another rustc or cargo would build other bytes.
missing=''
for package in $packages; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
if [ -n "$missing" ]; then
  [ "$(id -u)" -eq 0 ] || fail "please install the Debian packages$missing"
  apt-get update
  # shellcheck disable=SC2086 # a list of words
  DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $missing
fi
PATH=/usr/bin:/bin
export PATH
found=$(rustc --version | cut -d ' ' -f 2)
[ "$found" = "$toolchain" ] ||
  printf 'build.sh: warning: rustc %s instead of %s, the checksum of the module will differ\n' "$found" "$toolchain" >&2

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM

# A copy of the sources, so that neither a lock file nor build products appear beside them.
cp -R "$here/src" "$scratch/crate"
cd "$scratch/crate"
unset CARGO_BUILD_TARGET CARGO_TARGET_DIR RUSTC_WRAPPER RUSTFLAGS
export CARGO_HOME="$scratch/cargo"
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld
export RUSTC=/usr/bin/rustc
# Debian has the source of the standard library, but has not compiled it for this target: cargo does,
# with a feature that is not stable yet.
export RUSTC_BOOTSTRAP=1

# What cargo resolved has to be what crates.sha256 lists: name, version, checksum of the package.
cargo generate-lockfile
awk -F '"' '
  /^\[\[package\]\]/ { name = version = "" }
  /^name = /         { name = $2 }
  /^version = "/     { version = $2 }
  /^checksum = /     { print name, version, $2 }
' Cargo.lock | LC_ALL=C sort >resolved.sha256
cmp -s resolved.sha256 crates.sha256 || {
  diff crates.sha256 resolved.sha256 >&2 || true
  fail 'the crates differ from src/crates.sha256'
}
cargo fetch --locked
crate() {
  set -- "$CARGO_HOME"/registry/src/*/"$1"-[0-9]*
  [ -d "$1" ] || fail "no such crate: $1"
  printf '%s\n' "$1"
}
sources=$(dirname "$(crate rumorph)")

# simd128 makes the context model 2.7 times as fast; the remapping keeps paths out of the module.
separator=$(printf '\037')
flags="-Ctarget-feature=+simd128"
flags="$flags$separator--remap-path-prefix=$scratch/crate=crate"
flags="$flags$separator--remap-path-prefix=$sources=crates"
flags="$flags$separator--remap-path-prefix=$(rustc --print sysroot)/lib/rustlib/src/rust=rust"
CARGO_ENCODED_RUSTFLAGS="$flags" \
  cargo build --locked --release --target "$target" -Z build-std=std,panic_abort
install -m 644 "target/$target/release/rumorph_wasm.wasm" "$output/rumorph.wasm"
for path in "$scratch" "${HOME:-/root}" "$here" /usr/ /registry/; do
  if grep -aqF "$path" "$output/rumorph.wasm"; then
    fail "the module contains the path $path"
  fi
done

dictionary=$(crate rumorph-dict-ru)
zstd -q -c -T1 -19 --check "$dictionary/ru.dict" >"$output/dictionary.bin.zst"

# The licences.
install -m 644 "$(crate rumorph)/LICENSE.txt" "$output/LICENSE-rumorph"
{
  printf 'SPDX-License-Identifier: CC-BY-SA-4.0\n'
  printf 'Creative Commons Attribution-ShareAlike 4.0 International\n\n'
  printf 'dictionary.bin.zst is the file ru.dict of the crate %s,\n' "$(basename "$dictionary" | sed 's/-\([0-9]\)/ \1/')"
  printf 'compressed with zstd and otherwise unchanged. The notice of the crate follows.\n\n'
  cat "$dictionary/LICENSE-DICTIONARY.txt"
} >"$output/LICENSE-rumorph-dict-ru"
{
  printf 'rumorph.wasm contains compiled code of the Rust standard library, Copyright (c) The Rust Project\n'
  printf 'Contributors (MIT OR Apache-2.0), and of the crates below, each with its licence. The terms of\n'
  printf 'the MIT licence are the same for the standard library.\n'
  for name in bytemuck cfg-if crc32fast dlmalloc fst hashbrown memmap2; do
    directory=$(crate "$name")
    printf '\n---- %s\n\n' "$(basename "$directory" | sed 's/-\([0-9]\)/ \1/')"
    cat "$directory/LICENSE-MIT"
  done
} >"$output/LICENSE-linked-crates"

cd "$output"
sha256sum rumorph.wasm dictionary.bin.zst >SHA256SUMS
cat SHA256SUMS
