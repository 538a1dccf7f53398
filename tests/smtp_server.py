"""A small mail server of the tests' own (RFC 5321): it takes letters, or answers as it is told, or says nothing."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class Letter:
    """What came over the wire: the envelope and the letter, also as bytes."""

    sender: str
    to: list[str]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        read = message_from_bytes(self.raw, policy=policy.default)
        assert isinstance(read, EmailMessage)
        return read

    @property
    def text(self) -> str:
        return str(self.message.get_content())


@dataclass
class Mailbox:
    """`answers` says what to answer instead of 250, by command; "" is silence until the other side hangs up."""

    port: int = 0
    letters: list[Letter] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}?tls=none&from=andante@example.org"


class Talk(socketserver.StreamRequestHandler):
    timeout = 20

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self) -> None:
        box: Mailbox = self.server.box  # type: ignore[attr-defined]
        letter = Letter("", [], b"")
        self.say("220 tests")
        for raw in self.rfile:
            line = raw.decode().rstrip("\r\n")
            command = line.split(" ")[0].split(":")[0].upper()
            told = box.answers.get(command)
            if told == "":
                self.rfile.read()
                return
            if told:
                self.say(told)
                continue
            match command:
                case "MAIL":
                    letter = Letter(line.split("<")[1].split(">")[0], [], b"")
                case "RCPT":
                    letter.to.append(line.split("<")[1].split(">")[0])
                case "DATA":
                    self.say("354 go on")
                    while (part := self.rfile.readline()) not in {b".\r\n", b""}:
                        letter.raw += part.removeprefix(b".") if part.startswith(b"..") else part
                    box.letters.append(letter)
                case "QUIT":
                    self.say("221 bye")
                    return
            self.say("250 well")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    box = Mailbox()
    with Server(("127.0.0.1", 0), Talk) as server:
        server.box = box  # type: ignore[attr-defined]
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()
