#!/usr/bin/env python3
"""Whether the lines that `tidemark doctor` prints do what they promise, with the real programs.

Each program is started with the logging it has by default, is sent a few hundred requests or queries
from this machine alone, and doctor must say what is missing. Then exactly the lines that doctor prints
go into the program's configuration, the same is sent again, and doctor must find what was missing.

    apt-get install nginx gunicorn postgresql uvicorn python3-starlette
    TIDEMARK=.build/release/tidemark Benchmarks/doctor_live.py [nginx gunicorn postgres uvicorn]

Takes about half a minute; everything lies in a temporary folder and only 127.0.0.1 is listened on.
"""
import glob
import json
import os
import pwd
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
TIDEMARK = os.path.abspath(os.environ.get("TIDEMARK", HERE + "/../.build/release/tidemark"))
REQUESTS = 200


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def doctor(log):
    run = subprocess.run([TIDEMARK, "doctor", "--format", "json", "--timezone", "UTC", log],
                         capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60)
    answer = json.loads(run.stdout)
    return answer["inputs"][0]


def remedy(answer, program):
    for candidate in answer["remedies"]:
        if candidate["program"].startswith(program):
            return candidate["lines"]
    sys.exit(f"doctor printed nothing for {program}: {answer['missing']}")


def expect(what, isTrue, answer):
    if not isTrue:
        sys.exit(f"FAILED: {what}\n{json.dumps(answer, indent=1)}")
    print(f"  {what}")


def ask(port, paths):
    for number in range(REQUESTS):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}{paths[number % len(paths)]}", timeout=5).read()
        except urllib.error.HTTPError:
            pass


def wait(port):
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit(f"nothing listens on port {port}")


class Server:
    """A program that is stopped at the end, whatever happens."""

    def __init__(self, command, folder, port, **options):
        self.process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, **options)
        wait(port)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=20)


def nginx(folder):
    port, upstream = free_port(), free_port()
    log = folder + "/access.log"
    before = f"access_log {log};"

    def configuration(lines):
        return f"""
        daemon off; error_log {folder}/error.log; pid {folder}/nginx.pid; worker_processes 1;
        events {{ }}
        http {{
          {lines}
          client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
          fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
          proxy_cache_path {folder}/cache keys_zone=app:1m;
          server {{ listen 127.0.0.1:{upstream}; access_log off; location / {{ return 200 "fine"; }} }}
          server {{ listen 127.0.0.1:{port};
            location /app {{ proxy_pass http://127.0.0.1:{upstream}; proxy_cache app; proxy_cache_valid 1m; }}
            location / {{ return 404; }} }}
        }}"""

    def run(lines):
        path = folder + "/nginx.conf"
        with open(path, "w") as file:
            file.write(configuration(lines))
        if os.path.exists(log):
            os.remove(log)
        with Server(["nginx", "-p", folder, "-c", path], folder, port, stderr=subprocess.DEVNULL):
            ask(port, ["/app/orders", "/app/cart", "/nowhere"])
        return doctor(log)

    was = run(before)
    expect(f"default: {was['requests']['count']} requests, missing {', '.join(was['missing'])}",
           {"latency", "cache status"} <= set(was["missing"]), was)
    lines = remedy(was, "nginx")
    now = run("\n".join(lines))
    expect(f"with the line: latency of {now['requests']['latency']}, cache status of {now['requests']['cache']}"
           f" of {now['requests']['count']} requests",
           now["requests"]["latency"] == now["requests"]["count"] > 0 and now["requests"]["cache"] > 0, now)


APPLICATION = """
def app(environ, start):
    start("404 Not Found" if environ["PATH_INFO"] == "/nowhere" else "200 OK", [("Content-Length", "4")])
    return [b"fine"]
"""


def gunicorn(folder):
    port = free_port()
    log = folder + "/access.log"
    with open(folder + "/shop.py", "w") as file:
        file.write(APPLICATION)
    command = ["gunicorn", "--bind", f"127.0.0.1:{port}", "shop:app"]

    def run(options):
        if os.path.exists(log):
            os.remove(log)
        with Server(command + options, folder, port, stderr=subprocess.DEVNULL):
            ask(port, ["/orders/7", "/nowhere"])
        return doctor(log)

    was = run(["--access-logfile", log])
    expect(f"default: {was['requests']['count']} requests, missing {', '.join(was['missing'])}",
           "latency" in was["missing"], was)
    now = run(shlex.split(" ".join(remedy(was, "gunicorn"))))
    expect(f"with the line: latency of {now['requests']['latency']} of {now['requests']['count']} requests",
           now["requests"]["latency"] == now["requests"]["count"] > 0, now)


