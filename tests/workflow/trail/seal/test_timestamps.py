"""A timestamp counts for its very text, from an authority that is trusted. The authority here is made by openssl."""

import shutil
import subprocess
from pathlib import Path

import pytest

from workflow.trail.sealing.timestamps import TimestampError, stamped, verified

OPENSSL = shutil.which("openssl")
pytestmark = pytest.mark.skipif(OPENSSL is None, reason="openssl makes the authority")
CONFIG = """
[ca]
distinguished_name = name
x509_extensions = ca_extensions
prompt = no
[name]
CN = Authority
[ca_extensions]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[stamping]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[tsa]
default_tsa = tsa_config
[tsa_config]
serial = serial
crypto_device = builtin
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


def openssl(folder: Path, *arguments: str) -> None:
    subprocess.run([OPENSSL or "", *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an authority's certificate, key and configuration, under a root of its own."""
    folder = tmp_path_factory.mktemp("tsa")
    (folder / "c.cnf").write_text(CONFIG)
    (folder / "serial").write_text("01")
    key = ("-newkey", "rsa:2048", "-nodes")
    openssl(folder, "req", "-x509", *key, "-days", "30", "-keyout", "ca.key", "-out", "ca.pem",
            "-config", "c.cnf", "-section", "ca")  # fmt: skip
    openssl(folder, "req", "-new", *key, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Stamp",
            "-config", "c.cnf", "-section", "ca")  # fmt: skip
    openssl(folder, "x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-days", "20",
            "-CAcreateserial", "-extfile", "c.cnf", "-extensions", "stamping", "-out", "tsa.pem")  # fmt: skip
    return folder


def answer(folder: Path, query: bytes) -> bytes:
    (folder / "q").write_bytes(query)
    openssl(
        folder, "ts", "-reply", "-config", "c.cnf", "-section", "tsa_config", "-queryfile", "q", "-out", "a"
    )
    return (folder / "a").read_bytes()


def test_a_timestamp_is_asked_for_and_verified(authority: Path) -> None:
    stamp = stamped(b"checkpoint", authority / "ca.pem", lambda query: answer(authority, query))
    assert verified(stamp.content, b"checkpoint", authority / "ca.pem").at == stamp.at
    assert stamp.at.tzinfo is not None


def test_a_timestamp_of_another_text_is_refused(authority: Path) -> None:
    stamp = stamped(b"checkpoint", authority / "ca.pem", lambda query: answer(authority, query))
    with pytest.raises(TimestampError, match="Mismatch"):
        verified(stamp.content, b"another", authority / "ca.pem")


def test_an_answer_to_an_earlier_question_is_refused(authority: Path) -> None:
    """The nonce: an old timestamp of the same text is none for now."""
    stamp = stamped(b"checkpoint", authority / "ca.pem", lambda query: answer(authority, query))
    with pytest.raises(TimestampError, match="Nonce"):
        stamped(b"checkpoint", authority / "ca.pem", lambda query: stamp.content)


def test_an_authority_that_is_not_trusted_is_refused(authority: Path, tmp_path: Path) -> None:
    (tmp_path / "c.cnf").write_text(CONFIG)
    openssl(tmp_path, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "k", "-out", "other.pem",
            "-config", "c.cnf", "-section", "ca")  # fmt: skip
    with pytest.raises(TimestampError):
        stamped(b"checkpoint", tmp_path / "other.pem", lambda query: answer(authority, query))


def test_an_altered_timestamp_is_refused(authority: Path) -> None:
    stamp = stamped(b"checkpoint", authority / "ca.pem", lambda query: answer(authority, query))
    for place in range(len(stamp.content) - 250, len(stamp.content), 50):  # the signature, of 256 bytes
        altered = bytearray(stamp.content)
        altered[place] ^= 1
        with pytest.raises(TimestampError):
            verified(bytes(altered), b"checkpoint", authority / "ca.pem")


def test_no_timestamp_is_told(authority: Path) -> None:
    with pytest.raises(TimestampError):
        verified(b"nothing", b"checkpoint", authority / "ca.pem")
    with pytest.raises(TimestampError):
        verified(b"", b"checkpoint", authority / "tsa.key")
