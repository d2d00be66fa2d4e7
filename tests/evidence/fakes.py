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
    """Answers INSTREAM; `says` is what it answers in place of what it found, and b"" hangs up."""

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Scan)
        self.says, self.seen = None, []
        self.address = f"127.0.0.1:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    def end(self):
        self.shutdown()
        self.server_close()


class _Scan(socketserver.StreamRequestHandler):
    def handle(self):
        assert self.rfile.read(10) == b"zINSTREAM\0"
        heard = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            heard += self.rfile.read(size)
        self.server.seen.append(heard)
        found = b"stream: Eicar-Test-Signature FOUND" if EICAR in heard else b"stream: OK"
        self.wfile.write((found if self.server.says is None else self.server.says) + b"\0")


UPLOAD = "<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>"
WHOLE = '<CompleteMultipartUploadResult><ETag>"1"</ETag></CompleteMultipartUploadResult>'


def _part(path):
    return int(dict(parse_qsl(urlsplit(path).query))["partNumber"])


class Bucket(http.server.ThreadingHTTPServer):
    """One bucket in memory, which takes nothing whose signature (AWS version 4) or content is wrong."""

    daemon_threads = True
    key, secret, region = "KEYOFTHEPORTAL", "secret of the portal", "us-test-1"

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Objects)
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
        if self._is_signed(content):
            self.server.kept[self.path] = content
            self._answer(200, etag=True)

    def do_POST(self):
        """A large file comes in parts: begun, each put under its number, and made whole."""
        if not self._is_signed(self._content()):
            return
        name, _, query = self.path.partition("?")
        if "uploads" in query:
            self._answer(200, UPLOAD.encode())
            return
        parts = sorted((path for path in self.server.kept if path.startswith(f"{name}?")), key=_part)
        self.server.kept[name] = b"".join(self.server.kept.pop(path) for path in parts)
        self._answer(200, WHOLE.encode())

    def do_GET(self, send=True):
        if not self._is_signed(b""):
            return
        content = self.server.kept.get(self.path)
        if content is None:
            self._answer(404)
            return
        self._answer(200, content, etag=True, send=send)

    def do_HEAD(self):
        self.do_GET(send=False)

    def do_DELETE(self):
        if self._is_signed(self._content()):
            self.server.kept.pop(self.path, None)
            self._answer(204)

    def _content(self):
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _answer(self, status, content=b"", etag=False, send=True):
        self.send_response(500 if self.server.ill else status)
        self.send_header("Content-Length", str(len(content)))
        if etag:
            self.send_header("ETag", '"1"')
            self.send_header("Last-Modified", "Wed, 15 Jul 2026 10:00:00 GMT")
        self.end_headers()
        if send:
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
