# SPDX-License-Identifier: Apache-2.0
"""The page of `reelface studio` in a browser, for tests."""
import hashlib
import time


class Page:
    """The page in a browser, with waiting for what it says of itself."""

    def __init__(self, browser, address):
        self.browser = browser
        browser.page(1280, 800, False)
        browser.call("POST", "/url", {"url": address})

    def wait(self, condition, what, seconds=60):
        deadline = time.monotonic() + seconds
        while not self.browser.run("return " + condition):
            if time.monotonic() > deadline:
                raise AssertionError(f"in vain waited for {what}: state {self.browser.run('return document.documentElement.dataset.state')}, "
                                     f"{self.text('status')!r}, {self.text('trouble')!r}")
            time.sleep(0.05)  # a browser is asked, it does not tell

    def wait_until(self, condition, what, seconds=60):
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                raise AssertionError(f"in vain waited for {what}")

    def text(self, name):
        return self.browser.run("return document.getElementById(arguments[0]).innerText", name)

    def preview(self):
        """Waits until the preview is there that belongs to what is set."""
        self.wait("document.documentElement.dataset.state == 'good'", "the preview")
        self.let_paint()

    def next_preview(self):
        """After a change: the old one goes, and the new one comes."""
        self.wait("document.documentElement.dataset.state != 'good'", "the old preview to go")
        self.preview()

    def let_paint(self):
        self.browser.call("POST", "/execute/async", {"script": "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame("
                                                               "() => done()))", "args": []})

    def pixels(self):
        self.let_paint()
        picture = self.browser.run("return document.getElementById('canvas').toDataURL()")
        return hashlib.sha256(picture.encode()).hexdigest()

    def key(self, *keys):
        for key in keys:
            self.browser.call("POST", "/actions", {"actions": [{"type": "key", "id": "keys", "actions": [
                {"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]}]})

    def go_to(self, frame):
        self.preview()
        self.browser.run("const field = document.getElementById('frame'); field.value = arguments[0]; field.onchange()", frame)
        self.next_preview()

    def show(self, frame, clock):
        """As go_to(), where both pictures are only read; `clock` is what the page says when it has the one before."""
        self.browser.run("const field = document.getElementById('frame'); field.value = arguments[0]; field.onchange()", frame)
        self.wait(f"document.getElementById('clock').innerText == '{clock}'", "the picture before")
        self.preview()

    def set_number(self, name, value):
        self.browser.run("""const field = document.getElementById('option-' + arguments[0]); field.value = arguments[1];
            field.dispatchEvent(new Event('change', {bubbles: true}))""", name, str(value))

    def choose(self, name, value):
        self.set_number(name, value)

    def saved_by(self, button):
        """The text of the file that the button saves."""
        self.browser.run("""const make = URL.createObjectURL;
            window.savedText = '';
            URL.createObjectURL = file => { file.text().then(text => { window.savedText = text; }); return make(file); };
            document.getElementById(arguments[0]).click();
            URL.createObjectURL = make;""", button)
        self.wait("window.savedText", "the file")
        return self.browser.run("return window.savedText")

    def log(self):
        return self.browser.call("POST", "/se/log", {"type": "browser"})
