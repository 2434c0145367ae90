# SPDX-License-Identifier: Apache-2.0
"""`reelface studio` as a browser meets it: its address, its cookie, and what it may be asked."""
import http.client
import json
import os
import signal
import subprocess
import time
import urllib.parse


class Refused(Exception):
    def __init__(self, status, body):
        super().__init__(f"{status}: {body[:300]!r}")
        self.status, self.body = status, body


class StudioSession:
    def __init__(self, program, root, *words, log=None):
        self.begin(subprocess.Popen([program, "studio", "--no-open", "--root", root, *words], stdin=subprocess.DEVNULL,
                                    stdout=subprocess.PIPE, stderr=log if log is not None else subprocess.DEVNULL, cwd=root))

    @classmethod
    def around(cls, process):
        """Of a studio that was started in another way, with its stdout in a pipe."""
        session = cls.__new__(cls)
        session.begin(process)
        return session

    def begin(self, process):
        self.process = process
        self.address = self.process.stdout.readline().decode().strip()
        if not self.address:
            raise AssertionError(f"the studio did not start; it ended with {self.process.wait(timeout=60)}")
        parts = urllib.parse.urlsplit(self.address)
        self.port, self.token = parts.port, urllib.parse.parse_qs(parts.query)["token"][0]
        self.cookie = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """As Ctrl-C does; returns the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        code = self.process.wait(timeout=60)
        self.process.stdout.close()
        return code

    def request(self, method, path, body=None, headers=None, timeout=120):
        """Status, headers, body; just what is said is sent."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body=body, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, dict((name.lower(), value) for name, value in answer.getheaders()), answer.read()
        finally:
            connection.close()

    def enter(self):
        status, headers, _ = self.request("GET", "/?token=" + self.token)
        if status != 303:
            raise AssertionError(f"the address does not open the page: {status}")
        self.cookie = headers["set-cookie"].split(";")[0]
        return headers["set-cookie"]

    def usual_headers(self, **more):
        return {"Cookie": self.cookie, "Origin": f"http://127.0.0.1:{self.port}", "Sec-Fetch-Site": "same-origin", **more}

    def get(self, path):
        status, headers, body = self.request("GET", path, headers=self.usual_headers())
        if status != 200:
            raise Refused(status, body)
        return headers, body

    def post(self, path, value):
        status, headers, body = self.request("POST", path, json.dumps(value),
                                             self.usual_headers(**{"Content-Type": "application/json"}))
        if status != 200:
            raise Refused(status, body)
        return headers, body

    def open(self, path):
        return json.loads(self.post("/api/open", {"path": path})[1])["film"]

    def progress(self, film):
        return json.loads(self.get(f"/api/film?film={film}")[1])

    def look_over(self, film):
        """Waits until the whole film is known."""
        deadline = time.monotonic() + 120
        while not (seen := self.progress(film))["is_done"]:
            if time.monotonic() > deadline:
                raise AssertionError(f"the film is still being looked over: {seen}")
            time.sleep(0.05)  # nothing tells but asking
        return seen

    def picture(self, kind, film, frame, settings=None, segments=()):
        """The PNG of a frame: "frame" as it is, "preview" as it would be."""
        return self.post("/api/" + kind, {"film": film, "frame": frame, "settings": settings or {}, "segments": segments})[1]

    def memory(self):
        """Bytes of memory in use."""
        with open(f"/proc/{self.process.pid}/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
