#!/usr/bin/env python3
"""A text message gateway's stand-in: gateway.py --secret "APP SECRET" --mode FILE [--tls-key F --tls-cert F]

Prints "listening on PORT", then a line for each request: the fate, the message's number, the telephone, the text.
The file of the mode is read at each request: good, refuse (a number it will not send to), busy, lost (takes it, and the
answer does not arrive), slow (answers after the patience of whoever asks), garbage, redirect.  A message is taken once,
however often it is given; a wrong signature or a clock that is five minutes off is refused."""
import argparse
import hashlib
import hmac
import json
import re
import ssl
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

options = argparse.ArgumentParser()
for name in ("secret", "mode", "tls-key", "tls-cert"):
    options.add_argument("--" + name)
given = options.parse_args()
app, secret = given.secret.split(" ", 1)
taken = {}


class Gateway(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"

    def log_message(self, *_):
        pass

    def say(self, fate, message):
        print(fate, message.get("id", "-"), message.get("to", "-"), message.get("text", "-"), flush=True)

    def answer(self, status, body):
        data = json.dumps(body, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def signed(self, body):
        parts = re.fullmatch(r"TJ-HMAC-SHA256 app=(\w+),time=(\d+),mac=([0-9a-f]{64})", self.headers.get("Authorization", ""))
        if not parts or parts[1] != app or abs(time.time() - int(parts[2])) > 300:
            return False
        text = f"POST\n{self.path}\n{parts[2]}\n{hashlib.sha256(body).hexdigest()}"
        return hmac.compare_digest(parts[3], hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest())

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        message = json.loads(body)
        mode = open(given.mode, encoding="utf-8").read().strip()
        if not self.signed(body):
            self.say("unsigned", message)
            return self.answer(401, {"why": "签名校验失败"})
        if mode == "busy":
            self.say("busy", message)
            return self.answer(503, {"why": "系统繁忙"})
        if mode == "refuse":
            self.say("refused", message)
            return self.answer(400, {"why": "号码在停发名单中" + "。" * 200})
        if mode == "redirect":
            self.say("redirected", message)
            self.send_response(302)
            self.send_header("Location", "/elsewhere")
            return self.end_headers()
        if mode == "garbage":
            self.say("garbage", message)
            return self.wfile.write(b"\x00\x01 no answer at all")
        if mode == "slow":
            self.say("slow", message)
            time.sleep(12)
        again = message["id"] in taken
        taken[message["id"]] = message
        self.say("again" if again else "taken", message)
        if mode == "lost":
            return self.connection.close()
        return self.answer(200, {"accepted": True})


server = ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
if given.tls_key:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(given.tls_cert, given.tls_key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
print("listening on", server.server_port, flush=True)
try:
    server.serve_forever()
except KeyboardInterrupt:
    sys.exit(0)
