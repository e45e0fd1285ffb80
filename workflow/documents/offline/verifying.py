"""核验留痕数据包 · Verifies an exported package of the trail: python3 verify_package.py PACKAGE.zip [--key KEY] [--anchor FILE].

One plain file for Python 3.9 or newer, on any machine, without network and without anything installed. Exit code: 0
where all holds, 1 where something does not, 2 where the package cannot be read.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import zipfile
from base64 import b64decode
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from workflow.documents.offline.arithmetic import (
    Note,
    hash_of,
    is_consistent,
    is_included,
    leaf,
    notes_of,
    root_of,
)

WORDS = {
    "lines": ("读取 {} 行留痕，涉及 {} 条链", "{} lines of the trail on {} chains"),
    "hash": ("{}：与封存时的内容不一致", "{}: is not what was sealed"),
    "chain": ("{}：与上一行不衔接（缺行、插行或换序）", "{}: does not follow the line before it"),
    "short": ("{}：链尾缺行，导出时共有 {} 行", "{}: its end is missing, it had {} lines"),
    "path": ("{}：封存证明不成立", "{}: the proof that it was sealed does not hold"),
    "root": ("封存树的根与检查点不一致", "the root of the tree is not the checkpoint's"),
    "lost": ("封存了 {} 行，包内只有 {} 行", "{} lines were sealed, {} are here"),
    "stray": ("佐证材料 {}：没有留痕提及", "evidence {}: no line names it"),
    "behind": ("{}：早于检查点一小时以上却未封存", "{}: more than an hour before the checkpoint, yet not sealed"),
    "open": ("{} 行尚未封存，不在检查点保护之内", "{} lines are not sealed yet: the checkpoint says nothing of them"),
    "sealed": ("检查点：{} 行，{}", "checkpoint: {} lines, {}"),
    "signed": ("检查点签名有效，公钥 {}", "the checkpoint is signed by {}"),
    "unsigned": ("检查点签名无效", "the signature of the checkpoint does not hold"),
    "own_key": ("未指定公钥，采用包内公钥：请与机关公布的核对", "the key is the package's own: compare it with the one published"),
    "seen": ("外部锚点 {}：{} 行，前后一致", "anchor {}: {} lines, consistent"),
    "unseen": ("外部锚点 {}：{} 行，与封存树不一致，其间的留痕被改动过", "anchor {}: {} lines, inconsistent: lines before it were changed"),
    "longer": ("外部锚点 {}：有 {} 行，多于本包的检查点，其后的留痕被截去", "anchor {}: {} lines, more than this checkpoint: later lines were taken away"),
    "unproved": ("外部锚点 {}：{} 行，本包未附一致性证明，未能核验", "anchor {}: {} lines, without a proof in this package: not verified"),
    "cosigned": ("见证签名有效：{}", "cosigned by {}"),
    "stamp": ("时间戳 {} 对应该检查点；签名请用 openssl ts -verify 核验", "timestamp {} names its checkpoint; verify its signature by openssl ts -verify"),
    "no_stamp": ("时间戳 {} 与检查点不符", "timestamp {} names another checkpoint"),
    "file": ("佐证材料 {}：与登记的摘要不一致", "evidence {}: has another digest"),
    "files": ("佐证材料 {} 份，摘要一致", "{} evidence files, digests agree"),
    "algorithm": ("本机缺少算法 {}，无法核验", "this machine lacks the algorithm {}"),
    "good": ("结论：全部一致", "Result: all holds"),
    "bad": ("结论：发现 {} 处问题", "Result: {} things do not hold"),
    "unread": ("数据包无法读取：{}", "the package cannot be read: {}"),
}  # fmt: skip
FAULTS = {
    "hash",
    "chain",
    "short",
    "path",
    "root",
    "unsigned",
    "unseen",
    "longer",
    "no_stamp",
    "file",
    "lost",
    "stray",
    "behind",
}


Tell = Callable[..., None]


def moment(text: str) -> datetime:
    """The time as lines and checkpoints write it."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ")  # noqa: DTZ007 - all are UTC


