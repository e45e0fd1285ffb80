"""A witness in other hands: keeps the checkpoints it is shown, refuses one that does not go on from the last, signs the rest.

Needs Python and the package cryptography, no ledger and no Django: this folder is enough. It speaks C2SP tlog-witness,
so a witness from elsewhere does as well.

    python -m workflow.trail.seal.witness --make-key witness.pem
    python -m workflow.trail.seal.witness --name audit.example --key witness.pem --of KEY --keep kept.txt

`kept.txt` is what `verify_trail --anchor` and the offline verifier take.
"""

import argparse
import os
import sys
from base64 import b64decode
from binascii import Error as NotBase64Error
from collections.abc import Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock

from workflow.trail.seal.ed25519 import FileSigner, KeyFileError, make_key, verify
from workflow.trail.seal.note import COSIGNED, LONGEST, Checkpoint, Key, NoteError, Signer, key_of, parse
from workflow.trail.seal.proofs import is_consistent
from workflow.trail.seal.tree import EMPTY

PATH = "/add-checkpoint"
SIZE_TYPE = "text/x.tlog.size"
STEPS = 63
"""The longest proof there can be."""


class RefusedCheckpointError(Exception):
    """The checkpoint is not taken: the status and the text of the answer."""

    def __init__(self, status: HTTPStatus, text: str) -> None:
        """Why."""
        super().__init__(text)
        self.status, self.text = status, text


class Witness:
    """What it holds of one ledger. Raises NoteError where the kept file is no such file."""

    def __init__(self, kept: Path, signer: Signer, ledger: Key) -> None:
        """Read the last checkpoint; what was half written when it was cut off is dropped."""
        self._kept, self._signer, self._ledger, self._lock = kept, signer, ledger, Lock()
        self.last: Checkpoint | None = None
        text = kept.read_text(encoding="utf-8") if kept.exists() else ""
        whole = text[: text.rfind("\n\n\n") + 3] if "\n\n\n" in text else ""
        if whole:
            self.last = parse(whole[: -len("\n\n")].rsplit("\n\n\n", 1)[-1])
        if whole != text:
            kept.write_text(whole, encoding="utf-8")

    def receive(self, old: int, proof: Sequence[bytes], note: str) -> str:
        """The signature under the checkpoint, which goes on from the last one that was kept.

        Raises RefusedCheckpointError with the status that C2SP tlog-witness asks for.
        """
        try:
            shown = parse(note)
        except NoteError as why:
            raise RefusedCheckpointError(HTTPStatus.BAD_REQUEST, str(why)) from why
        if shown.origin != self._ledger.name:
            raise RefusedCheckpointError(HTTPStatus.NOT_FOUND, "another ledger")
        if not shown.is_signed_by(self._ledger, verify):
            raise RefusedCheckpointError(HTTPStatus.FORBIDDEN, "the signature does not hold")
        with self._lock:
            self._check(old, proof, shown)
            made = shown.cosigned(self._signer, datetime.now(UTC))
            self._keep(made)
        return str(made.signatures[-1])

    def _check(self, old: int, proof: Sequence[bytes], shown: Checkpoint) -> None:
        size, root = (self.last.size, self.last.root) if self.last is not None else (0, EMPTY)
        if old > shown.size:
            raise RefusedCheckpointError(HTTPStatus.BAD_REQUEST, "smaller than what it goes on from")
        if old != size or (shown.size == size and shown.root != root):
            raise RefusedCheckpointError(HTTPStatus.CONFLICT, f"{size}\n")
        if not is_consistent(old, shown.size, proof, root, shown.root):
            raise RefusedCheckpointError(
                HTTPStatus.UNPROCESSABLE_ENTITY, "lines that were shown are others now"
            )

    def _keep(self, made: Checkpoint) -> None:
        """On the disk before it is signed for: a witness that forgets is none."""
        with self._kept.open("a", encoding="utf-8", newline="\n") as file:
            file.write(f"{made}\n\n")
            file.flush()
            os.fsync(file.fileno())
        self.last = made


def read_request(body: str) -> tuple[int, list[bytes], str]:
    """Size gone on from, proof and note of a request. Raises RefusedCheckpointError."""
    head, _gap, note = body.partition("\n\n")
    first, *steps = head.split("\n")
    word, _space, size = first.partition(" ")
    try:
        proof = [b64decode(step, validate=True) for step in steps]
        old = int(size) if size.isascii() and size.isdigit() else -1
    except (NotBase64Error, ValueError) as why:
        raise RefusedCheckpointError(HTTPStatus.BAD_REQUEST, "no proof") from why
    if word != "old" or old < 0 or len(steps) > STEPS or any(len(step) != 32 for step in proof):
        raise RefusedCheckpointError(HTTPStatus.BAD_REQUEST, "no request")
    return old, proof, note


class Receiver(BaseHTTPRequestHandler):
    """Takes checkpoints over HTTP, in small requests alone."""

    witness: Witness
    timeout = 10

    def do_POST(self) -> None:
        """Answer a checkpoint."""
        try:
            length = int(self.headers.get("Content-Length", ""))
            if self.path != PATH or not 0 < length <= 2 * LONGEST:
                raise RefusedCheckpointError(HTTPStatus.NOT_FOUND, "nothing here")
            answer = self.witness.receive(*read_request(self.rfile.read(length).decode()))
            self._answer(HTTPStatus.OK, answer)
        except RefusedCheckpointError as why:
            self._answer(why.status, why.text)
        except ValueError:
            self._answer(HTTPStatus.BAD_REQUEST, "no request")

    def _answer(self, status: HTTPStatus, text: str) -> None:
        content = text.encode()
        self.send_response(status)
        kind = SIZE_TYPE if status == HTTPStatus.CONFLICT else "text/plain; charset=utf-8"
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def server_of(witness: Witness, host: str, port: int) -> ThreadingHTTPServer:
    """The server, not serving yet."""
    return ThreadingHTTPServer((host, port), type("Receiving", (Receiver,), {"witness": witness}))


def main(arguments: Sequence[str] | None = None) -> int:
    """Make a key, or serve until Ctrl-C."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--make-key", metavar="FILE")
    parser.add_argument("--name")
    parser.add_argument("--key", metavar="FILE")
    parser.add_argument("--of", metavar="KEY", help="the ledger's public key, as make_seal_key prints it")
    parser.add_argument("--keep", metavar="FILE", type=Path)
    parser.add_argument("--listen", default="127.0.0.1:8090")
    chosen = parser.parse_args(arguments)
    try:
        if chosen.make_key:
            make_key(Path(chosen.make_key))
            return 0
        if not (chosen.name and chosen.key and chosen.of and chosen.keep):
            parser.error("--name, --key, --of and --keep are needed")
        signer = FileSigner(chosen.name, chosen.key, COSIGNED)
        host, _colon, port = chosen.listen.rpartition(":")
        server = server_of(Witness(chosen.keep, signer, Key.parse(chosen.of)), host, int(port))
    except (KeyFileError, NoteError, OSError, ValueError) as why:
        sys.stderr.write(f"{why}\n")
        return 1
    sys.stdout.write(f"{key_of(signer)}\n")
    sys.stdout.flush()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
