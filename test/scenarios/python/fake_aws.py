"""An endpoint of AWS, as strict about signatures as the real one: botocore's own signer says what they must be.

What it accepts it has answered by a pipit behind it, under a host name of AWS.
"""

import http.client
import re
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

KEY = {"AWS_ACCESS_KEY_ID": "AKIAFAKEREALKEY", "AWS_SECRET_ACCESS_KEY": "secret/of+the/real+key"}
AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=([^/]+)/\d{8}/([^/]+)/([^/]+)/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]+)"
)


class FakeAws(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, backend):
        super().__init__(("127.0.0.1", 0), Handler)
        self.backend = urlsplit(backend).netloc
        self.accepted = 0
        self.complaints = []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        complaint, region = check(self.command, self.path, self.headers, body)
        if complaint is not None:
            self.server.complaints.append(complaint)
            answer = b'{"__type":"com.amazon.coral.service#SignatureDoesNotMatch","message":"%s"}' % complaint.encode()
            return self.reply(403, [("Content-Type", "application/x-amz-json-1.0")], answer)
        self.server.accepted += 1
        backend = http.client.HTTPConnection(self.server.backend)
        headers = {name: value for name, value in self.headers.items() if name.lower() != "host"}
        backend.request(self.command, self.path, body, headers | {"Host": f"sqs.{region}.amazonaws.com"})
        response = backend.getresponse()
        answer = response.read()
        backend.close()
        hop = {"connection", "keep-alive", "content-length", "date"}
        self.reply(response.status, [(k, v) for k, v in response.getheaders() if k.lower() not in hop], answer)

    do_GET = do_POST

    def reply(self, status, headers, body):
        self.send_response(status)
        for name, value in [*headers, ("Content-Length", str(len(body)))]:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def check(method, path, headers, body):
    """What is wrong with a signature, or None; and its region."""
    found = AUTHORIZATION.fullmatch(headers.get("Authorization", ""))
    if found is None:
        return f"no signature: {headers.get('Authorization')}", None
    key, region, service, names, signature = found.groups()
    if key != KEY["AWS_ACCESS_KEY_ID"]:
        return f"unknown key {key}", region
    signed = names.split(";")
    unsigned = [n for n in map(str.lower, headers) if re.match("host$|x-amz-", n) and n not in signed]
    if unsigned:
        return f"not signed: {unsigned}", region
    url = f"http://{headers['Host']}{path}"
    request = AWSRequest(method, url, headers={name: headers[name] for name in signed}, data=body)
    request.context["timestamp"] = headers["X-Amz-Date"]
    signer = SigV4Auth(Credentials(key, KEY["AWS_SECRET_ACCESS_KEY"]), service, region)
    wanted = signer.signature(signer.string_to_sign(request, signer.canonical_request(request)), request)
    return (None if wanted == signature else "another signature"), region


@contextmanager
def fake_aws(backend):
    server = FakeAws(backend)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
        assert server.complaints == []
        assert server.accepted > 0
    finally:
        server.shutdown()
        server.server_close()
