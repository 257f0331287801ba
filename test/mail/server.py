#!/usr/bin/env python3
"""A mail server that says what it gets: server.py --mode FILE [--at ADDRESS] [--user NAME --password WORD] [--cert F --key F]

Debian's python3-aiosmtpd.  Prints "listening on PORT", then a line for each letter: its fate, its Message-ID, whom to, the
decoded subject, the decoded body with its line breaks as blanks.  The file of the mode is read at each letter: good, grey
(451 to whom), refuse (550 to whom), full (452 of the letter), spam (554 of the letter), lost (takes it; the answer does not
arrive), slow (takes it; answers after the patience of whoever asks).  A letter is taken once, by its Message-ID; one whose
headers are not exactly ours is "odd"."""
import argparse
import asyncio
import email
import email.policy
import ssl

from aiosmtpd.smtp import SMTP, AuthResult

options = argparse.ArgumentParser()
for name in ("mode", "at", "user", "password", "cert", "key"):
    options.add_argument("--" + name)
given = options.parse_args()
HEADERS = ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"]
taken = set()


def mode():
    with open(given.mode, encoding="utf-8") as file:
        return file.read().strip()


class Office:
    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if mode() == "grey":
            print("grey", address, flush=True)
            return "451 4.7.1 Greylisted, try again later"
        if mode() == "refuse":
            print("refused", address, flush=True)
            return "550 5.1.1 No such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        letter = email.message_from_bytes(envelope.content, policy=email.policy.SMTP)
        number = str(letter["Message-ID"])
        how = mode()
        if how in ("full", "spam"):
            print(how, number, flush=True)
            return "452 4.2.2 Mailbox full" if how == "full" else "554 5.7.1 Rejected as spam"
        sound = list(letter.keys()) == HEADERS and envelope.rcpt_tos == [str(letter["To"])] and not letter.defects
        sound = sound and all(len(line) <= 78 for line in envelope.content.split(b"\r\n"))
        fate = "again" if number in taken else "taken" if sound else "odd"
        taken.add(number)
        print(fate, number, envelope.mail_from, *envelope.rcpt_tos, letter["Subject"], letter.get_content().replace("\n", " "), flush=True)
        if how == "lost":
            server.transport.abort()
        if how == "slow":
            await asyncio.sleep(12)
        return "250 OK"


def known(server, session, envelope, mechanism, data):
    return AuthResult(success=data.login.decode() == given.user and data.password.decode() == given.password)


more = {"enable_SMTPUTF8": False}
if given.cert:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(given.cert, given.key)
    more |= {"tls_context": context, "require_starttls": True}
if given.user:
    more |= {"authenticator": known, "auth_required": True, "auth_require_tls": bool(given.cert)}


async def serve():
    office = Office()
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(office, **more), given.at or "127.0.0.1", 0)
    print("listening on", server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(serve())
