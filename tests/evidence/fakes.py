"""Servers of other makers, as small as the portal needs them: ClamAV's daemon and an object store."""

import hashlib
import hmac
import http.server
import socketserver
import struct
import threading
from urllib.parse import parse_qsl, quote, unquote, urlsplit

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd(socketserver.ThreadingTCPServer):
    """Answers PING and INSTREAM; `says` is what it answers in place of what it found, and b"" hangs up. Beyond `limit`
    bytes it answers at once, reads no further and hangs up, as clamd does.
    """

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Scan)
        self.says, self.seen, self.limit = None, [], 1024**3
        self.address = f"127.0.0.1:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    def end(self):
        self.shutdown()
        self.server_close()


class _Scan(socketserver.StreamRequestHandler):
    def handle(self):
        asked = self.rfile.read(6)
        if asked == b"zPING\0":
            self.wfile.write(b"PONG\0")
            return
        assert asked + self.rfile.read(4) == b"zINSTREAM\0"
        heard = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            if len(heard) + size > self.server.limit:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
            heard += self.rfile.read(size)
        self.server.seen.append(heard)
        found = b"stream: Eicar-Test-Signature FOUND" if EICAR in heard else b"stream: OK"
        self.wfile.write((found if self.server.says is None else self.server.says) + b"\0")


UPLOAD = "<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>"
WHOLE = '<CompleteMultipartUploadResult><ETag>"1"</ETag></CompleteMultipartUploadResult>'


MISSING = '<?xml version="1.0"?><Error><Code>{}</Code><Message></Message></Error>'


def _part(path):
    return int(dict(parse_qsl(urlsplit(path).query))["partNumber"])


class Bucket(http.server.ThreadingHTTPServer):
    """One bucket in memory, which takes nothing whose signature (AWS version 4) or content is wrong."""

    daemon_threads = True
    key, secret, region = "KEYOFTHEPORTAL", "secret of the portal", "us-test-1"

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Objects)
        self.name = "portal"
        self.kept, self.refused, self.ill = {}, [], False
        self.endpoint = f"http://127.0.0.1:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    def end(self):
        self.shutdown()
        self.server_close()


class _Objects(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_PUT(self):
        content = self._content()
        if self._is_signed(content) and self._is_here():
            self.server.kept[self.path] = content
            self._answer(200, etag=True)

    def do_POST(self):
        """A large file comes in parts: begun, each put under its number, and made whole."""
        if not self._is_signed(self._content()) or not self._is_here():
            return
        name, _, query = self.path.partition("?")
        if "uploads" in query:
            self._answer(200, UPLOAD.encode())
            return
        parts = sorted((path for path in self.server.kept if path.startswith(f"{name}?")), key=_part)
        self.server.kept[name] = b"".join(self.server.kept.pop(path) for path in parts)
        self._answer(200, WHOLE.encode())

    def do_GET(self):
        if not self._is_signed(b"") or not self._is_here():
            return
        content = self.server.kept.get(self.path)
        if content is None:
            self._answer(404, MISSING.format("NoSuchKey").encode())
            return
        self._answer(200, content, etag=True)

    def do_DELETE(self):
        if self._is_signed(self._content()) and self._is_here():
            self.server.kept.pop(self.path, None)
            self._answer(204)

    def _is_here(self):
        """A bucket that is missing is 404 as a missing file is; only the code tells them apart."""
        here = self.path.startswith(f"/{self.server.name}/")
        if not here:
            self._answer(404, MISSING.format("NoSuchBucket").encode())
        return here

    def _content(self):
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _answer(self, status, content=b"", etag=False):
        self.send_response(500 if self.server.ill else status)
        self.send_header("Content-Length", str(len(content)))
        if etag:
            self.send_header("ETag", '"1"')
            self.send_header("Last-Modified", "Wed, 15 Jul 2026 10:00:00 GMT")
        self.end_headers()
        self.wfile.write(content)

    def _is_signed(self, content):
        said = self.headers.get("x-amz-content-sha256", "")
        right = said in (
            hashlib.sha256(content).hexdigest(),
            "UNSIGNED-PAYLOAD",
        ) and self._signature() in self.headers.get("Authorization", "")
        if not right:
            self.server.refused.append(self.path)
            self._answer(403)
        return right

    def _signature(self):
        words = dict(part.strip().split("=", 1) for part in self.headers["Authorization"].split(" ", 1)[1].split(","))
        scope = words["Credential"].split("/", 1)[1]
        names = words["SignedHeaders"].split(";")
        parts = urlsplit(self.path)
        query = "&".join(
            f"{quote(k, safe='-_.~')}={quote(v, safe='-_.~')}" for k, v in sorted(parse_qsl(parts.query, True))
        )
        heads = "".join(f"{name}:{' '.join(self.headers[name].split())}\n" for name in names)
        canonical = "\n".join(
            (
                self.command,
                quote(unquote(parts.path)),
                query,
                heads,
                ";".join(names),
                self.headers["x-amz-content-sha256"],
            )
        )
        told = hashlib.sha256(canonical.encode()).hexdigest()
        string = "\n".join(("AWS4-HMAC-SHA256", self.headers["x-amz-date"], scope, told))
        key = f"AWS4{self.server.secret}".encode()
        for part in scope.split("/"):
            key = hmac.new(key, part.encode(), "sha256").digest()
        return hmac.new(key, string.encode(), "sha256").hexdigest()

    def log_message(self, *_):
        pass