class Package:
    """An opened package and what was found in it so far; `tell` takes a code of WORDS and its values."""

    def __init__(self, archive: zipfile.ZipFile, tell: Tell, keys: list[str], anchors: list[Note]) -> None:
        """Raises KeyError, ValueError or TypeError, as all methods do, for what is no package."""
        self.zip, self.tell, self.keys, self.names = archive, tell, keys, set(archive.namelist())
        self.about = json.loads(archive.read("manifest.json"))
        self.head = Note(archive.read("checkpoint.txt").decode())
        self.leaves: list[bytes] = []
        self.digests: dict[str, bool] = {}
        self.last: dict[str, Any] = {"chain": "", "seq": 0, "hash": ""}
        self.count = self.unsealed = 0
        self.lasts: dict[str, int] = {}
        self.anchors = [("", note) for note in anchors] + [
            (name, Note(archive.read(name).decode()))
            for name in sorted(self.names)
            if name.startswith(("anchors/", "timestamps/")) and name.endswith(".txt")
        ]

    def verify(self) -> None:
        """Tell all that can be said."""
        self.checkpoint()
        self.lines()
        for name, note in self.anchors:
            self.outside(name, note)
        self.files()

    def checkpoint(self) -> None:
        """The signature of the checkpoint, and its root where all leaves are at hand."""
        self.tell("sealed", self.head.size, self.head.time)
        if not self.keys:
            self.tell("own_key")
        key = next((key for key in self.keys or [self.about["key"]] if self.head.signed_by(key)), None)
        self.tell(*(("signed", key) if key else ("unsigned",)))
        if "leaves.txt" in self.names:
            with self.zip.open("leaves.txt") as rows:
                self.leaves = [leaf(bytes.fromhex(row.decode().strip())) for row in rows]
            if len(self.leaves) != self.head.size or root_of(self.leaves) != self.head.root:
                self.tell("root")

    def lines(self) -> None:
        """Every line: its hash, its place in its chain, its proof; and that none is missing."""
        with self.zip.open("events.jsonl") as rows:
            for row in rows:
                self.line(json.loads(row))
        for chain, last in sorted(self.about["chains"].items()):
            if self.lasts.get(chain, 0) < last:
                self.tell("short", chain, last)
        self.tell("lines", self.count, len(self.lasts))
        if self.leaves and self.count - self.unsealed != len(self.leaves):
            self.tell("lost", len(self.leaves), self.count - self.unsealed)
        if self.unsealed:
            self.tell("open", self.unsealed)

    def line(self, given: Any) -> None:
        """One line, which comes after those before it of its chain."""
        line, last = given["line"], self.last
        name, position = f"{line['chain']}#{line['seq']}", given["position"]
        if line["chain"] != last["chain"]:
            last = {"seq": 0, "hash": ""}
        try:
            found = hash_of(line)
        except ValueError:
            self.tell("algorithm", line["algorithm"])
            raise
        if found.hex() != given["hash"]:
            self.tell("hash", name)
        if line["seq"] != last["seq"] + 1 or line["previous_hash"] != last["hash"]:
            self.tell("chain", name)
        if position is not None and not self.is_sealed(found, given):
            self.tell("path", name)
        if position is None and moment(self.head.time) - moment(line["recorded_at"]) > timedelta(hours=1):
            self.tell("behind", name)
        self.last = {"chain": line["chain"], "seq": line["seq"], "hash": given["hash"]}
        self.lasts[line["chain"]] = line["seq"]
        self.count, self.unsealed = self.count + 1, self.unsealed + (position is None)
        self.digests.update((str(value), True) for value in line["payload"].values() if len(str(value)) == 64)

    def is_sealed(self, found: bytes, given: Any) -> bool:
        """Whether the line stands at its place under the checkpoint."""
        if self.leaves:
            return self.leaves[given["position"] : given["position"] + 1] == [leaf(found)]
        path = [bytes.fromhex(step) for step in given["path"]]
        return is_included(leaf(found), given["position"], self.head.size, path, self.head.root)

    def outside(self, name: str, note: Note) -> None:
        """An anchor: whether the checkpoint goes on from it, and who signed it."""
        self.tell(self.agreement(note), name or "+", note.size)
        for key in self.keys:
            if b64decode(key.split("+", 2)[2])[:1] == b"\x04" and note.signed_by(key):
                self.tell("cosigned", key)
        stamp = name[: -len(".txt")] + ".tsr"
        if stamp in self.names:
            imprint = b"\x04\x20" + hashlib.sha256(self.zip.read(name)).digest()
            self.tell("stamp" if imprint in self.zip.read(stamp) else "no_stamp", stamp)

    def agreement(self, note: Note) -> str:
        """The code for how an anchor and the checkpoint go together."""
        path = json.loads(self.zip.read("consistency.json")).get(str(note.size))
        if note.size > self.head.size:
            return "longer"
        if self.leaves:
            return "seen" if root_of(self.leaves[: note.size]) == note.root else "unseen"
        if path is None and note.size != self.head.size:
            return "unproved"
        steps = [bytes.fromhex(step) for step in path or ()]
        holds = is_consistent(note.size, self.head.size, steps, note.root, self.head.root)
        return "seen" if holds else "unseen"

    def files(self) -> None:
        """The evidence: named by its digest, and named by a line."""
        names = [name for name in sorted(self.names) if name.startswith("evidence/")]
        for name in names:
            digest = hashlib.sha256()
            with self.zip.open(name) as content:
                for part in iter(lambda: content.read(1 << 20), b""):
                    digest.update(part)
            if name != "evidence/" + digest.hexdigest():
                self.tell("file", name)
            if digest.hexdigest() not in self.digests:
                self.tell("stray", name)
        self.tell("files", len(names))


def main(arguments: list[str] | None = None) -> int:
    """Verify the package that the command line names; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package")
    parser.add_argument("--key", action="append", default=[], help="公钥 public key: name+hash+base64")
    parser.add_argument("--anchor", action="append", default=[], help="外部检查点 checkpoints kept outside")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")
    chosen = parser.parse_args(arguments)
    faults: list[str] = []

    def tell(code: str, *values: Any) -> None:
        faults.extend([code] if code in FAULTS else [])
        words = WORDS[code][chosen.lang == "en"].format(*values)
        sys.stdout.write(("✗ " if code in FAULTS else "· ") + words + "\n")

    try:
        anchors = [note for name in chosen.anchor for note in notes_of(_text(name))]
        with zipfile.ZipFile(chosen.package) as archive:
            Package(archive, tell, chosen.key, anchors).verify()
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as why:
        tell("unread", repr(why))
        return 2
    tell(*(("bad", len(faults)) if faults else ("good",)))
    return 1 if faults else 0


def _text(path: str) -> str:
    with open(path, encoding="utf-8") as kept:
        return kept.read()


if __name__ == "__main__":
    sys.exit(main())
