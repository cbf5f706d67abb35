#!/bin/sh
# Watches the two sample releases. Usage: samples/demo.sh PATH-TO-TIDEMARK
set -eu
tidemark=$1
cd "$(dirname "$0")/.."
release=2026-11-22T14:00:00Z

watch() {
  expected=$1
  folder=$2
  shift 2
  printf '\n$ tidemark watch --no-follow --timezone UTC --at %s %s/*.log\n\n' "$release" "$folder"
  status=0
  "$tidemark" watch --no-follow --timezone UTC --at "$release" "$@" "$folder"/*.log || status=$?
  printf '\n(status %s)\n' "$status"
  [ "$status" = "$expected" ] || {
    echo "demo: expected status $expected" >&2
    exit 1
  }
}

watch 0 samples/good
watch 1 samples/bad --release v1.4.2 --rollback 'deploy v1.4.1; the migration has not run'
printf '\nThe good release was left alone and the bad one was caught.\n'
printf 'See it live, in accelerated time: %s demo\n' "$tidemark"
