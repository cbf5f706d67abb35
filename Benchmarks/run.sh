#!/usr/bin/env bash
# Tidemark against the usual tools, on one core: see README.md beside this file.
# Called by `make bench`, or by hand after `swift build -c release`.
#
#   SIZE=256M RUNS=5 BENCH_DIR=../bench TIDEMARK=path/to/tidemark Benchmarks/run.sh
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
tidemark=${TIDEMARK:-$here/../.build/release/tidemark}
size=${SIZE:-256M}
check_size=${CHECK_SIZE:-8M}
runs=${RUNS:-5}

say() { printf '%s\n' "$*" >&2; }

if [ ! -x "$tidemark" ]; then
  say "bench: no program at $tidemark; build it first (swift build -c release), or set TIDEMARK"
  exit 2
fi

if [ -n "${BENCH_DIR:-}" ]; then
  mkdir -p "$BENCH_DIR"
  work=$(cd "$BENCH_DIR" && pwd)
else
  work=$(mktemp -d "${TMPDIR:-/tmp}/tidemark-bench.XXXXXX")
  trap 'rm -rf "$work"' EXIT
fi

# A corpus that is there is taken as it is: the same arguments give the same bytes. It gets its name
# last, so that a generator that was stopped leaves nothing half done.
corpus() { # SIZE -> the path
  local path=$work/corpus-$1.log
  if [ ! -s "$path" ] || [ ! -s "$path.gz" ] || [ ! -s "$path.truth.json" ]; then
    say "bench: generating a corpus of $1 in $work"
    python3 "$here/gen_corpus.py" --out "$work/new.log" --size "$1" --gz 6 >&2
    mv "$work/new.log.truth.json" "$path.truth.json"
    mv "$work/new.log.gz" "$path.gz"
    mv "$work/new.log" "$path"
  fi
  printf '%s\n' "$path"
}

# The corpus as 24 rotated and packed files, in a folder.
pieces() { # CORPUS -> the folder
  if [ ! -d "$1.pieces" ]; then
    mkdir "$1.new"
    split -n l/24 "$1" "$1.new/app.log-"
    gzip "$1.new"/*
    mv "$1.new" "$1.pieces"
  fi
  printf '%s\n' "$1.pieces"
}

# Builds a C yardstick and prints its path; prints nothing when its library is not here.
yardstick() { # NAME LIBRARY PACKAGE
  if ${CC:-cc} -O2 -w -o "$work/$1" "$here/$1.c" "-l$2" 2>"$work/$1.log"; then
    printf '%s\n' "$work/$1"
  else
    say "bench: $1 skipped: it does not build without $3 ($(head -n 1 "$work/$1.log"))"
  fi
}

# The same rules as an mtail program. mtail is slow: it gets a small corpus and one round.
mtail_program() {
  command -v mtail >/dev/null || { say "bench: mtail is not installed; skipped"; return 0; }
  local path=$work/rules.mtail
  awk 'NF {
    n++
    gsub("/", "\\\\/")
    printf "counter rule%02d\n/%s/ {\n  rule%02d++\n}\n", n, $0, n
  }' "$here/rules50.txt" >"$path"
  printf '%s\n' "$path"
}

small=$(corpus "$check_size")
large=$(corpus "$size")
python3 "$here/rules_from_pcre.py" "$here/rules50.txt" >"$work/rules50.yaml"
python3 "$here/rules_nowhere.py" 400 >"$work/nowhere.txt"
python3 "$here/rules_from_pcre.py" --pack nowhere --prefix nowhere "$work/nowhere.txt" >"$work/nowhere.yaml"
pcre_bench=$(yardstick pcre_bench pcre2-8 libpcre2-dev)
hs_bench=$(yardstick hs_bench hs "libhyperscan-dev or Vectorscan, x86 only")
mtail=$(mtail_program)

status=0
echo "# Benchmarks"
echo
python3 "$here/check_counts.py" --tidemark "$tidemark" --corpus "$small" \
  "$here/rules50.txt" "$here/rules_pcre_only.txt" || status=1
echo
python3 "$here/measure.py" --tidemark "$tidemark" --rounds "$runs" \
  --corpus "$large" --corpus-gz "$large.gz" --truth "$large.truth.json" \
  --rules-text "$here/rules50.txt" --rules-yaml "$work/rules50.yaml" \
  --rules-nowhere "$work/nowhere.yaml" --pieces "$(pieces "$large")" \
  --pcre-bench "$pcre_bench" --hs-bench "$hs_bench" \
  --mtail-program "$mtail" --mtail-corpus "$small" || status=1
exit "$status"
