"""What was released: definitions and migrations, which are followed by newer ones and never edited.

`python -m tests.released > tests/released.txt` writes what the next release holds, when CHANGELOG.md has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parent.parent
KEPT = Path(__file__).parent / "released.txt"
FOLDERS = {"definitions": (".yaml", ".docx"), "storage/migrations/versions": (".py",)}
RELEASE = re.compile(r"(?m)^## \[(\d+\.\d+\.\d+)\]")


def releases() -> list[str]:
    """The versions that CHANGELOG.md tells as released, newest first."""
    return RELEASE.findall((ROOT / "CHANGELOG.md").read_text("utf-8"))


def digests() -> Iterator[tuple[str, str]]:
    """Every file that a release freezes, with its digest; in the order of paths."""
    for folder, endings in FOLDERS.items():
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in endings:
                content = path.read_bytes()
                # A checkout may have other ends of lines; a Word file is as it is.
                same = content if path.suffix == ".docx" else content.replace(b"\r\n", b"\n")
                yield path.relative_to(ROOT).as_posix(), sha256(same).hexdigest()


def released() -> Mapping[str, str]:
    """The files of all releases, as they were released."""
    lines = KEPT.read_text("utf-8").splitlines() if KEPT.exists() else ()
    return {path: digest for digest, path in (line.split("  ") for line in lines)}


if __name__ == "__main__":
    for path, digest in digests():
        print(f"{digest}  {path}")
