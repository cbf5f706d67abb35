#!/bin/sh
# Alerts against real receivers: Debian's Alertmanager and Prometheus, a local SMTP server behind a
# sendmail, and PyPI's standardwebhooks. `make integration` installs them and runs this; the argument is
# the program. Everything listens on the loopback, on ports of its own.
set -eu
tidemark=$1
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
pids=''
# Ends only what was started here.
trap 'for pid in $pids; do kill "$pid" 2>/dev/null || true; done; rm -rf "$work"' EXIT INT TERM
cd "$work"
export HOME="$work" TZ=UTC TIDEMARK_STATE="$work/state.db" TIDEMARK_TEST_FOLDER="$work"

python3 -m venv --without-pip venv
python3 -m pip --quiet --disable-pip-version-check --python venv/bin/python install \
  standardwebhooks aiosmtpd
venv/bin/python "$here/integration.py" receivers &
pids="$pids $!"
cat > alertmanager.yml <<'EOF'
route: {receiver: hook, group_by: [service, release], group_wait: 1s, group_interval: 1s, repeat_interval: 1h}
receivers: [{name: hook, webhook_configs: [{url: "http://127.0.0.1:19801/", send_resolved: true}]}]
EOF
prometheus-alertmanager --config.file=alertmanager.yml --storage.path="$work/am" \
  --web.listen-address=127.0.0.1:19893 --cluster.listen-address= > am.log 2>&1 &
pids="$pids $!"
cat > prometheus.yml <<'EOF'
global: {scrape_interval: 1s}
scrape_configs: [{job_name: tidemark, static_configs: [{targets: ["127.0.0.1:19900"]}]}]
EOF
prometheus --config.file=prometheus.yml --storage.tsdb.path="$work/prom" \
  --web.listen-address=127.0.0.1:19890 > prom.log 2>&1 &
pids="$pids $!"
cat > sendmail <<EOF
#!/bin/sh
export TIDEMARK_TEST_FOLDER="$work"
exec "$work/venv/bin/python" "$here/integration.py" sendmail "\$@"
EOF
chmod +x sendmail
export HOOK_SECRET=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
venv/bin/python "$here/integration.py" wait

echo '== a log that gets worse and recovers, followed live'
venv/bin/python "$here/integration.py" write app.log &
pids="$pids $!"
while [ ! -e app.log ]; do sleep 0.2; done
status=0
"$tidemark" watch --at "$(cat at)" --for "$(cat length)s" --window 1s --settle 0s --lateness 1s \
  --release v1.4.2 --service shop --owner Ann --serve 127.0.0.1:19900 --metrics metrics.prom \
  --alert 'alertmanager:http://127.0.0.1:19893' \
  --alert 'webhook:http://127.0.0.1:19802/hook,secret=env:HOOK_SECRET' \
  --alert "mail:oncall@example.org,from=tidemark@example.org,sendmail=$work/sendmail" \
  app.log > watch.txt 2> watch.err || status=$?
echo "watch ended with $status"
cat watch.err
head -3 watch.txt
echo '== the outbox'
"$tidemark" alert list
echo '== metrics'
promtool check metrics < metrics.prom && echo 'promtool: ok'
venv/bin/python "$here/integration.py" check
