#!/usr/bin/env bash
# For maintainers: does a fresh clone work for somebody who has just arrived? Clones the committed
# state into a new directory (as root: in a home of mode 0700, and once more as an ordinary user)
# and runs `make demo` and `make test` there. GATEWAY_OFFICIAL is passed on when set.
set -euo pipefail

repository=$(git rev-parse --show-toplevel)
python=${PYTHON:-python3}
targets=${TARGETS:-demo test}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
chmod 0755 "$scratch"

try() {  # try NAME [COMMAND PREFIX ...]
  local name=$1
  shift
  local home="$scratch/$name home"   # a space, on purpose
  mkdir -p "$home"
  git clone --quiet --no-hardlinks "$repository" "$home/gateway"
  if [ $# -gt 0 ]; then chown -R "$ordinary" "$home"; fi
  chmod 0700 "$home"
  for target in $targets; do
    local began=$SECONDS
    echo "=== $name: make $target"
    (cd "$home/gateway" 2>/dev/null || true
     "$@" env HOME="$home" make -C "$home/gateway" "$target" PYTHON="$python")
    echo "=== $name: make $target took $((SECONDS - began)) s"
  done
}

try "$(id -un)"
if [ "$(id -u)" -eq 0 ]; then
  ordinary=${ORDINARY_USER:-nobody}
  try ordinary setpriv --reuid "$ordinary" --regid "$(id -g "$ordinary")" --clear-groups
fi
