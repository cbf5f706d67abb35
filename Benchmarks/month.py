#!/usr/bin/env python3
"""Replays a month of history through a pipe and reports the program's memory on the way."""
import subprocess, sys, time, datetime, random, re
tool=sys.argv[1]; gigabytes=float(sys.argv[2]); extra=sys.argv[3:]
source=random.Random(1)
start=datetime.datetime(2026,10,22,tzinfo=datetime.timezone.utc); hours=31*24
per_hour=int(gigabytes*1e9/hours)
lines=[];size=0;second=0.0
count=per_hour//170
for i in range(count):
    s=3600*i/count
    t="@@@@:%02d:%06.3fZ"%(int(s//60)%60, s%60)
    st=source.choices([200,404,500],[97,2,1])[0]
    l='{"time":"%s","level":"%s","msg":"request","method":"GET","path":"/orders/%d","status":%d,"duration_ms":%.1f,"cache":"%s","db_calls":%d}\n'%(t,"error" if st==500 else "info",source.randrange(10000),st,source.lognormvariate(3,0.7),source.choice(["HIT","MISS"]),source.randrange(4))
    lines.append(l)
block="".join(lines).encode()
at=(start+datetime.timedelta(hours=hours-2)).strftime("%Y-%m-%dT%H:%M:%SZ")
p=subprocess.Popen([tool,"watch","--no-follow","--at",at,"--format","json",*extra,"-"],stdin=subprocess.PIPE,stdout=subprocess.PIPE)
def rss():
    for l in open(f"/proc/{p.pid}/status"):
        if l.startswith("VmRSS"): return int(l.split()[1])/1024
t0=time.time(); total=0
for h in range(hours):
    stamp=(start+datetime.timedelta(hours=h)).strftime("%Y-%m-%dT%H").encode()
    b=block.replace(b"@@@@",stamp); p.stdin.write(b); total+=len(b)
    if h%62==61: print(f"{total/1e9:.1f} GB  {rss():.1f} MiB  {time.time()-t0:.0f} s",flush=True)
p.stdin.close(); out=p.stdout.read().decode().splitlines(); p.wait()
import json
v=json.loads(out[-1]); print(v["verdict"],v["lines"], "seconds", round(time.time()-t0,1), "GB", total/1e9)
