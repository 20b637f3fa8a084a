"""Checks an exported log against a head that was published earlier; outsiders read it on the page of the log.

It stands alone and is called with the names of the export and of the published `head.json`.
"""

import hashlib
import json
import sys
from pathlib import Path


def root(leaves: list[bytes]) -> bytes:
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256().digest()
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    return hashlib.sha256(b"\1" + root(leaves[:split]) + root(leaves[split:])).digest()


if __name__ == "__main__":
    export, published = (Path(name).read_text(encoding="utf-8") for name in sys.argv[1:3])
    *entries, last = map(json.loads, export.rstrip("\n").split("\n"))
    heads = {head["log"]: head for head in json.loads(published)["logs"]}
    head = heads[last["head"]["log"]]
    leaves = [hashlib.sha256(b"\0" + entry["bytes"].encode()).digest() for entry in entries]
    if len(leaves) < head["size"] or root(leaves[: head["size"]]).hex() != head["root"]:
        sys.exit("the log is not the one whose head was published")
    print(head["log"], head["size"], head["root"])
