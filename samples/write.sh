#!/bin/sh
# Writes the sample logs anew. Usage: samples/write.sh PATH-TO-TIDEMARK
# The logs are the generator's, byte for byte; only gzip's output depends on its version.
set -eu
tidemark=$1
cd "$(dirname "$0")"

write() {
  name=$1
  shift
  rm -rf "./$name"
  "$tidemark" demo --write "$name" --seed 42 --rate 6 --error-share 0.01 --before 1h --after 20m \
    --rotate 1 "$@" >/dev/null
  gzip -9 --no-name "$name"/*.log.1
}

write bad
write good --good
