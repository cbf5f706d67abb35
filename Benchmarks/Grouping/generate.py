#!/usr/bin/env python3
"""Writes labelled logs in the manner of many systems: NAME.tsv holds `label<TAB>message`,
NAME.whole.tsv the same lines with their headers.

The templates are written for this purpose, after how such systems log: lists of any length, optional
fields, states and names that are words. `[a|b]` in a template is a part of the label (each of them a
kind of its own), `{...}` is a variable. Seeded; usage: generate.py FOLDER [LINES [--scarce]]. With `--scarce`
a variable has few values, some only one or two, as in a short excerpt of a real log.
"""
import random
import re
import sys

R = random.Random(20261)
USERS = ("root admin guest test oracle postgres git ftp www-data nobody mysql support operator alice "
         "bob carol dave erin frank mallory jenkins deploy backup ubuntu pi tomcat nagios").split()
HOSTS = ("atlas borealis cronus delta echo falcon gemini helios icarus juno krypton lyra mercury "
         "nova orion pegasus").split()
DOMAINS = ("mail.example.com cdn.shop-west.net ns1.badhost.ru static.corp.example.org api.partner.io "
           "node7.isp.de update.vendor.com pool.ntp.org dsl-12-4.provider.fr files.campus.edu.hk").split()
CLASSES = ("OrderService CartRepository PaymentGateway UserController StockCache MailSender "
           "SessionFilter PriceEngine TaxTable CouponRules ReportJob SearchIndex").split()
PACKAGES = ("com.example.shop com.example.billing org.acme.web net.sample.core").split()
APPS = ("com.android.systemui com.tencent.chat org.mozilla.browser com.spotify.player "
        "com.example.bank android com.google.maps com.whatsapp").split()
WORDS = ("apple river stone cloud forest copper window garden silver morning paper bridge candle "
         "winter marble engine pocket").split()
SERVICES = ("checkout inventory ledger mailer search gateway profile catalog pricing shipping "
            "recommend invoice").split()
DAEMONS = ("crond sshd ntpd cupsd syslogd klogd named httpd smbd nfsd portmap xinetd gpm "
           "sendmail anacron bluetoothd").split()


def hexa(n):
    return "".join(R.choice("0123456789abcdef") for _ in range(n))


def ip():
    return f"{R.randint(1, 223)}.{R.randint(0, 255)}.{R.randint(0, 255)}.{R.randint(1, 254)}"


def uuid():
    return "-".join(hexa(n) for n in (8, 4, 4, 4, 12))


def zipf(values):
    return values[min(int(R.paretovariate(0.8)) - 1, len(values) - 1)]


def path():
    parts = R.choice((("var", "lib"), ("usr", "local", "share"), ("home", "alice"), ("srv",), ("opt", "app")))
    return "/" + "/".join(parts) + "/" + R.choice(WORDS) + R.choice(("", ".log", ".conf", ".dat", str(R.randint(1, 99))))


def size():
    return R.choice((f"{R.randint(1, 999)}.{R.randint(0, 9)} KB", f"{R.randint(1, 999)}.0 B", f"{R.randint(1, 99)}.{R.randint(0, 9)} MB"))


def many(make, low, high, joint):
    return joint.join(make() for _ in range(R.randint(low, high)))


LAST = {}


def node():
    LAST["node"] = f"{R.choice(('an', 'bn', 'cn', 'dn', 'tbird-admin', 'eadmin'))}{R.randint(1, 999)}"
    return LAST["node"]


V = {
    "n": lambda: str(R.randint(0, 99999)), "d": lambda: str(R.randint(0, 9)), "s": lambda: str(R.randint(-999, 9999)),
    "f": lambda: f"{R.random() * 100:.{R.randint(1, 7)}f}", "x": lambda: "0x" + hexa(8), "X": lambda: "0x" + hexa(R.randint(1, 12)),
    "h8": lambda: hexa(8), "h": lambda: hexa(40), "h6": lambda: hexa(7), "ip": ip, "port": lambda: str(R.randint(1024, 65535)),
    "addr": lambda: f"{ip()}:{R.randint(1024, 65535)}", "uuid": uuid, "blk": lambda: f"blk_{R.choice(('-', ''))}{R.getrandbits(62)}",
    "blks": lambda: many(V["blk"], 1, 20, " "), "nums": lambda: many(V["n"], 1, 12, " "), "cnums": lambda: many(V["n"], 1, 9, ", "),
    "user": lambda: zipf(USERS), "anyuser": lambda: R.choice(USERS), "host": lambda: R.choice(HOSTS),
    "node": node, "same": lambda: LAST["node"], "domain": lambda: R.choice(DOMAINS),
    "class": lambda: R.choice(CLASSES), "fqcn": lambda: R.choice(PACKAGES) + "." + R.choice(CLASSES), "app": lambda: R.choice(APPS),
    "word": lambda: R.choice(WORDS), "svc": lambda: R.choice(SERVICES), "daemon": lambda: R.choice(DAEMONS), "path": path,
    "size": size, "bool": lambda: R.choice(("true", "false")), "ms": lambda: f"{R.randint(1, 9999)}ms",
    "dur": lambda: R.choice((f"{R.randint(1, 900)}ms", f"{R.randint(1, 50)}.{R.randint(0, 9)}s", f"{R.randint(1, 9)}m{R.randint(0, 59)}s")),
    "life": lambda: R.choice(("<1 sec", f"00:{R.randint(0, 59):02d}", f"{R.randint(0, 9):02d}:{R.randint(0, 59):02d}:{R.randint(0, 59):02d}")),
    "attempt": lambda: f"attempt_{R.getrandbits(40)}_{R.randint(1, 99):04d}_{R.choice('mr')}_{R.randint(0, 999):06d}_{R.randint(0, 3)}",
    "cont": lambda: f"container_{R.getrandbits(40)}_{R.randint(1, 99):04d}_01_{R.randint(0, 999):06d}",
    "mac": lambda: ":".join(hexa(2) for _ in range(6)), "sid": lambda: "0x" + hexa(15), "url": lambda: f"http://{R.choice(DOMAINS)}/{R.choice(WORDS)}/{R.randint(1, 999)}?q={hexa(4)}",
    "date": lambda: f"{R.choice('Mon Tue Wed Thu Fri Sat Sun'.split())} {R.choice('Jan Feb Mar Jun Jul Oct'.split())} {R.randint(1, 28):2d} {R.randint(0, 23):02d}:{R.randint(0, 59):02d}:{R.randint(0, 59):02d} 2025",
    "loc": lambda: f"R{R.randint(0, 77):02d}-M{R.randint(0, 1)}-N{R.choice('0123456789ABCDEF')}-C:J{R.randint(10, 17)}-U{R.randint(1, 11):02d}",
    "axis": lambda: R.choice(("x+", "x-", "y+", "y-", "z+", "z-")), "kb": lambda: f"Package_for_KB{R.randint(1000000, 9999999)}~31bf3856ad364e35~amd64~~6.1.1.{R.randint(0, 9)}",
    "winpath": lambda: "C:\\Windows\\" + R.choice(("winsxs", "System32", "servicing")) + "\\" + R.choice(WORDS) + f"_{hexa(6)}\\core.dll",
    "route": lambda: R.choice((f"/orders/{R.randint(1, 9999)}", f"/users/{uuid()}/cart", "/health", f"/v2/{hexa(32)}/servers/detail", "/api/items?page=" + str(R.randint(1, 9)))),
    "table": lambda: R.choice(WORDS) + R.choice(("s", "_items", "_log")), "mail": lambda: f"{R.choice(USERS)}@{R.choice(DOMAINS)}",
    "key": lambda: R.choice(("mapred", "dfs", "io", "net")) + "." + R.choice(WORDS) + "." + R.choice(WORDS),
    "pod": lambda: f"{R.choice(SERVICES)}-{hexa(9)}-{hexa(5)}", "tuple": lambda: f"({R.randint(0, 999)},{R.randint(1, 99)})",
    "exe": lambda: R.choice(("browser.exe", "mailer.exe", "sync.exe", "git.exe", "player.exe")), "rtag": lambda: f"{R.choice(WORDS)}",
}


