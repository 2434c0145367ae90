# SPDX-License-Identifier: Apache-2.0
"""Opens a report in headless Chromium through chromedriver and uses it as a reader would.

usage: check_in_browser.py REPORT.html FOLDER [--any]   screenshots and the printed page go to FOLDER
       --any: not the tests' own report but anybody's; checks what holds for all of them
"""
import base64
import json
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class Browser:
    """The few WebDriver commands that are needed."""

    def __init__(self, profile):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.driver = subprocess.Popen(["chromedriver", f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.base = f"http://127.0.0.1:{port}/session"
        arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
                     "--force-prefers-reduced-motion", f"--user-data-dir={profile}"]
        capabilities = {"browserName": "chrome", "goog:chromeOptions": {"args": arguments},
                        "goog:loggingPrefs": {"browser": "ALL"}}
        deadline = time.monotonic() + 60
        while True:
            try:
                self.base += "/" + self.call("POST", "", {"capabilities": {"alwaysMatch": capabilities}})["sessionId"]
                return
            except (ConnectionError, urllib.error.URLError) as problem:
                if isinstance(problem, urllib.error.HTTPError) or time.monotonic() > deadline:
                    raise
                time.sleep(0.1)  # the driver is not listening yet

    def call(self, method, path, body=None):
        data = None if method in ("GET", "DELETE") else json.dumps(body or {}).encode()
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=90) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as problem:
            print(problem.read().decode(), file=sys.stderr)
            raise

    def run(self, script, *arguments):
        return self.call("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def find(self, selector):
        return self.call("POST", "/element", {"using": "css selector", "value": selector})[ELEMENT]

    def press(self, selector, keys):
        self.call("POST", f"/element/{self.find(selector)}/value", {"text": keys})

    def tab(self):
        """The tab key, wherever the focus is."""
        self.call("POST", "/actions", {"actions": [{"type": "key", "id": "keys", "actions": [
            {"type": "keyDown", "value": "\ue004"}, {"type": "keyUp", "value": "\ue004"}]}]})

    def click(self, selector):
        self.call("POST", f"/element/{self.find(selector)}/click")

    def point(self, selector, share, press=False):
        """Moves the pointer into the element, `share` of its width from the left; with press, drags from its middle."""
        self.run("document.querySelector(arguments[0]).scrollIntoView({block:'center'})", selector)
        width = self.run("return document.querySelector(arguments[0]).getBoundingClientRect().width", selector)
        origin = {ELEMENT: self.find(selector)}
        move = {"type": "pointerMove", "duration": 0, "origin": origin, "y": 0}
        steps = [dict(move, x=0), {"type": "pointerDown", "button": 0}] if press else []
        steps += [dict(move, x=round(width * (share - 0.5)))] + ([{"type": "pointerUp", "button": 0}] if press else [])
        self.call("POST", "/actions", {"actions": [{"type": "pointer", "id": "mouse", "actions": steps}]})

    def page(self, width, height, dark):
        for command, parameters in (
            ("Emulation.setDeviceMetricsOverride", {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}),
            ("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]}),
        ):
            self.call("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def picture(self, path):
        shot = self.call("POST", "/goog/cdp/execute", {"cmd": "Page.captureScreenshot", "params": {"captureBeyondViewport": True,
                         "clip": dict(self.run("return {width:innerWidth,height:document.documentElement.scrollHeight}"),
                                      x=0, y=0, scale=1)}})
        path.write_bytes(base64.b64decode(shot["data"]))

    def close(self):
        try:
            self.call("DELETE", "")
        finally:
            self.driver.terminate()
            self.driver.wait()


def expect(condition, what):
    if not condition:
        raise AssertionError(what)


def split_of(browser, pair):
    """Where the left picture really ends, in percent, as the browser lays it out."""
    clip = browser.run("return getComputedStyle(document.querySelectorAll('.pair')[arguments[0]].querySelector('img.before')).clipPath", pair)
    found = re.search(r"inset\(0px (?:calc\(100% - )?([\d.]+)%", clip)
    expect(found, f"no clip: {clip}")
    value = float(found.group(1))
    return value if "calc" in clip else 100 - value


def check_slider(browser):
    range_ = ".pair:not([hidden]) input"
    expect(split_of(browser, 0) == 50, "the slider does not start in the middle")
    browser.press(range_, "\ue014" * 4)  # arrow right
    expect(split_of(browser, 0) == 52, f"four arrow keys moved the slider to {split_of(browser, 0)}")
    browser.point(range_, 0.25, press=True)
    expect(abs(split_of(browser, 0) - 25) < 1.5, f"dragging moved the slider to {split_of(browser, 0)}")
    browser.press(range_, "\ue010")  # end
    expect(split_of(browser, 0) == 100, "the end key does not show the whole input")
    browser.press(range_, "\ue011" + "\ue014" * 80)  # home, and 40 % back
    browser.click(".modes button[data-mode=reference]")
    expect(browser.run("return getComputedStyle(document.querySelector('.pair img.reference')).display") == "block",
           "the clean picture does not show")
    expect(browser.run("return getComputedStyle(document.querySelector('.pair img.before')).display") == "none",
           "the input still shows")
    browser.click(".modes button[data-mode=restored]")
    browser.click(".strip button:nth-child(2)")
    expect(browser.run("return [...document.querySelectorAll('.pair')].map(pair => pair.hidden)") == [True, False, True],
           "choosing a picture does not show it alone")
    browser.click(".strip button:nth-child(1)")
    expect(browser.run("return [...document.images].every(image => image.naturalWidth > 0)"), "a picture does not decode")


def check_charts(browser):
    lines = browser.run("return [...document.querySelectorAll('.lines path')].map(path => path.getTotalLength())")
    expect(len(lines) == 5 and min(lines) > 900, f"lines without data: {lines}")
    plot = ".chart:nth-child(1) .plot"
    browser.point(plot, 0.5)
    tip = browser.run("return document.querySelector('.chart .tip').innerText")
    expect(not browser.run("return document.querySelector('.chart .tip').hidden"), "hovering shows nothing")
    frame = int(re.search(r"frame (\d+)", tip).group(1))
    expect(abs(frame - 75) <= 1, f"the middle of the chart is frame {frame}")
    data = browser.run("return JSON.parse(document.querySelector('.chart script').textContent)")
    shown = float(re.search(r"restored\s+([\d.]+)", tip).group(1))
    expect(abs(shown - data["series"][0]["values"][frame]) < 0.006, f"the value shown is {tip}")
    browser.press(plot, "\ue014")  # arrow right
    expect(f"frame {frame + 1}" in browser.run("return document.querySelector('.chart .tip').innerText"),
           "the arrow key does not move on")
    browser.press(plot, "\ue011")  # home
    expect("frame 0" in browser.run("return document.querySelector('.chart .tip').innerText"), "home is not frame 0")


def check_close_up(browser):
    state = "const dialog = document.querySelector('dialog'); return [dialog.open, dialog.querySelectorAll('img').length]"
    browser.press("button.crop", "\ue007")  # enter
    expect(browser.run(state) == [True, 2], "pressing a crop does not show it large")
    split = "return getComputedStyle(document.querySelector('dialog .wipe')).getPropertyValue('--split')"
    browser.press("dialog input", "\ue012\ue012")  # arrow left
    expect(browser.run(split).strip() == "49%", f"the close-up's slider stands at {browser.run(split)}")
    expect(browser.run("return [...document.querySelectorAll('dialog img')].every(image => image.naturalWidth > 0)"),
           "the close-up has no pictures")
    browser.press("dialog input", "\ue00c")  # escape
    expect(not browser.run(state)[0], "escape does not close the close-up")


def check_people(browser):
    """Every option can be read whole, is reached with the tab key, and is selected there, ready to be copied."""
    count = browser.run("return document.querySelectorAll('.command').length")
    expect(count > 0, "nobody's options are shown")
    expect(browser.run("return [...document.querySelectorAll('.person')].every(card => card.querySelector('.looks img'))"),
           "somebody is not shown")
    for width in (1280, 390):
        browser.page(width, 900, False)
        cut = browser.run("""return [...document.querySelectorAll('.command')].filter(e => {
            const range = document.createRange(), box = e.getBoundingClientRect();
            range.selectNodeContents(e);
            return [...range.getClientRects()].some(text => text.left < box.left || text.right > box.right + .5
                                                            || text.top < box.top || text.bottom > box.bottom + .5);
        }).map(e => e.textContent)""")
        expect(not cut, f"{width} pixels wide, the text is cut off: {cut}")
    browser.page(1280, 900, False)
    browser.run("document.activeElement.blur(); getSelection().removeAllRanges()")
    reached = []
    for _ in range(count + 20 + browser.run("return document.querySelectorAll('a,button').length")):
        browser.tab()
        text = browser.run("""const here = document.activeElement;
            return here.matches('.command') ? [here.textContent, getSelection().toString()] : null""")
        if not text:
            continue
        expect(text[0] == text[1], f"of {text[0]!r} only {text[1]!r} is selected")
        expect(browser.run("return getComputedStyle(document.activeElement).outlineStyle") != "none", "the focus is not seen")
        if text[0] in reached:
            break
        reached.append(text[0])
    shown = browser.run("return [...document.querySelectorAll('.command')].map(e => e.textContent)")
    expect(reached == shown, f"the tab key reaches {reached} of {shown}")
    strips = browser.run("""return [...document.querySelectorAll('.presence')].map(strip => [...strip.children].map(piece =>
        [piece.offsetLeft, piece.offsetWidth, strip.clientWidth]))""")
    expect(all(strip and all(left >= 0 and width >= 1 and left + width <= whole + 1 for left, width, whole in strip)
               for strip in strips), f"when somebody is seen is not shown: {strips}")


def check_any(browser):
    """Of a page nobody here knows: slider, charts, close-up and people's options answer where they are."""
    if browser.run("return document.querySelectorAll('.pair').length"):
        browser.press(".pair:not([hidden]) input", "\ue011" + "\ue014" * 40)  # home, then right
        expect(split_of(browser, 0) == 20, f"the slider stands at {split_of(browser, 0)}")
        browser.point(".pair:not([hidden]) input", 0.75, press=True)
        expect(abs(split_of(browser, 0) - 75) < 1.5, f"dragging moved the slider to {split_of(browser, 0)}")
    expect(browser.run("return [...document.images].every(image => image.naturalWidth > 0)"), "a picture does not decode")
    for number in range(browser.run("return document.querySelectorAll('.plot').length")):
        data = browser.run("return JSON.parse(document.querySelectorAll('.chart script')[arguments[0]].textContent)", number)
        expect(data["frames"] and any(value is not None for series in data["series"] for value in series["values"]),
               f"chart {number} is empty")
        tip = browser.run("""const plot = document.querySelectorAll('.plot')[arguments[0]];
            plot.dispatchEvent(new KeyboardEvent('keydown', {key: 'End'}));
            return plot.querySelector('.tip').innerText""", number)
        expect(f"frame {data['frames'][-1]}" in tip, f"chart {number} does not answer: {tip}")
    if browser.run("return document.querySelectorAll('button.crop').length"):
        check_close_up(browser)
    if browser.run("return document.querySelectorAll('.person').length"):
        check_people(browser)


def check_page(browser):
    expect(browser.run("return performance.getEntriesByType('resource').filter(e => !e.name.startsWith('data:')).length") == 0,
           "something was fetched")
    unnamed = browser.run("""return [...document.querySelectorAll('button,input,a,[tabindex]')].filter(e =>
        !(e.getAttribute('aria-label') || e.getAttribute('aria-labelledby') || e.innerText.trim())).map(e => e.outerHTML)""")
    expect(not unnamed, f"controls without a name: {unnamed}")
    before = browser.run("return getComputedStyle(document.body).backgroundColor")
    browser.click(".theme")
    expect(browser.run("return getComputedStyle(document.body).backgroundColor") != before, "the theme button does nothing")
    browser.run("delete document.documentElement.dataset.theme")


def main():
    report, folder = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(profile)
        try:
            browser.page(1280, 900, False)
            browser.call("POST", "/url", {"url": report.as_uri()})
            if "--any" in sys.argv:
                expect(report.stat().st_size <= 5_000_000, f"the page has {report.stat().st_size} bytes")
                check_any(browser)
            else:
                check_slider(browser)
                check_charts(browser)
                check_close_up(browser)
            check_page(browser)
            for name, width, dark in (("wide-light", 1280, False), ("wide-dark", 1280, True), ("narrow-light", 390, False),
                                      ("narrow-dark", 390, True)):
                browser.page(width, 900, dark)
                overflow = browser.run("return document.documentElement.scrollWidth - innerWidth")
                expect(overflow <= 0, f"{name}: the page is {overflow} pixels too wide")
                brightness = sum(map(int, re.findall(r"\d+", browser.run("return getComputedStyle(document.body).backgroundColor"))[:3]))
                expect((brightness < 150) == dark, f"{name}: the page is {'light' if dark else 'dark'}")
                browser.picture(folder / f"{name}.png")
            printed = base64.b64decode(browser.call("POST", "/print", {"background": False}))
            (folder / "printed.pdf").write_bytes(printed)
            expect(printed.startswith(b"%PDF"), "the page does not print")
            log = [entry for entry in browser.call("POST", "/se/log", {"type": "browser"})]
            expect(not log, f"the console says: {log}")
        finally:
            browser.close()


if __name__ == "__main__":
    main()
