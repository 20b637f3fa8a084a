"""The log's Merkle code: held to vectors that others wrote and to the recursive definition of RFC 6962."""

import json
from base64 import b64decode
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.log.merkle import (
    HASH_SIZE,
    CompactRange,
    consistency_proof,
    empty_root,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)

VECTORS = Path(__file__).resolve().parents[3].parent / "shared" / "vectors"

needs_vectors = pytest.mark.skipif(not VECTORS.is_dir(), reason="the folder ../shared/vectors is not here")

# This suite proves consistency of a 12-byte "root"; ours has 32 bytes or is none.
SHORT_ROOT = "consistency/additional/sizes-are-equal-one-and-proof-is-empty.json"


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (VECTORS / name).read_text("utf-8").splitlines()]


def cases(name: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads((VECTORS / name).read_text("utf-8"))
    return loaded


def decoded(hashes: list[str] | None) -> list[bytes]:
    return [b64decode(each) for each in hashes or []]


@needs_vectors
def test_every_inclusion_vector_is_judged_as_its_authors_judge_it() -> None:
    vectors = lines("merkle-inclusion.jsonl")

    accepted = {
        case["file"]
        for case in vectors
        if verify_inclusion(
            b64decode(case["leafHash"]),
            index=case["leafIdx"],
            size=case["treeSize"],
            proof=decoded(case["proof"]),
            root=b64decode(case["root"]),
        )
    }

    assert len(vectors) == 98
    assert accepted == {case["file"] for case in vectors if not case["wantErr"]}


@needs_vectors
def test_every_consistency_vector_but_the_short_root_is_judged_as_its_authors_judge_it() -> None:
    vectors = lines("merkle-consistency.jsonl")

    accepted = {
        case["file"]
        for case in vectors
        if verify_consistency(
            old_size=case["size1"],
            new_size=case["size2"],
            old_root=b64decode(case["root1"]),
            new_root=b64decode(case["root2"]),
            proof=decoded(case["proof"]),
        )
    }

    assert len(vectors) == 98
    assert accepted == {case["file"] for case in vectors if not case["wantErr"]} - {SHORT_ROOT}


@needs_vectors
def test_the_sixteen_tree_heads_come_out_by_both_ways_of_building() -> None:
    heads = cases("cctv-merkle_tree.json")
    leaves: list[bytes] = []
    grown = CompactRange()

    for head in heads:
        leaf = leaf_hash(head["leaf_data"].encode())
        leaves.append(leaf)
        grown = grown.append(leaf)
        assert leaf == b64decode(head["leaf_hash"])
        assert grown.root() == root_of(leaves) == b64decode(head["root_hash"])

    assert len(heads) == 16


@needs_vectors
@pytest.mark.parametrize(("kind", "wanted"), [("valid", True), ("invalid", False)])
def test_cctv_inclusion_proofs(kind: str, wanted: bool) -> None:
    proofs = cases(f"cctv-inclusion-{kind}.json")

    judged = [
        verify_inclusion(
            b64decode(case["leaf_hash"]),
            index=case["leaf_index"],
            size=case["tree_size"],
            proof=decoded(case["inclusion_path"]),
            root=b64decode(case["root_hash"]),
        )
        for case in proofs
    ]

    assert judged == [wanted] * 4


@needs_vectors
@pytest.mark.parametrize(("kind", "count"), [("valid", 4), ("invalid", 16)])
def test_cctv_consistency_proofs_but_those_from_the_empty_tree(kind: str, count: int) -> None:
    proofs = cases(f"cctv-consistency-{kind}.json")

    judged = [
        verify_consistency(
            old_size=case["old_size"],
            new_size=case["new_size"],
            old_root=b64decode(case["old_root"]),
            new_root=b64decode(case["new_root"]),
            proof=decoded(case["consistency_path"]),
        )
        for case in proofs
    ]

    # This suite accepts a proof from size 0 where the old root is SHA-256 of nothing; the library refuses it.
    assert judged == [kind == "valid" and case["old_size"] > 0 for case in proofs]
    assert len(proofs) == count


def defined_root(leaves: Sequence[bytes]) -> bytes:
    """MTH as RFC 6962 section 2.1 words it, over leaf hashes."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    left = 1
    while left * 2 < len(leaves):
        left *= 2
    return node_hash(defined_root(leaves[:left]), defined_root(leaves[left:]))


def numbered(count: int) -> list[bytes]:
    return [leaf_hash(str(number).encode()) for number in range(count)]


def grown(leaves: Sequence[bytes]) -> CompactRange:
    tree = CompactRange()
    for leaf in leaves:
        tree = tree.append(leaf)
    return tree


sizes = st.integers(1, 200)
one_byte_off = st.tuples(st.integers(0, HASH_SIZE - 1), st.integers(1, 255))


def changed(original: bytes, change: tuple[int, int]) -> bytes:
    place, difference = change
    return original[:place] + bytes([original[place] ^ difference]) + original[place + 1 :]


@given(st.lists(st.binary(max_size=8), max_size=70))
def test_root_and_compact_range_equal_the_recursive_definition(entries: list[bytes]) -> None:
    leaves = [leaf_hash(entry) for entry in entries]

    tree = grown(leaves)

    assert tree.root() == root_of(leaves) == defined_root(leaves)
    assert tree.size == len(leaves)
    assert CompactRange.decode(tree.encode()) == tree


@given(sizes, st.data())
def test_every_leaf_proves_its_inclusion(size: int, data: st.DataObject) -> None:
    leaves = numbered(size)
    index = data.draw(st.integers(0, size - 1))

    proof = inclusion_proof(leaves, index)

    assert verify_inclusion(leaves[index], index=index, size=size, proof=proof, root=root_of(leaves))


@given(sizes, st.data(), one_byte_off)
def test_a_changed_inclusion_proof_shows_nothing(
    size: int, data: st.DataObject, change: tuple[int, int]
) -> None:
    leaves, index = numbered(size), data.draw(st.integers(0, size - 1))
    proof, root, leaf = list(inclusion_proof(leaves, index)), root_of(leaves), leaves[index]
    place = data.draw(st.integers(0, len(proof)))

    def shows(
        leaf: bytes = leaf,
        index: int = index,
        size: int = size,
        proof: Sequence[bytes] = proof,
        root: bytes = root,
    ) -> bool:
        return verify_inclusion(leaf, index=index, size=size, proof=proof, root=root)

    assert shows()
    assert not shows(leaf=changed(leaf, change))
    assert not shows(root=changed(root, change))
    assert not shows(index=data.draw(st.integers(-3, 203).filter(lambda other: other != index)))
    assert not shows(size=index)
    assert not shows(proof=[*proof[:place], leaf, *proof[place:]])
    if place < len(proof):
        assert not shows(proof=[*proof[:place], *proof[place + 1 :]])
        assert not shows(proof=[*proof[:place], changed(proof[place], change), *proof[place + 1 :]])
        assert not shows(proof=[*proof[:place], proof[place][:-1], *proof[place + 1 :]])


@given(sizes, st.data())
def test_every_tree_proves_what_it_grew_from(new_size: int, data: st.DataObject) -> None:
    leaves = numbered(new_size)
    old_size = data.draw(st.integers(1, new_size))

    proof = consistency_proof(leaves, old_size)

    assert verify_consistency(
        old_size=old_size,
        new_size=new_size,
        old_root=root_of(leaves[:old_size]),
        new_root=root_of(leaves),
        proof=proof,
    )


@given(sizes, st.data(), one_byte_off)
def test_a_changed_consistency_proof_shows_nothing(
    new_size: int, data: st.DataObject, change: tuple[int, int]
) -> None:
    leaves, old_size = numbered(new_size), data.draw(st.integers(1, new_size))
    proof = list(consistency_proof(leaves, old_size))
    old_root, new_root = root_of(leaves[:old_size]), root_of(leaves)
    place = data.draw(st.integers(0, len(proof)))

    def shows(
        old_size: int = old_size,
        new_size: int = new_size,
        old_root: bytes = old_root,
        new_root: bytes = new_root,
        proof: Sequence[bytes] = proof,
    ) -> bool:
        return verify_consistency(
            old_size=old_size, new_size=new_size, old_root=old_root, new_root=new_root, proof=proof
        )

    assert shows()
    assert not shows(old_root=changed(old_root, change))
    assert not shows(new_root=changed(new_root, change))
    assert not shows(old_size=0)
    assert not shows(old_size=new_size + 1)
    assert not shows(proof=[*proof[:place], new_root, *proof[place:]])
    if place < len(proof):
        assert not shows(proof=[*proof[:place], *proof[place + 1 :]])
        assert not shows(proof=[*proof[:place], changed(proof[place], change), *proof[place + 1 :]])
        assert not shows(proof=[*proof[:place], proof[place] + b"\x00", *proof[place + 1 :]])


def test_a_root_that_is_not_32_bytes_long_is_never_accepted() -> None:
    short = b"twelve bytes"

    assert not verify_inclusion(short, index=0, size=1, proof=[], root=short)
    assert not verify_consistency(old_size=1, new_size=1, old_root=short, new_root=short, proof=[])


def test_the_empty_tree() -> None:
    assert CompactRange().root() == root_of([]) == empty_root() == sha256(b"").digest()
    assert CompactRange().encode() == bytes(8)


def test_a_tree_takes_leaf_hashes_and_no_data() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        CompactRange().append(b"an entry's bytes")
    with pytest.raises(ValueError, match="32 bytes"):
        root_of([b"an entry's bytes"])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        bytes(7),
        bytes(9),
        bytes(8) + bytes(HASH_SIZE),
        (3).to_bytes(8, "big") + bytes(HASH_SIZE),
        (1).to_bytes(8, "big") + bytes(HASH_SIZE - 1),
    ],
)
def test_bytes_that_are_no_compact_range_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"no compact range|do not make a tree"):
        CompactRange.decode(data)


@pytest.mark.parametrize("index", [-1, 3])
def test_a_proof_of_a_leaf_that_is_not_there_is_refused(index: int) -> None:
    with pytest.raises(IndexError, match="no leaf"):
        inclusion_proof(numbered(3), index)


@pytest.mark.parametrize("old_size", [-1, 0, 4])
def test_a_consistency_proof_from_no_earlier_tree_is_refused(old_size: int) -> None:
    with pytest.raises(ValueError, match="No consistency proof"):
        consistency_proof(numbered(3), old_size)
