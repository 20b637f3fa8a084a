"""The Merkle tree of the log, after RFC 6962 section 2.1 with SHA-256.

Everything here works on leaf hashes, never on the entries themselves. The log keeps a `CompactRange` in
its head and grows it entry by entry; proofs are made from the stored leaf hashes and checked against a root.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

HASH_SIZE = 32
_SIZE_BYTES = 8


def leaf_hash(data: bytes) -> bytes:
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def empty_root() -> bytes:
    return sha256(b"").digest()


@dataclass(frozen=True, slots=True)
class CompactRange:
    """A tree of `size` leaves, reduced to the roots of its perfect subtrees, the largest first."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.peaks) != self.size.bit_count():
            raise ValueError(f"{len(self.peaks)} peaks do not make a tree of {self.size} leaves.")
        for peak in self.peaks:
            if len(peak) != HASH_SIZE:
                _insist_on_hash(peak)

    def append(self, leaf: bytes) -> CompactRange:
        """The tree with one more leaf, given by its leaf hash; at most log2(size) + 1 hashes."""
        _insist_on_hash(leaf)
        peaks = list(self.peaks)
        full, node = self.size, leaf
        while full & 1:
            node = node_hash(peaks.pop(), node)
            full >>= 1
        return CompactRange(self.size + 1, (*peaks, node))

    def root(self) -> bytes:
        if not self.peaks:
            return empty_root()
        root = self.peaks[-1]
        for peak in self.peaks[-2::-1]:
            root = node_hash(peak, root)
        return root

    def encode(self) -> bytes:
        """The size in eight bytes, big end first, and the peaks: at most 2 KiB, for a database column."""
        return self.size.to_bytes(_SIZE_BYTES, "big") + b"".join(self.peaks)

    @classmethod
    def decode(cls, data: bytes) -> CompactRange:
        """Inverse of `encode`; raises ValueError for bytes that it cannot have written."""
        if len(data) < _SIZE_BYTES or (len(data) - _SIZE_BYTES) % HASH_SIZE:
            raise ValueError(f"{len(data)} bytes are no compact range.")
        size = int.from_bytes(data[:_SIZE_BYTES], "big")
        starts = range(_SIZE_BYTES, len(data), HASH_SIZE)
        return cls(size, tuple(data[start : start + HASH_SIZE] for start in starts))


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes in log order."""
    if set(map(len, leaves)) - {HASH_SIZE}:
        _insist_on_hash(next(leaf for leaf in leaves if len(leaf) != HASH_SIZE))
    return _root_between(leaves, 0, len(leaves))


def inclusion_proof(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """The path PATH(index, leaves), from the leaf upwards; IndexError when the tree has no such leaf."""
    if not 0 <= index < len(leaves):
        raise IndexError(f"A tree of {len(leaves)} leaves has no leaf {index}.")
    path: list[bytes] = []
    low, high = 0, len(leaves)
    while high - low > 1:
        middle = low + _left_size(high - low)
        if index < middle:
            path.append(_root_between(leaves, middle, high))
            high = middle
        else:
            path.append(_root_between(leaves, low, middle))
            low = middle
    return tuple(reversed(path))


def consistency_proof(leaves: Sequence[bytes], old_size: int) -> tuple[bytes, ...]:
    """The proof PROOF(old_size, leaves) that the first `old_size` leaves still begin the tree.

    A tree of no leaves begins every tree, so there is nothing to prove: 0 is a ValueError, as is a size
    beyond the tree's own.
    """
    if not 0 < old_size <= len(leaves):
        raise ValueError(f"No consistency proof leads from {old_size} to {len(leaves)} leaves.")
    path: list[bytes] = []
    low, high = 0, len(leaves)
    while high != old_size:
        middle = low + _left_size(high - low)
        if old_size <= middle:
            path.append(_root_between(leaves, middle, high))
            high = middle
        else:
            path.append(_root_between(leaves, low, middle))
            low = middle
    if low:
        path.append(_root_between(leaves, low, high))
    return tuple(reversed(path))


def verify_inclusion(leaf: bytes, *, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether `proof` shows the leaf hash at `index` under `root`, after RFC 9162 section 2.1.3.2."""
    if not 0 <= index < size or not _all_hashes(leaf, root, *proof):
        return False
    at, last, node = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            node = node_hash(sibling, node)
            at, last = _climb_to_right_child(at, last)
        else:
            node = node_hash(node, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and node == root


def verify_consistency(
    *, old_size: int, new_size: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether `proof` shows that the old tree begins the new one, after RFC 9162 section 2.1.4.2.

    False from size 0: every tree begins with the empty one, so such a proof would say nothing.
    """
    if not 0 < old_size <= new_size or not _all_hashes(old_root, new_root, *proof):
        return False
    if old_size == new_size:
        return not proof and old_root == new_root
    if not proof:
        return False

    at, last = old_size - 1, new_size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    # A perfect old tree is itself the first node, and the proof leaves it out.
    first, *path = proof if at else (old_root, *proof)
    old_node = new_node = first
    for sibling in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            old_node, new_node = node_hash(sibling, old_node), node_hash(sibling, new_node)
            at, last = _climb_to_right_child(at, last)
        else:
            new_node = node_hash(new_node, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and old_node == old_root and new_node == new_root


def _climb_to_right_child(at: int, last: int) -> tuple[int, int]:
    while at and not at & 1:
        at, last = at >> 1, last >> 1
    return at, last


def _left_size(count: int) -> int:
    """The largest power of two below `count`, which is at least 2."""
    return 1 << (count - 1).bit_length() - 1


def _root_between(leaves: Sequence[bytes], low: int, high: int) -> bytes:
    if low == high:
        return empty_root()
    level = list(leaves[low:high])
    while len(level) > 1:
        # A node without a sibling climbs unchanged until it meets one.
        lonely = level[-1:] if len(level) % 2 else []
        # `node_hash` written out: its call would be a fifth of a verification of the log.
        level = [
            sha256(b"\x01" + left + right).digest()
            for left, right in zip(level[::2], level[1::2], strict=False)
        ] + lonely
    return level[0]


def _all_hashes(*hashes: bytes) -> bool:
    return all(len(hash) == HASH_SIZE for hash in hashes)


def _insist_on_hash(hash: bytes) -> None:
    if len(hash) != HASH_SIZE:
        raise ValueError(f"A hash of the log has {HASH_SIZE} bytes, not {len(hash)}.")