def postgres(folder):
    port = free_port()
    tools = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
    data, log = folder + "/data", folder + "/postgresql.log"
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)

    def tool(name, *arguments, **options):
        def become():
            if os.getuid() == 0:
                os.setgid(user.pw_gid)
                os.setuid(user.pw_uid)
        return subprocess.run([f"{tools}/{name}", *arguments], cwd=folder, preexec_fn=become, check=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, timeout=60, **options)

    def query():
        for _ in range(20):
            tool("psql", "-h", folder, "-p", str(port), "-d", "postgres", "-c",
                 "select count(*) from generate_series(1, 1000)")
        return doctor(log)

    tool("initdb", "-D", data, "-A", "trust")
    with open(data + "/postgresql.conf", "a") as file:
        file.write(f"port = {port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = '{folder}'\n")
    tool("pg_ctl", "-D", data, "-l", log, "-w", "start")
    try:
        was = query()
        expect(f"default: {was['lines']} lines, missing {', '.join(was['missing'])}",
               "database time" in was["missing"], was)
        with open(data + "/postgresql.conf", "a") as file:
            file.write("\n".join(remedy(was, "PostgreSQL")) + "\n")
        tool("pg_ctl", "-D", data, "reload")
        time.sleep(1)
        now = query()
        expect(f"with the lines: {now['database_statements']} statements with their duration",
               now["database_statements"] >= 20 and "database time" not in now["missing"], now)
    finally:
        tool("pg_ctl", "-D", data, "-m", "fast", "-w", "stop")


STARLETTE = """
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

async def orders(request):
    request.state.cache, request.state.db_calls, request.state.db_ms = "HIT", 3, 4.5
    return PlainTextResponse("fine")

app = Starlette(routes=[Route("/orders/{number}", orders)])
"""


def uvicorn(folder):
    port = free_port()
    log = folder + "/service.log"
    command = ["uvicorn", "--host", "127.0.0.1", "--port", str(port), "shop:app"]

    def run(text, options):
        with open(folder + "/shop.py", "w") as file:
            file.write(text)
        with open(log, "w") as output, Server(command + options, folder, port, stdout=output, stderr=output):
            ask(port, ["/orders/7", "/orders/8", "/nowhere"])
        return doctor(log)

    was = run(STARLETTE, [])
    expect(f"default: missing {', '.join(was['missing'])}", {"time", "latency"} <= set(was["missing"]), was)
    lines = remedy(was, "uvicorn, hypercorn")
    now = run("\n".join(lines) + STARLETTE + "\napp.add_middleware(TidemarkLog)\n", ["--no-access-log"])
    facts = now["requests"]
    expect(f"with the lines: of {facts['count']} requests {facts['latency']} state latency, {facts['cache']} cache"
           f" status, {facts['database_calls']} database calls", facts["latency"] == facts["count"] == REQUESTS
           and facts["cache"] > 0 and facts["database_calls"] > 0 and now["usable"], now)


PROGRAMS = {"nginx": nginx, "gunicorn": gunicorn, "postgres": postgres, "uvicorn": uvicorn}


def main():
    if not os.access(TIDEMARK, os.X_OK):
        sys.exit(f"no program at {TIDEMARK}; build it first (make release), or set TIDEMARK")
    for name in sys.argv[1:] or PROGRAMS:
        if name not in PROGRAMS:
            sys.exit(f"{name}: expected {', '.join(PROGRAMS)}")
        if name != "postgres" and not shutil.which(name):
            sys.exit(f"{name} is not installed; apt-get install nginx gunicorn postgresql uvicorn python3-starlette")
        print(name)
        folder = tempfile.mkdtemp(prefix=f"tidemark-doctor-{name}-")
        os.chmod(folder, 0o755)
        try:
            PROGRAMS[name](folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
