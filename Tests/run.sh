#!/bin/sh
# Runs `swift test` with the arguments and says once more at the end what failed: the tests print
# thousands of lines, and run side by side.
set -u
log=$(mktemp)
trap 'rm -f "$log" "$log.status"' EXIT INT TERM
{ "$@" 2>&1; echo $? > "$log.status"; } | tee "$log"
status=$(cat "$log.status")
if [ "$status" -ne 0 ]; then
  echo 'failed:'
  # A test's failure says where and why on the lines behind it.
  grep -a -A 3 'recorded an issue\|error: ' "$log" | grep -av 'started\.$\|passed after' | head -n 100
fi
exit "$status"