def expand(template, values):
    return re.sub(r"\{(\w+)\}", lambda m: value(m.group(1), m.start(), template, values), template)


# Of each variable of a kind the values that a scarce sample shows, most of them rarely.
POOLS = None


def value(name, place, template, values):
    if POOLS is None:
        return values[name]()
    pool = POOLS.setdefault((name, place, template), [])
    if not pool:
        pool.extend(values[name]() for _ in range(R.choice((1, 2, 2, 3, 3, 4, 6, 10, 30, 300))))
    return zipf(pool)


def variants(template):
    m = re.search(r"\[\[(.+?)\]\]", template)
    if not m:
        return [template]
    out = []
    for choice in m.group(1).split("|"):
        out += variants(template[:m.start()] + choice + template[m.end():])
    return out


S = {}
S["dfs"] = ("{h6x} {n} INFO dfs.DataNode$[Comp]: ", """
9 Receiving block {blk} src: /{addr} dest: /{addr}
9 BLOCK* NameSystem.addStored: map updated: {addr} is added to {blk} size {n}
8 PacketResponder {d} for block {blk} terminating
8 Received block {blk} of size {n} from /{ip}
6 Deleting block {blk} file {path}
5 BLOCK* NameSystem.allocate: {path}. {blk}
5 BLOCK* NameSystem.delete: {blk} is added to invalidSet of {addr}
4 Verification succeeded for {blk}
3 {addr} Served block {blk} to /{ip}
3 {addr}:Got exception while serving {blk} to /{ip}:
2 BLOCK* ask {addr} to delete {blks}
1 BLOCK* ask {addr} to replicate {blk} to datanode(s) {addr}
1 writeBlock {blk} received exception java.io.IOException: Connection reset by peer
1 {addr} Starting thread to transfer block {blk} to {addr}
""")
S["yarn"] = ("2015-10-18 18:0{d}:4{d},{n} INFO [main] org.acme.yarn.v2.App: ", """
9 Failed to renew lease for [Client_NONMAP_{n}_1] for {n} seconds.  Will retry shortly ...
9 Retrying connect to server: node-sa-{d}:9000. Already tried {d} time(s); retry policy is FixedSleep(maxRetries={n}, sleepTime=1000 MILLIS)
9 Address change detected. Old: node-sa-{d}/{addr} New: node-sa-{d}:9000
7 Progress of attempt {attempt} is : {f}
5 {attempt} Attempt moved from [[NEW to WAITING|WAITING to ASSIGNED|ASSIGNED to RUNNING|RUNNING to CLEANUP|CLEANUP to SUCCEEDED|RUNNING to FAILED]]
4 task_{n}_{d}_m_{n} Task moved from [[NEW to SCHEDULED|SCHEDULED to RUNNING|RUNNING to SUCCEEDED]]
3 Got allocated containers {d}
3 Recalculating schedule, headroom=<memory:{n}, vCores:-{d}>
3 Reduce slow start threshold not met. completedMaps {n}
3 Launching {attempt}
2 Processing the event EventType: [[CONTAINER_REMOTE_LAUNCH|CONTAINER_REMOTE_CLEANUP]] for container {cont} attempt {attempt}
2 Received completed container {cont}
2 Assigned container {cont} to {attempt}
2 JVM with ID : jvm_{n}_{d}_m_{n} asked for a task
2 JVM with ID: jvm_{n}_{d}_m_{n} given task: {attempt}
1 Registering class {fqcn} for class {fqcn}
1 Opening proxy : node-sa-{d}:{port}
1 ERROR IN CONTACTING MANAGER.
1 Auth successful for job_{n}_{d} (auth:SIMPLE)
1 Slow read of fields took {ms} (threshold=30000ms); ack: seqno: -2 status: SUCCESS status: ERROR nanos: 0, targets: [{addr}, {addr}]
1 Diagnostics report from {attempt}: Container killed by the manager.
1 Adding path spec: /{word}/*
1 Jetty bound to port {port}
1 IPC Server listener on {port}: starting
1 DefaultSpeculator.addTask -- adding a task of class {fqcn}
1 Kind: TOKEN, Service: , Ident: (app {{ id: {n} stamp: {n} }} attemptId: {d} keyId: {s})
""")
S["batch"] = ("17/06/09 20:1{d}:4{d} INFO executor.Worker: ", """
9 Found piece rdd_{d}_{n} locally
9 Running task {d}.0 in stage {n}.0 (TID {n})
9 Finished task {d}.0 in stage {n}.0 (TID {n}). {n} bytes result sent to driver
5 Got assigned task {n}
4 Piece broadcast_{n}_piece0 stored as bytes in memory (estimated size {size}, free {size})
4 Piece broadcast_{n} stored as values in memory (estimated size {size}, free {size})
3 Reading broadcast variable {n} took {n} ms
3 Started reading broadcast variable {n}
2 Input split: hdfs://{addr}/logs/{word}.log:{n}+{n}
2 {key} is deprecated. Instead, use {key}
2 Times: total = {n}, boot = -{n}, init = {n}, finish = {d}
1 Changing [[view|modify]] acls to: yarn,{user}
1 Successfully started service '[[executorSystem|workerSystem]]' on port {port}.
1 Server created on {port}
1 Registered signal handlers for [TERM, HUP, INT]
1 Connecting to driver: akka://driver@{addr}/user/Scheduler
1 MemoryStore started with capacity {size}
1 Slf4jLogger started
1 Saved output of task 'attempt_{n}_{d}_m_{n}_{d}' to hdfs://{addr}/out/{word}/part-{n}
""")
S["quorum"] = ("2015-07-29 17:4{d}:4{d},{n} - INFO  [Worker[myid={d}]:Election@{n}] - ", """
9 Received connection request /{addr}
8 Connection broken for id {n}, my id = {d}, error =
8 Interrupting SendWorker
8 Interrupted while waiting for message on queue
7 Send worker leaving thread
6 Notification time out: {n}
5 Cannot open channel to {d} at election address /{addr}
5 Closed socket connection for client /{addr} which had session {sid}
5 Client attempting to establish new session at /{addr}
4 Established session {sid} with negotiated timeout {n} for client /{addr}
4 Expiring session {sid}, timeout of {n}ms exceeded
3 Processed session termination for: {sid}
3 Notification: {d} (n.leader), {X} (n.zxid), {X} (n.round), LOOKING (n.state), {d} (n.sid), {X} (n.epoch), FOLLOWING (my state)
3 caught end of stream exception
2 Exception causing close of session {sid} due to java.io.IOException: Server not running
2 Accepted socket connection from /{addr}
2 Connection request from old client /{addr}; will be dropped if server is in r-o mode
1 [[FOLLOWING|LOOKING|LEADING]]
1 Server environment:[[java.version={f}|host.name={host}|os.name=Linux|user.dir={path}|java.home={path}]]
1 shutdown of request processor complete
1 New election. My id =  {d}, proposed zxid={X}
1 Snapshotting: {X} to {path}
""")
S["bluegene"] = ("- {n} 2005.06.03 {loc} 2005-06-03-15.4{d}.50.{n} {loc} RAS KERNEL INFO ", """
9 generating core.{n}
9 instruction cache parity error corrected
7 CE sym {d}, at {x}, mask 0x0{d}
6 data TLB error interrupt
5 {n} double-hummer alignment exceptions
5 {d} torus receiver {axis} input pipe error(s) (dcr {x}) detected and corrected
4 iar {h8} dear {h8}
4 total of {d} ddr error(s) detected and corrected
4 ciod: failed to read message prefix on control stream (Stream socket to {addr}
3 ciod: Error loading {path}: invalid or missing program image, No such file or directory
3 ciod: LOGIN chdir({path}) failed: No such file or directory
3 rts: kernel terminated for reason {n}
2 {d} ddr errors(s) detected and corrected on rank {d}, symbol {d}, bit {d}
2 critical input interrupt (unit={X} bit={X}): warning for torus {axis} wire, suppressing further interrupts of same type
2 [[data|instruction]] address: {x}
2 machine check: i-fetch...................{d}
2 fpr{d}={x} {h8} {h8} {h8}
2 r{d}={x} r{d}={x} r{d}={x} r{d}={x}
1 core configuration register: {x}
1 [[problem|wait]] state enable (0=sup,1=prob).......{d}
1 MidplaneSwitchController performing bit sparing on R{d}{d}-M1-L{d}-U{d} bit {d}
1 Node card VPD check: missing R{d}{d}-M1-N{d} node, VPD ecid {h}
1 NodeCard is not fully functional
1 idoproxy hit ASSERT condition: ASSERT expression=0 Source file=ido{word}.cpp Source line={n} Function=int Manager::Send(Udp*, Trace*)
1 ciod: Message code {n} is not {n} or {n}
1 Can not get assembly information for node card
1 shutdown complete
1 L3 ecc control register: {h8}
""")
S["supercluster"] = ("{n} node-{n} unix.hw state_change.unavailable {n} {d} ", """
9 Component State Change: Component "SCSI-WWID:{h8}:{h8}" is in the [[unavailable|available]] state (HWID={n})
8 Fan speeds ( {nums} )
7 PSU status ( [[on on|on off|off on]] )
6 ambient={d}{d}
6 Link error on broadcast tree Interconnect-{d}T{d}{d}:{d}{d}:{d}
5 node-{n} has detected an available network connection on network {ip} via interface alt{d}
4 Temperature ({n}C) exceeds warning threshold
4 boot (command {n}) Error: targeting domains:node-D{d} and nodes:node-[{d}-{n}] child of command {n}
3 Volume domain {word}: An area of volume domain is full
3 [[running|configured out|halted]]
2 psu failure ambient={d}{d}
2 inconsistent nodesets node-{n} 0x1fff node-{n} 0xfffe
2 Linkerror event interval expired
2 critical voltage on node-{n}
1 mkfs on {path} failed with status {d}
1 risBoot command {n} Error: node node-{n} not responding
1 There is no server for volume domain {word}{n}
1 clusterAddMember (command {n})
""")
S["syslog-cluster"] = ("- {n} 2005.11.09 {node} Nov 9 12:0{d}:01 {same}/{same} [Comp][{n}]: ", """
9 session opened for user {user} by (uid={d})
9 session closed for user {user}
8 ({user}) CMD (run-parts {path})
7 data_thread() got not answer from any [{word}_A{d}] datasource
5 connect from {ip}
4 check pass; user unknown
4 authentication failure; logname= uid={d} euid={d} tty=NODEVssh ruser= rhost={ip}
3 client does not accept options
3 DHCP[[DISCOVER|REQUEST]] from {mac} via eth{d}
2 DHCPACK on {ip} to {mac} via eth{d}
2 Losing some ticks... checking if CPU frequency changed.
2 synchronized to {ip}, stratum {d}
2 ACPI: PCI Interrupt 0000:0{d}:1d.{d}[A] -> GSI {n} (level, low) -> IRQ {n}
2 EXT3 FS on dm-{d}, internal journal
1 CPU{d}: Machine Check Exception: {h8}{h8}
1 kjournald starting. Commit interval {d} seconds
1 {daemon} startup succeeded
1 {daemon} shutdown succeeded
1 removing device node '{path}'
1 Server listening on {ip} port {port}.
1 Kernel command line: ro root=LABEL=/ console=ttyS{d},{n}
1 time reset {f} s
1 Initializing CPU#{d}
1 Bank {d}: {h8}{h8}
1 usb {d}-{d}: new full speed USB device using uhci_hcd and address {d}
1 imuxsock begins to drop messages from pid {n} due to rate-limiting
""")
S["servicing"] = ("2016-09-28 04:30:3{d}, Info                  CBS    ", """
9 SQM: Initializing online with Windows opt-in: False
9 SQM: Cleaning up report files older than {d} days.
9 SQM: Failed to start upload with file pattern: {winpath}, flags: {X} [HRESULT = {x} - E_FAIL]
6 Session: {n}_{n} initialized by client {rtag}Agent.
6 Read out cached applicability for package: {kb}, State: {n}, Current:{n}
5 Warning: Unrecognized packageExtended attribute.
5 Loaded Servicing Stack v6.1.{n}.{n} with Core: {winpath}
4 0000{d}{d}{d}{d} Creating NT transaction (seq {d}), objectname [{d}]"(null)"
4 Created NT transaction (seq {d}) result {x}, handle @{X}
3 CSI perf trace:
2 Ending TrustedInstaller [[initialization|finalization]].
2 Starting TrustedInstaller [[initialization|finalization]].
2 Reboot mark refs: {d}
2 Expecting attribute name [HRESULT = {x} - CBS_E_MANIFEST]
2 Failed to get next element [HRESULT = {x} - CBS_E_MANIFEST]
1 WcpInitialize (wcp.dll version {d}.{d}.0.6) called (stack @{X} @{X} @{X})
1 No startup processing required, service was not set as autostart, or else a reboot is still pending.
1 Idle processing thread terminated normally
1 Startup processing thread terminated normally
1 NonStart: Checking to ensure startup processing was not required.
""")
S["linux"] = ("Jun 1{d} 15:1{d}:01 combo sshd(pam_unix)[{n}]: ", """
9 authentication failure; logname= uid={d} euid={d} tty=NODEVssh ruser= rhost={ip}
9 connection from {ip} () at {date}
6 connection from {ip} ({domain}) at {date}
6 check pass; user unknown
5 session opened for user {user} by (uid={d})
5 session closed for user {user}
4 ALERT exited abnormally with [{d}]
3 Kerberos authentication failed
2 ANONYMOUS FTP LOGIN FROM {ip},  (anonymous)
2 {daemon} startup succeeded
2 {daemon} shutdown succeeded
2 Out of Memory: Killed process {n} ({daemon}).
1 getpeername ({daemon}): Transport endpoint is not connected
1 Memory: {n}k/{n}k available ({n}k kernel code, {n}k reserved, {n}k data)
1 BIOS-e820: {h8}{h8} - {h8}{h8} ([[usable|reserved]])
1 klogd {d}.{d}.{d}, log source = /proc/kmsg started.
1 removable device [[added|removed]]
1 usbcore: registered new driver {word}
1 Freeing unused kernel memory: {n}k freed
1 restart.
1 hda: ATAPI 52X CD-ROM drive, {n}kB Cache, UDMA({d})
1 PCI: Probing PCI hardware (bus {d}{d})
1 warning: can't get client address: Connection reset by peer
1 Received SNMP packet(s) from {ip}
1 CPU: Intel Pentium III (Coppermine) stepping 0{d}
1 cdrom: open failed.
""")
S["handset"] = ("03-17 16:13:3{d}.811  {n}  {n} D WindowManager: ", """
9 acquire lock={n}, flags={X}, tag="[[View Lock|RILJ|AudioMix]]", name={app}, ws=null, uid={n}, pid={n}
9 release lock={n}, flg={X}, tag="[[View Lock|RILJ|AudioMix]]", name={app}, ws=null, uid={n}, pid={n}
7 getRunningProcesses: caller {n} does not hold REAL_GET; limiting output
6 setVisibility vis={d} mask={d} oldVal={n} newVal={n} diff={d} bounds=Rect(0, 0 - {n}, {n})
5 printFreezing wtoken = Token{{ {h6} ActivityRecord{{ {h6} u0 {app}/.Main t{n} }} }}, allDrawn= {bool}, startingDisplayed =  {bool}, moved =  {bool}
5 Skipping Token{{ {h6} token={h6} }} -- going to hide
4 brightness[[In|Out]] ={n}
4 updateLightsLocked: brightness {n}
3 Destroying surface Surface(name=Popup:{h6}) called by Animator:{n}
3 notifyStateLocked: {n} interactive={bool}
3 ready=true,policy=[[BRIGHT|DIM|OFF]],wakefulness={d},wksummary={X}
2 cancelNotification,index:{d},code:{n}
2 Start proc {n}:{app}/u0a{n} for service
2 Killing {n}:{app}/u0a{n} (adj {n}): empty #{n}
2 interceptKeyTi keyCode={n} down={bool} repeatCount={d}
2 visible is [[system.battery.level|system.call.count|system.time.showampm]]
1 Failed to find provider info for {app}
1 getSharedPref for {app}
1 Requested orientation [[portrait|landscape]]
1 No focused window, dropping event
1 onNotificationPosted user={d} pkg={app}
1 setLightsOn({bool})
""")
S["steps"] = ("20171223-22:15:29:{n}|Step_Main|{n}|", """
9 onStandStepChanged {n}
9 onExtend:{n} {n} {d} {d}
8 flush sensor data
7 getTodaySteps = {n}##{n}##{n}##{n}
7 setTodaySteps={n}##{n}##{n}##{n}##{n}
6 calculateCalories total={n}
6 calculateAltitude total={n}
5 REPORT : {n} {n} {n} {n}
3 processHandleBroadcastAction action:android.intent.action.[[SCREEN_ON|SCREEN_OFF|TIME_TICK]]
3 onReceive action: android.intent.action.[[SCREEN_ON|SCREEN_OFF]]
2 new date ={n}, type={n},{f},old={f}
2 upLoadHealthData [[begin|end|failed]]
2 insertDetail time {n} type {n} value {n}
1 screen status unknown,think screen on
1 getBinder packageName = {app}
1 needAutoSync autoSyncSwitchOpen = {bool},network = {d}
1 bulkSave size {n}
1 checkCurrentDay a new day comes , reset
1 initDataPrivacy the dataPrivacy is {bool}
1 saveHealthDetailData() deleteError
""")
S["webserver"] = ("[{date}] [error] ", """
9 workerEnv.init() ok {path}
9 mod_jk child workerEnv in error state {d}
8 jk2_init() Found child {n} in scoreboard slot {n}
4 [client {ip}] Directory index forbidden by rule: {path}
2 jk2_init() Can't find child {n} in scoreboard
2 [client {ip}] File does not exist: {path}
1 mod_jk child init {d} -{d}
1 [client {ip}] client denied by server configuration: {path}
1 server reached MaxClients setting, consider raising the MaxClients setting
""")
S["tunnel"] = ("[10.30 16:4{d}:06] {exe}{bits} - ", """
9 {domain}:{port} open through proxy {domain}:{port} [[HTTPS|SOCKS5]]
9 {domain}:{port} close, {n} bytes sent, {n} bytes received, lifetime {life}
7 {domain}:{port} close, {n} bytes sent, {n} bytes ({f} KB) received, lifetime {life}
3 {domain}:{port} close, {n} bytes ({f} KB) sent, {n} bytes ({f} MB) received, lifetime {life}
3 {domain}:{port} error : Could not connect through proxy {domain}:{port} - Proxy server cannot establish a connection with the target, status code {n}
1 {domain}:{port} error : A connection request was canceled before the completion.
1 open through proxy {domain}:{port} failed
""")
S["secure-shell"] = ("Dec 10 06:5{d}:46 LabSZ sshd[{n}]: ", """
9 Failed password for {user} from {ip} port {port} ssh2
9 pam_unix(sshd:auth): authentication failure; logname= uid={d} euid={d} tty=ssh ruser= rhost={ip}
9 Received disconnect from {ip}: {d}: Bye Bye [preauth]
7 Failed password for invalid user {anyuser} from {ip} port {port} ssh2
6 Invalid user {anyuser} from {ip}
6 input_userauth_request: invalid user {anyuser} [preauth]
5 pam_unix(sshd:auth): check pass; user unknown
5 reverse mapping checking getaddrinfo for {domain} [{ip}] failed - POSSIBLE BREAK-IN ATTEMPT!
4 Connection closed by {ip} [preauth]
3 PAM {d} more authentication failures; logname= uid={d} euid={d} tty=ssh ruser= rhost={ip}  user={user}
2 error: Received disconnect from {ip}: {d}: com.jcraft.jsch.JSchException: Auth fail [preauth]
2 Disconnecting: Too many authentication failures for {user} [preauth]
1 message repeated {d} times: [ Failed password for {user} from {ip} port {port} ssh2]
1 Did not receive identification string from {ip}
1 Accepted password for {user} from {ip} port {port} ssh2
1 pam_unix(sshd:session): session [[opened|closed]] for user {user}
1 fatal: Write failed: Connection reset by peer [preauth]
""")
S["compute"] = ("nova-api.log.1 2017-05-16 00:00:0{d}.008 {n} INFO nova.server [req-{uuid} {h} {h} - - -] ", """
9 {ip} "[[GET|POST|DELETE]] {route} HTTP/1.1" status: {n} len: {n} time: {f}
7 [instance: {uuid}] VM [[Started|Paused|Resumed|Stopped]] (Lifecycle Event)
4 image {uuid} at ({path}): checking
4 image {uuid} at ({path}): in use: on this node {d} local, {d} on other nodes sharing this storage
4 Active base files: {path}
3 [instance: {uuid}] Took {f} seconds to [[build|destroy|spawn]] the instance.
3 Creating event network-vif-plugged:{uuid} for instance {uuid}
2 [instance: {uuid}] During sync the instance has a pending task ([[spawning|deleting]]). Skip.
2 [instance: {uuid}] Attempting claim: memory {n} MB, disk {n} GB, vcpus {d} CPU
2 [instance: {uuid}] memory limit: {f} MB, free: {f} MB
2 [instance: {uuid}] Total memory: {n} MB, used: {f} MB
1 [instance: {uuid}] vcpu limit not specified, defaulting to unlimited
1 [instance: {uuid}] Deleting instance files {path}
1 Running usage audit for host {host} from 2017-05-16 19:00:00 to 2017-05-16 20:00:00. {d} instances.
1 HTTP exception thrown: No instances found for any event
1 Unknown base file: {path}
1 Final resource view: name={host} phys_ram={n}MB used_ram={n}MB phys_disk={n}GB stats=[]
""")
S["desktop"] = ("Jul  {d} 09:0{d}:55 host-10-105-160-{d} kernel[{d}]: ", """
5 Thunderbolt<{d}>({X})::listener - HPD packet for route = {X} port = {d} unplug = {d}
5 ARPT: {f}: wl{d}: update_seq: Original Seq: {n}, Ack: {n}, Win size: {n}
4 Thermal pressure state: {d} Memory pressure state: {d}
4 en{d}: BSSID changed to {mac}
3 AppleCam::systemWakeCall - messageType = {x}
3 Previous sleep cause: {d}
3 Sandbox: {app}({n}) deny(1) network-outbound {path}
2 [HID] [MT] MultitouchDevice::willTerminate entered
2 Wake reason: [[EC.LidOpen|RTC (Alarm)|XHC1]]
2 Captive: CNPluginHandler en{d}: [[Inactive|Authenticated|Evaluating]]
2 CCFile::captureLog Received Capture notice id: {f}, reason = AuthFail:sts:{d}_rsn:{d}
2 RTC: setting ignored
2 Couldn't write values for keys ("{word}") because setting these preferences is not supported
2 {word}d: Unable to obtain a task name port right for pid {n}: ({n}) failure
1 Bluetooth -- LE is supported - Disable LE meta event
1 AirPort: Link Down on awdl{d}. Reason {d} (Unspecified).
1 Failed to send report for {word}
1 TCP send: connection timed out after {n} seconds
1 USBMSC Identifier (non-unique): {h} {X} {X} {X}, {d}
1 Basic attachment provider started for {app}
1 Hibernate read took {n} ms
1 full wake promotion (reason {d}) {n} ms
1 NetworkAnalyticsEngine: unexpected switch value {d}
1 hfs: mounted {word} on device disk{d}s{d}
1 nw_connection failed with error [[Operation timed out|Network is unreachable|Broken pipe]]
""")
S["postgres"] = ("2026-11-22 16:00:07.377 UTC [{n}] LOG:  ", """
6 connection received: host={ip} port={port}
6 connection authorized: user={user} database={word} application_name={svc}
5 disconnection: session time: 0:00:0{d}.{n} user={user} database={word} host={ip} port={port}
4 duration: {f} ms  statement: SELECT {d}
3 checkpoint starting: [[time|wal|immediate]]
3 checkpoint complete: wrote {n} buffers ({f}%); {d} WAL file(s) added, {d} removed, {d} recycled; write={f} s, sync={f} s, total={f} s
2 process {n} still waiting for ShareLock on transaction {n} after {f} ms
2 process {n} acquired ShareLock on transaction {n} after {f} ms
2 automatic vacuum of table "{word}.public.{table}": index scans: {d}
2 automatic analyze of table "{word}.public.{table}"
2 temporary file: path "{path}", size {n}
1 could not receive data from client: Connection reset by peer
1 unexpected EOF on client connection with an open transaction
1 deadlock detected
1 canceling statement due to [[statement timeout|user request|lock timeout]]
1 sorry, too many clients already
1 database system is ready to accept connections
1 archive command failed with exit code {d}
1 invalid length of startup packet
""")
S["kube"] = ("I1128 10:1{d}:00.123456       1 controller.go:{n}] ", """
6 "SyncLoop UPDATE" source="api" pods=["default/{pod}"]
5 Readiness probe for "{pod}_default({uuid})" failed (failure): Get "http://{addr}/ready": dial tcp {addr}: connect: connection refused
5 Successfully assigned default/{pod} to {host}
4 Created container {svc}
4 Started container {svc}
3 Back-off restarting failed container {svc} in pod {pod}_default({uuid})
3 Pulling image "registry.example.com/{svc}:v{d}.{d}.{d}"
3 Successfully pulled image "registry.example.com/{svc}:v{d}.{d}.{d}" in {dur}
2 Scaled [[up|down]] replica set {svc}-{h8} to {d}
2 Error syncing pod {uuid}, skipping: failed to "StartContainer" for "{svc}" with CrashLoopBackOff
2 Node {host} status is now: [[NodeReady|NodeNotReady|NodeHasDiskPressure]]
1 Failed to list *v1.[[Pod|Service|Node]]: Get "https://{addr}/api": net/http: TLS handshake timeout
1 Killing container with a grace period override containerID="docker://{h}" gracePeriod={n}
1 etcdserver: request timed out
1 Volume "{word}" of pod {pod} is already mounted
1 OOM encountered, victim process: {daemon}, pid: {n}
""")
S["service"] = ("2026-11-28T10:1{d}:00.123Z INFO {svc} ", """
7 handled request method=[[GET|POST]] path={route} status={n} duration={dur} request_id={uuid}
5 order {n} placed by {mail} total={f}
4 cache miss for key '{word}:{n}'
4 user {anyuser} logged [[in|out]] from {ip}
3 upstream {svc} timed out after {dur}
3 retrying call to {svc} (attempt {d} of {d})
2 circuit breaker for {svc} is now [[open|closed|half-open]]
2 could not deserialize message on topic {word}.{word}: unexpected token at offset {n}
2 job {class} finished in {dur} with status [[SUCCEEDED|FAILED|CANCELLED]]
2 KeyError: '{table}_id'
1 payment provider returned code {n} for order {uuid}
1 feature flag {word}-{word} evaluated to {bool} for user {n}
1 connection pool exhausted: active={d} idle={d} waiting={n}
1 slow query on {table}: {dur}
1 starting worker {d} with pid {n}
1 config reloaded from {path}
1 dropping malformed event from {domain}
""")
# Written after the weights of the miner were fixed, and never looked into since.
S["mail"] = ("Nov 28 10:0{d}:11 relay postfix/smtpd[{n}]: ", """
9 connect from {domain}[{ip}]
9 disconnect from {domain}[{ip}] ehlo={d} mail={d} rcpt={d} quit={d} commands={d}
7 {H11}: client={domain}[{ip}]
7 {H11}: message-id=<{h6}.{n}@{domain}>
6 {H11}: from=<{mail}>, size={n}, nrcpt={d} (queue active)
6 {H11}: to=<{mail}>, relay={domain}[{ip}]:25, delay={f}, delays={f}/{f}/{f}/{f}, dsn=2.0.0, status=sent (250 OK id={h6})
5 {H11}: removed
3 {H11}: to=<{mail}>, relay=none, delay={f}, delays={f}/{f}/{f}/{f}, dsn=4.4.1, status=deferred (connect to {domain}[{ip}]:25: Connection timed out)
2 NOQUEUE: reject: RCPT from unknown[{ip}]: 554 5.7.1 <{mail}>: Relay access denied; from=<{mail}> to=<{mail}> proto=ESMTP helo=<{word}>
2 warning: hostname {domain} does not resolve to address {ip}: Name or service not known
2 lost connection after [[AUTH|CONNECT|EHLO]] from unknown[{ip}]
2 warning: unknown[{ip}]: SASL LOGIN authentication failed: authentication failure
1 timeout after [[DATA|RCPT]] from {domain}[{ip}]
1 statistics: max connection rate {d}/60s for (smtp:{ip}) at {date}
1 fatal: no SASL authentication mechanisms
1 warning: dict_nis_init: NIS domain name not set - NIS lookups disabled
""")
S["init"] = ("Nov 28 10:0{d}:11 {host} systemd[1]: ", """
8 Started Session {n} of user {user}.
7 Starting {svc}.service - {class} daemon...
7 Started {svc}.service - {class} daemon.
6 {svc}.service: Deactivated successfully.
5 {svc}.service: Consumed {f}s CPU time.
4 {svc}.service: Main process exited, code=exited, status={d}/FAILURE
4 {svc}.service: Failed with result '[[exit-code|timeout|oom-kill]]'.
3 {svc}.service: Scheduled restart job, restart counter is at {n}.
3 Stopping {svc}.service - {class} daemon...
2 Reached target [[network.target|timers.target|multi-user.target]].
2 {svc}.service: Killing process {n} ({daemon}) with signal SIGKILL.
2 Mounting {path}...
2 Created slice user-{n}.slice - User Slice of UID {n}.
1 Condition check resulted in {class} being skipped.
1 Listening on {word}.socket.
1 Startup finished in {f}s (kernel) + {f}s (userspace) = {f}s.
1 Reloading.
1 Timed out waiting for device {path}.
""")
S["search"] = ("[2026-11-28T10:1{d}:02,123][INFO ][o.e.c.m.Service] [{host}] ", """
7 [{word}-2026.11.{d}] creating index, cause [[[api|auto(bulk api)]]], templates [{word}], shards [{d}]/[{d}]
6 [{word}/{h22}] update_mapping [_doc]
5 [gc][{n}] overhead, spent [{dur}] collecting in the last [{dur}]
5 [gc][[[young|old]]][{n}][{d}] duration [{dur}], collections [{d}]/[{dur}], total [{dur}]/[{dur}], memory [{size}]->[{size}]/[{size}]
4 low disk watermark [85%] exceeded on [{h22}][{host}][{path}] free: {size}[{f}%], replicas will not be assigned to this node
4 Cluster health status changed from [[[YELLOW] to [GREEN|GREEN] to [YELLOW|YELLOW] to [RED]]]] (reason: [shards started [[{word}][{d}]]]).
3 node-left[{{{host}}} reason: disconnected], term: {n}, version: {n}
3 master node changed {{previous [], current [{{{host}}}]}}
2 failed to execute pipeline [{word}] for document [{word}/{h22}]
2 [{word}] Rejecting mapping update as the final mapping would have more than {d} types
2 received plaintext http traffic on an https channel, closing connection Channel{{localAddress=/{addr}, remoteAddress=/{addr}}}
1 publish_address {{{addr}}}, bound_addresses {{{addr}}}
1 loaded module [{word}-{word}]
1 no plugins loaded
1 license [{uuid}] mode [basic] - valid
1 closing ...
""")
S["sql-server"] = ("2026-11-28T10:1{d}:02.123456Z {n} [Note] [MY-01{n}] [Server] ", """
7 Aborted connection {n} to db: '{word}' user: '{user}' host: '{domain}' (Got timeout reading communication packets)
6 Access denied for user '{user}'@'{ip}' (using password: [[YES|NO]])
4 Aborted connection {n} to db: 'unconnected' user: '{user}' host: '{ip}' (Got an error reading communication packets)
4 page_cleaner: {n}ms intended loop took {n}ms. The settings might not be optimal. (flushed={n}, during the time.)
3 Slave I/O for channel '{word}': error reconnecting to master 'repl@{ip}:3306' - retry-time: {n} retries: {d}, Error_code: {n}
3 Buffer pool(s) load completed at {n} {f}
2 Table ./{word}/{table} is marked as crashed and should be repaired
2 Incorrect definition of table {word}.{table}: expected column '{word}' at position {d} to have type {word}
2 Forcing close of thread {n} user: '{user}'
1 IP address '{ip}' could not be resolved: Name or service not known
1 Transactions deadlock detected, dumping detailed information.
1 Disk is full writing '{path}' (Errcode: {n} - No space left on device)
1 ready for connections. Version: '{d}.{d}.{d}'  socket: '{path}'  port: {n}
1 Shutdown complete
1 Waiting for purge to start
1 Unsafe statement written to the binary log using statement format since BINLOG_FORMAT = STATEMENT.
""")
S["broker"] = ("[2026-11-28 10:1{d}:02,123] INFO ", """
8 [GroupCoordinator {d}]: Preparing to rebalance group {svc} in state [[PreparingRebalance|Stable]] with old generation {n} (__offsets-{n}) (reason: Adding new member {svc}-{uuid})
6 [GroupCoordinator {d}]: Stabilized group {svc} generation {n} (__offsets-{n})
6 [GroupCoordinator {d}]: Assignment received from leader for group {svc} for generation {n}
5 [GroupMetadataManager brokerId={d}] Removed {n} expired offsets in {n} milliseconds.
4 [Log partition={word}-{d}, dir={path}] Rolled new log segment at offset {n} in {n} ms.
4 [Log partition={word}.{word}-{d}, dir={path}] Deleting segment files at offset {n}
3 [ReplicaFetcher replicaId={d}, leaderId={d}, fetcherId={d}] Error in response for fetch request (type=FetchRequest, replicaId={d}, maxWait={n}, minBytes={d})
3 [Partition {word}-{d} broker={d}] Shrinking ISR from {d},{d},{d} to {d}. Leader: (highWatermark: {n}, endOffset: {n}).
3 [Partition {word}-{d} broker={d}] Expanding ISR from {d} to {d},{d}
2 [Controller id={d}] Processing automatic preferred replica leader election
2 [SocketServer brokerId={d}] Failed authentication with /{ip} (Unexpected request during handshake)
1 Opening socket connection to server {domain}/{addr}. Will not attempt to authenticate
1 [KafkaServer id={d}] started
1 Creating topic {word}.{word} with configuration {{}} and initial partition assignment Map({d} -> ArrayBuffer({d}))
1 Updated PartitionLeaderEpoch. New: {{epoch:{d}, offset:{n}}}, Current: {{epoch:{d}, offset:{n}}} for Partition: {word}-{d}.
""")
S["containers"] = ("time=\"2026-11-28T10:1{d}:02.1Z\" level=info ", """
7 msg="shim disconnected" id={h} namespace=k8s.io
7 msg="cleaning up dead shim"
6 msg="StartContainer for \\"{h}\\" returns successfully"
6 msg="RemoveContainer for \\"{h}\\""
5 msg="PullImage \\"registry.example.com/{svc}:v{d}.{d}\\""
5 msg="CreateContainer within sandbox \\"{h}\\" for container &ContainerMetadata{{Name:{svc},Attempt:{d},}}"
4 msg="ImageUpdate event name:\\"registry.example.com/{svc}:v{d}.{d}\\" labels:{{key:managed value:image}}"
3 msg="failed to load cni during init, please check plugin status before setting up network for pods" error="no network config found in {path}"
3 msg="ttrpc: received message on inactive stream" stream={n}
2 msg="Container exec \\"{h}\\" stdin closed"
2 msg="starting signal loop" namespace=k8s.io path={path} pid={n}
2 msg="healthcheck failed" container={svc} error="context deadline exceeded" attempt={d}
1 msg="loading plugin \\"io.containerd.{word}.v1\\"..." type=io.containerd.{word}.v1
1 msg="containerd successfully booted in {f}s"
1 msg="network not ready" network={word} reason=[[NetworkPluginNotReady|RuntimeNotReady]]
""")
S["resolver"] = ("28-Nov-2026 10:1{d}:02.123 ", """
9 client @{x} {ip}#{port} ({domain}): query: {domain} IN [[A|AAAA|MX]] +E(0)K ({ip})
7 client @{x} {ip}#{port} ({domain}): query (cache) '{domain}/A/IN' denied
5 lame server resolving '{domain}' (in '{domain}'?): {ip}#53
4 connection refused resolving '{domain}/A/IN': {ip}#53
3 zone {domain}/IN: refresh: failure trying master {ip}#53 (source 0.0.0.0#0): timed out
3 zone {domain}/IN: loaded serial {n}
2 zone {domain}/IN: sending notifies (serial {n})
2 transfer of '{domain}/IN' from {ip}#53: Transfer completed: {d} messages, {n} records, {n} bytes, {f} secs ({n} bytes/sec)
2 validating {domain}/DNSKEY: no valid signature found
1 received control channel command '[[reload|stats|flush]]'
1 managed-keys-zone: Unable to fetch DNSKEY set '.': timed out
1 all zones loaded
""")
S["firewall"] = ("Nov 28 10:0{d}:11 {host} kernel: [{f}] ", """
9 [UFW BLOCK] IN=eth{d} OUT= MAC={mac}:{mac} SRC={ip} DST={ip} LEN={n} TOS=0x00 PREC=0x00 TTL={n} ID={n} DF PROTO=TCP SPT={port} DPT={port} WINDOW={n} RES=0x00 SYN URGP=0
6 [UFW BLOCK] IN=eth{d} OUT= MAC={mac}:{mac} SRC={ip} DST={ip} LEN={n} TOS=0x00 PREC=0x00 TTL={n} ID={n} PROTO=UDP SPT={port} DPT={port} LEN={n}
5 [UFW ALLOW] IN=eth{d} OUT= MAC={mac}:{mac} SRC={ip} DST={ip} LEN={n} TOS=0x00 PREC=0x00 TTL={n} ID={n} PROTO=UDP SPT={port} DPT={port} LEN={n}
4 eth{d}: Link is [[Up - 1000Mbps|Down]]
4 device veth{h6} entered promiscuous mode
4 docker0: port {d}(veth{h6}) entered [[blocking|disabled|forwarding]] state
3 {daemon}[{n}]: segfault at {X} ip {h}{h} sp {h}{h} error {d} in lib{word}.so[{h8}+{h6}]
3 Out of memory: Killed process {n} ({daemon}) total-vm:{n}kB, anon-rss:{n}kB, file-rss:{n}kB
2 TCP: request_sock_TCP: Possible SYN flooding on port {port}. Sending cookies.  Check SNMP counters.
2 EXT4-fs (sd{L}{d}): mounted filesystem with ordered data mode. Opts: errors=remount-ro
2 INFO: task {daemon}:{n} blocked for more than {n} seconds.
1 usb {d}-{d}: USB disconnect, device number {n}
1 sd {d}:0:0:{d}: [sd{L}] Attached SCSI disk
1 nf_conntrack: table full, dropping packet
1 audit: type={n} audit({f}:{n}): apparmor="STATUS" operation="profile_load" name="{word}" pid={n} comm="apparmor_parser"
1 perf: interrupt took too long ({n} > {n}), lowering kernel.perf_event_max_sample_rate to {n}
""")
NOISE = {"h6x": lambda: f"{R.randint(81109, 81120):06d}"}
NOISE["H11"] = lambda: "".join(R.choice("0123456789ABCDEF") for _ in range(11))
NOISE["h22"] = lambda: "".join(R.choice("abcdefghijkXYZ0123456789_-") for _ in range(22))
NOISE["L"] = lambda: R.choice("abc")
NOISE["bits"] = lambda: R.choice(("", " *64"))
V.update(NOISE)
FRESH = "mail init search sql-server broker containers resolver firewall".split()
HELD_OUT = ("yarn quorum supercluster servicing handset webserver secure-shell desktop kube").split()


