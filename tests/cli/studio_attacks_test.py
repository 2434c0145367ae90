# SPDX-License-Identifier: Apache-2.0
"""Who may not use `reelface studio`, and what it does not do for those who may.  usage: studio_attacks_test.py REELFACE"""
import concurrent.futures
import json
import os
import pathlib
import socket
import sys
import tempfile
import time
import unittest

from part_films import make_film
from studio_session import StudioSession

REELFACE = os.path.abspath(sys.argv.pop(1))
MEGABYTE = 1 << 20


class Attacks(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="reelface_attacks_")
        cls.addClassCleanup(folder.cleanup)
        cls.root = os.path.join(folder.name, "root")
        os.mkdir(cls.root)
        cls.secret = os.path.join(folder.name, "secret.mkv")
        film = make_film("short", cls.root)[0]
        cls.film = os.path.basename(film)
        os.link(film, cls.secret)
        os.symlink(cls.secret, os.path.join(cls.root, "link.mkv"))
        os.symlink("..", os.path.join(cls.root, "up"))
        os.mkfifo(os.path.join(cls.root, "pipe.mkv"))
        pathlib.Path(cls.root, "list.m3u8").write_text("#EXTM3U\n#EXTINF:1,\n../secret.mkv\n")
        pathlib.Path(cls.root, "list.mkv").write_text(f"ffconcat version 1.0\nfile {cls.secret}\n")
        cls.log = open(os.path.join(folder.name, "log"), "wb")  # pylint: disable=consider-using-with
        cls.addClassCleanup(cls.log.close)
        cls.studio = StudioSession(REELFACE, cls.root, log=cls.log)
        cls.addClassCleanup(cls.studio.close)
        cls.studio.enter()
        cls.number = cls.studio.open(cls.film)
        cls.studio.look_over(cls.number)
        cls.studio.picture("preview", cls.number, 0, {"model": "none"})

    def tearDown(self):
        """Whatever was tried, the page works."""
        self.assertIsNone(self.studio.process.poll(), "the studio has ended")
        self.assertEqual(self.studio.picture("frame", self.number, 0)[:4], b"\x89PNG")

    def status(self, method, path, body=None, drop=(), **headers):
        """Asked as the page asks, but for what is said otherwise."""
        usual = self.studio.usual_headers()
        if method == "POST":
            usual["Content-Type"] = "application/json"
        usual.update({name.replace("_", "-"): value for name, value in headers.items()})
        for name in drop:
            usual.pop(name, None)
        return self.studio.request(method, path, body, usual)[0]

    def raw(self, *pieces, timeout=30):
        """What comes back for these bytes, until the other side closes."""
        heard = b""
        with socket.create_connection(("127.0.0.1", self.studio.port), timeout=timeout) as connection:
            try:
                for piece in pieces:
                    connection.sendall(piece)
                while chunk := connection.recv(65536):
                    heard += chunk
            except (ConnectionError, BrokenPipeError):
                pass  # closed in our face: refused as well
        return heard

    def head(self, line, *more):
        own = [f"Host: 127.0.0.1:{self.studio.port}", f"Cookie: {self.studio.cookie}", f"Origin: http://127.0.0.1:{self.studio.port}"]
        return "\r\n".join([line, *own, *more, "", ""]).encode()

    def test_strangers(self):
        port = self.studio.port
        ask = json.dumps({"film": self.number, "frame": 0})
        asked = [
            ("another host", self.status("GET", "/", Host="example.org"), 421),
            ("a host that ends alike", self.status("GET", "/", Host=f"evil127.0.0.1:{port}"), 421),
            ("a host on another port", self.status("GET", "/", Host=f"127.0.0.1:{port + 1}"), 421),
            ("no host", int(self.raw(f"GET / HTTP/1.1\r\nCookie: {self.studio.cookie}\r\n\r\n".encode())[9:12] or b"0"), 421),
            ("two hosts", int(self.raw(self.head("GET / HTTP/1.1", "Host: example.org"))[9:12] or b"0"), 400),
            ("another origin", self.status("POST", "/api/preview", ask, Origin="http://example.org"), 403),
            ("a sandboxed origin", self.status("POST", "/api/preview", ask, Origin="null"), 403),
            ("no origin", self.status("POST", "/api/preview", ask, drop=["Origin"]), 403),
            ("the origin of another port", self.status("GET", "/api/start", Origin=f"http://127.0.0.1:{port + 1}"), 403),
            ("a picture in another page", self.status("GET", "/api/thumb?film=1&frame=0", Sec_Fetch_Site="cross-site"), 403),
            ("no cookie", self.status("GET", "/", drop=["Cookie"]), 401),
            ("no cookie, for a file of the page", self.status("GET", "/page/main.js", drop=["Cookie"]), 401),
            ("a wrong cookie", self.status("GET", "/api/start", Cookie=self.studio.cookie[:-1] + "x"), 401),
            ("the token as a cookie", self.status("GET", "/", Cookie=self.studio.cookie.split("=")[0] + "=" + self.studio.token), 401),
            ("the cookie twice", self.status("GET", "/", Cookie=self.studio.cookie + "; " + self.studio.cookie), 401),
            ("the token a second time", self.status("GET", "/?token=" + self.studio.token, drop=["Cookie"]), 401),
            ("a wrong token", self.status("GET", "/?token=" + "0" * 64, drop=["Cookie"]), 401),
            ("the token for something else", self.status("GET", "/api/start?token=" + self.studio.token, drop=["Cookie"]), 401),
        ]
        for what, status, expected in asked:
            self.assertEqual(status, expected, what)

    def test_odd_requests(self):
        ask = json.dumps({"film": self.number, "frame": 0})
        asked = [
            ("PUT", self.status("PUT", "/api/open", ask), 405),
            ("DELETE", self.status("DELETE", "/api/film"), 405),
            ("OPTIONS", self.status("OPTIONS", "/api/preview"), 405),
            ("a long address", self.status("GET", "/" + "x" * 5000), 414),
            ("a long header", self.status("GET", "/", X_Long="x" * 5000), 431),
            ("a form", self.status("POST", "/api/open", "path=x", Content_Type="application/x-www-form-urlencoded"), 415),
            ("a form with files", self.status("POST", "/api/open", "--x--", Content_Type="multipart/form-data; boundary=x"), 415),
            ("packed", self.status("POST", "/api/open", ask, Content_Encoding="gzip"), 400),
            ("in chunks", int(self.raw(self.head("POST /api/open HTTP/1.1", "Content-Type: application/json", "Transfer-Encoding: chunked"),
                                       b"2\r\n{}\r\n0\r\n\r\n")[9:12] or b"0"), 400),
            ("a thousand ranges", self.status("GET", "/", Range="bytes=" + ",".join(f"{n}-{n}" for n in range(500))), (400, 416)),
            ("two lengths", int(self.raw(self.head("POST /api/open HTTP/1.1", "Content-Type: application/json", "Content-Length: 2",
                                                   "Content-Length: 3"), b"{}")[9:12] or b"0"), 400),
            ("nothing of this name", self.status("GET", "/api/jobs/../start"), 404),
            ("a file beside the page", self.status("GET", "/page/../studio.cpp"), 404),
            ("a file beside the page, spelled out", self.status("GET", "/page/%2e%2e%2fstudio.cpp"), 404),
            ("NUL", self.status("GET", "/page/main.js%00.html"), 404),
        ]
        for what, status, expected in asked:  # versions of the HTTP library refuse some with other words
            self.assertIn(status, expected if isinstance(expected, tuple) else (expected,), what)

    def test_paths_outside(self):
        for path in ("../secret.mkv", self.secret, "link.mkv", "up/secret.mkv", "pipe.mkv", "/etc/passwd", "..", ".", "", "a\0b",
                     "x" * 3000, "list.m3u8", "list.mkv", "root/../../secret.mkv", "file:" + self.secret, "concat:" + self.secret, "-",
                     "http://127.0.0.1:1/x.mkv"):
            status = self.status("POST", "/api/open", json.dumps({"path": path}))
            self.assertIn(status, (404, 422, 500), path)
        for path in ("..", "up", "/", "%2e%2e", "../root-beside"):
            self.assertIn(self.status("GET", "/api/folder?path=" + path), (404, 422), path)
        entries = json.loads(self.studio.get("/api/folder?path=")[1])["entries"]
        self.assertNotIn("link.mkv", [entry["name"] for entry in entries])
        self.assertNotIn("up", [entry["name"] for entry in entries])

    def test_settings_that_reach_out(self):
        for settings in ({"model": "/etc/passwd"}, {"model": "../secret.mkv"}, {"upscale": 2, "upscaler": "/etc/passwd"},
                         {"repair": "on", "keep-repairs": "/etc/passwd"}, {"output": "x"}, {"report": "x"}, {"settings": "/etc/passwd"},
                         {"strength": 1e300}, {"strength": "NaN"}, {"threads": 100000}, {"upscale": 400}, {"model": "x\0y"},
                         {"model": "x" * 60000}, {"e": ["x=" * 100] * 100, "none": 1}):
            status = self.status("POST", "/api/preview", json.dumps({"film": self.number, "frame": 0, "settings": settings}))
            self.assertIn(status, (404, 422), settings)
        for body in (b"", b"{", b"[" * 30000, b'{"film":' * 7000, b"\xff\xfe", b'{"film": 1e999, "frame": 0}', b"null"):
            self.assertEqual(self.status("POST", "/api/preview", body), 422, body[:40])

    def test_bodies_without_end(self):
        before = self.studio.memory()
        self.assertEqual(self.status("POST", "/api/open", b"x" * 70000), 413)
        large = self.raw(self.head("POST /api/open HTTP/1.1", "Content-Type: application/json", f"Content-Length: {1 << 30}"),
                         *[b"x" * MEGABYTE] * 1024)
        self.assertNotIn(b" 200 ", large[:20])
        for endless in (b"X-A: b\r\n" * 8192, b"x" * 65536):
            heard = self.raw(b"GET / HTTP/1.1\r\n", *[endless] * 2048)
            self.assertNotIn(b" 200 ", heard[:20])
        self.assertLess(self.studio.memory() - before, 32 * MEGABYTE)

    def test_slow_requests(self):
        head = self.head("POST /api/open HTTP/1.1", "Content-Type: application/json", "Content-Length: 1000")
        began = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(20) as pool:
            heard = list(pool.map(lambda piece: self.raw(piece), [head + b"{"] * 10 + [head[:40]] * 10))
        self.assertLess(time.monotonic() - began, 25)
        self.assertTrue(all(b" 200 " not in answer[:20] for answer in heard))

    def test_hundreds_of_connections(self):
        before = self.studio.memory()
        silent = [socket.create_connection(("127.0.0.1", self.studio.port), timeout=60) for _ in range(500)]
        for connection in silent:
            try:
                self.assertEqual(connection.recv(1), b"")  # closed, sooner or later
            except ConnectionResetError:
                pass
            connection.close()
        self.assertEqual(self.status("GET", "/"), 200)
        self.assertLess(self.studio.memory() - before, 48 * MEGABYTE)

    def test_what_every_answer_says(self):
        headers, page = self.studio.get("/")
        self.assertIn("default-src 'none'", headers["content-security-policy"])
        self.assertNotIn("unsafe", headers["content-security-policy"])
        for name, value in (("x-content-type-options", "nosniff"), ("cache-control", "no-store"), ("referrer-policy", "no-referrer"),
                            ("cross-origin-resource-policy", "same-origin")):
            self.assertEqual(headers[name], value)
        self.assertNotIn("access-control-allow-origin", headers)
        self.assertNotIn(self.studio.token.encode(), page)
        refused = self.studio.request("GET", "/")
        self.assertEqual(refused[0], 401)
        self.assertIn("content-security-policy", refused[1])

    def test_only_this_machine_is_listened_to(self):
        wanted = f"{self.studio.port:04X}"
        lines = pathlib.Path("/proc/net/tcp").read_text().splitlines()[1:] + pathlib.Path("/proc/net/tcp6").read_text().splitlines()[1:]
        addresses = {line.split()[1].split(":")[0] for line in lines if line.split()[1].endswith(":" + wanted) and line.split()[3] == "0A"}
        self.assertEqual(addresses, {"0100007F"})


class Cookie(unittest.TestCase):
    def test_the_cookie_is_for_this_page_alone(self):
        with tempfile.TemporaryDirectory() as root, StudioSession(REELFACE, root) as studio:
            cookie = studio.enter()
            self.assertIn("HttpOnly", cookie)
            self.assertIn("SameSite=Strict", cookie)
            self.assertNotIn(studio.token, cookie)
            self.assertIn(str(studio.port), cookie.split("=")[0])


if __name__ == "__main__":
    unittest.main(verbosity=1)
