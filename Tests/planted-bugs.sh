#!/bin/sh
# Plants one bug after another in a clone of the last commit and expects the test of following
# through random histories to find it. A bug that is not found, or a patch that no longer applies,
# fails. Run it as: sh Tests/planted-bugs.sh [PATCH...]
set -eu

root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
swift=${SWIFT:-swift}
jobs=${JOBS:-2}
export SWIFT_BACKTRACE=enable=no
export TIDEMARK_MODEL_STEPS="${TIDEMARK_MODEL_STEPS:-100000}"

[ $# -gt 0 ] || set -- "$root"/Tests/FollowingTests/PlantedBugs/*.patch
[ -e "$1" ] || { echo "no patches in Tests/FollowingTests/PlantedBugs" >&2; exit 2; }

clone=$(mktemp -d "${TMPDIR:-/tmp}/planted-bugs.XXXXXX")
trap 'rm -rf "$clone"' EXIT INT TERM
git clone --quiet --shared "$root" "$clone"
cd "$clone"

# The test that has to fail; without a bug it has to pass, else its failing says nothing.
run() {
  "$swift" test -j "$jobs" --filter 'FollowHistoryTests' >"$clone/output" 2>&1
}

build() {
  if ! "$swift" build --build-tests -j "$jobs" >"$clone/output" 2>&1; then
    echo "$1: does not build" >&2
    tail -n 20 "$clone/output" >&2
    exit 1
  fi
}

build 'without a bug'
run || { echo 'without a bug: fails' >&2; tail -n 40 "$clone/output" >&2; exit 1; }
echo 'without a bug: passes'

missed=0
for patch; do
  name=$(basename "$patch" .patch)
  git checkout --quiet -- .
  git apply "$patch" || { echo "$name: does not apply" >&2; exit 1; }
  build "$name"
  if run; then
    echo "$name: NOT FOUND"
    missed=1
  else
    echo "$name: found; $(grep -m 1 -E '^↳ seed|recorded an issue' "$clone/output" || true)"
  fi
done
exit "$missed"