def components(name):
    return {"syslog-cluster": ("crond(pam_unix)", "sshd", "kernel"), "dfs": ("Receiver", "Responder")}.get(name, ("main",))


def write(folder, name, lines):
    header, text = S[name]
    kinds = []
    for entry in text.strip().split("\n"):
        weight, template = entry.split(" ", 1)
        options = variants(template)
        for index, option in enumerate(options):
            # A variant is rarer than the one before it, as states and methods are.
            kinds.append((float(weight) ** 1.7 / (1 + index), option))
    weights = [k[0] for k in kinds]
    seen = list(range(len(kinds)))
    choices = seen + R.choices(seen, weights=weights, k=max(0, lines - len(kinds)))
    R.shuffle(choices)
    suffix = ".scarce" if POOLS is not None else ""
    stem = f"{folder}/{name}{suffix}"
    with open(f"{stem}.tsv", "w") as plain, open(f"{stem}.whole.tsv", "w") as whole:
        for choice in choices:
            message = expand(kinds[choice][1].replace("{{", "\x01").replace("}}", "\x02"), V)
            message = message.replace("\x01", "{").replace("\x02", "}")
            head = expand(header.replace("[Comp]", components(name)[choice % len(components(name))]), V)
            plain.write(f"{name}{choice}\t{message}\n")
            whole.write(f"{name}{choice}\t{head}{message}\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--held-out"]:
        print(" ".join(HELD_OUT))
        sys.exit()
    folder = sys.argv[1]
    lines = int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    POOLS = {} if "--scarce" in sys.argv else None
    for name in sorted(S):
        R.seed(f"{name} 20261")
        write(folder, name, lines)
