#!/bin/sh
# Compile the pinned requirements: dev first, runtime held to the same versions, so that what is
# tested is what ships. No index address is written into the files.
set -eu
python=$1
compile() {
  "$python" -m uv pip compile --universal --generate-hashes --no-emit-index-url --no-header \
    --python-version 3.11 --all-extras pyproject.toml "$@"
}
compile --group dev --output-file requirements/dev.txt --upgrade --quiet
compile --constraint requirements/dev.txt --output-file requirements/runtime.txt --quiet
