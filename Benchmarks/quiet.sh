#!/usr/bin/env bash
# Ten quiet logs and ten bad ones: how does `tidemark watch` end? Statuses: 0 healthy, 1 regressed,
# 3 undecided, 4 blind. A quiet log must never end with 1; a log with four times the errors should.
#
#   SEEDS="1 2 3" SIZE=40M BENCH_DIR=../bench TIDEMARK=path/to/tidemark Benchmarks/quiet.sh
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
tidemark=${TIDEMARK:-$here/../.build/release/tidemark}
size=${SIZE:-40M}
seeds=${SEEDS:-1 2 3 4 5 6 7 8 9 10}

if [ ! -x "$tidemark" ]; then
  echo "quiet: no program at $tidemark; build it first (swift build -c release), or set TIDEMARK" >&2
  exit 2
fi
if [ -n "${BENCH_DIR:-}" ]; then
  mkdir -p "$BENCH_DIR"
  work=$(cd "$BENCH_DIR" && pwd)
else
  work=$(mktemp -d "${TMPDIR:-/tmp}/tidemark-quiet.XXXXXX")
  trap 'rm -rf "$work"' EXIT
fi

# Sets `status` to how the watch of one generated log ended.
watch_log() { # SEED FACTOR
  local path=$work/quiet-$size-$1-$2.log release
  if [ ! -s "$path.truth.json" ]; then
    python3 "$here/gen_corpus.py" --out "$path" --size "$size" --seed "$1" --factor "$2" \
      --no-new-error --eps 12 --release 0.85 2>/dev/null
  fi
  release=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["release"])' \
    "$path.truth.json")
  status=0
  "$tidemark" watch --no-follow --timezone UTC --at "$release" "$path" \
    >"$path.verdict" 2>"$path.diagnostics" </dev/null || status=$?
  if [ -z "${BENCH_DIR:-}" ]; then rm -f "$path"; fi
}

echo "| seed | quiet | four times the errors |"
echo "| ---: | ---: | ---: |"
false_alarms=0 missed=0 broken=0 count=0
for seed in $seeds; do
  watch_log "$seed" 1
  quiet=$status
  watch_log "$seed" 4
  bad=$status
  echo "| $seed | $quiet | $bad |"
  count=$((count + 1))
  [ "$quiet" -ne 1 ] || false_alarms=$((false_alarms + 1))
  [ "$bad" -eq 1 ] || missed=$((missed + 1))
  for status in "$quiet" "$bad"; do
    case $status in 0 | 1 | 3 | 4) ;; *) broken=$((broken + 1)) ;; esac
  done
done
echo
echo "$count pairs: $false_alarms false alarms, $missed regressions missed, $broken runs broken."
[ "$false_alarms" -eq 0 ] && [ "$missed" -eq 0 ] && [ "$broken" -eq 0 ]
