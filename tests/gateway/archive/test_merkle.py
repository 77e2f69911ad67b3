from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.archive import merkle

# The eight leaves and nine roots of the certificate-transparency reference implementation.
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
# (leaf, size, path), counted from 0, from the same reference.
PATHS = [
    (0, 1, []),
    (
        0,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        5,
        8,
        [
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (
        1,
        5,
        [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
]


def naive_root(leaves: list[bytes]) -> bytes:
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\x01" + naive_root(leaves[:k]) + naive_root(leaves[k:])).digest()


def naive_path(index: int, leaves: list[bytes]) -> list[bytes]:
    if len(leaves) == 1:
        return []
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if index < k:
        return [*naive_path(index, leaves[:k]), naive_root(leaves[k:])]
    return [*naive_path(index - k, leaves[k:]), naive_root(leaves[:k])]


def naive_consistency(old: int, leaves: list[bytes], *, whole: bool = True) -> list[bytes]:
    if old == len(leaves):
        return [] if whole else [naive_root(leaves)]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if old <= k:
        return [*naive_consistency(old, leaves[:k], whole=whole), naive_root(leaves[k:])]
    return [*naive_consistency(old - k, leaves[k:], whole=False), naive_root(leaves[:k])]


def grow(leaves: list[bytes]) -> dict[merkle.Position, bytes]:
    nodes: dict[merkle.Position, bytes] = {}
    for size, leaf in enumerate(leaves):
        nodes |= merkle.append(size, nodes, [merkle.leaf_hash(leaf)]).nodes
    return nodes


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_the_reference(size: int) -> None:
    growth = merkle.append(0, {}, [merkle.leaf_hash(leaf) for leaf in LEAVES[:size]])
    assert growth.root.hex() == ROOTS[size]
    assert growth.size == size
    assert merkle.root(size, grow(LEAVES)).hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size", "path"), PATHS)
def test_paths_are_those_of_the_reference(index: int, size: int, path: list[str]) -> None:
    proof = merkle.inclusion_proof(index, size, grow(LEAVES))
    assert [value.hex() for value in proof] == path
    merkle.verify_inclusion(
        merkle.leaf_hash(LEAVES[index]), index, size, proof, bytes.fromhex(ROOTS[size])
    )


@given(
    parts=st.lists(st.lists(st.binary(max_size=3), max_size=9), max_size=12),
)
@settings(max_examples=60, deadline=None)
def test_growth_in_any_parts_gives_the_naive_root(parts: list[list[bytes]]) -> None:
    size, nodes, leaves = 0, dict[merkle.Position, bytes](), list[bytes]()
    for part in parts:
        leaves += part
        edge = {position: nodes[position] for position in merkle.frontier(size)}
        growth = merkle.append(size, edge, [merkle.leaf_hash(leaf) for leaf in part])
        assert not growth.nodes.keys() & nodes.keys()
        nodes |= growth.nodes
        size = growth.size
        assert growth.root == naive_root(leaves)
    assert len(nodes) <= 2 * size


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 16, 21])
def test_every_proof_equals_the_naive_one_and_verifies(size: int) -> None:
    leaves = [bytes([n]) for n in range(size)]
    nodes = grow(leaves)
    whole = naive_root(leaves)
    for index in range(size):
        needed = {p: nodes[p] for p in merkle.inclusion_positions(index, size)}
        proof = merkle.inclusion_proof(index, size, needed)
        assert list(proof) == naive_path(index, leaves)
        merkle.verify_inclusion(merkle.leaf_hash(leaves[index]), index, size, proof, whole)
    for old in range(size + 1):
        needed = {p: nodes[p] for p in merkle.consistency_positions(old, size)}
        proof = merkle.consistency_proof(old, size, needed)
        if old:
            assert list(proof) == naive_consistency(old, leaves)
        merkle.verify_consistency(old, size, naive_root(leaves[:old]), whole, proof)


@given(size=st.integers(2, 40), data=st.data())
@settings(max_examples=80, deadline=None)
def test_no_proof_survives_a_change(size: int, data: st.DataObject) -> None:
    leaves = [bytes([n]) for n in range(size)]
    nodes, whole = grow(leaves), naive_root(leaves)
    index = data.draw(st.integers(0, size - 1))
    leaf = merkle.leaf_hash(leaves[index])
    proof = merkle.inclusion_proof(index, size, nodes)
    with pytest.raises(merkle.ProofError):
        merkle.verify_inclusion(merkle.leaf_hash(b"other"), index, size, proof, whole)
    for wrong in (proof[:-1], (*proof, whole), (whole, *proof[1:])):
        with pytest.raises(merkle.ProofError):
            merkle.verify_inclusion(leaf, index, size, wrong, whole)
    other = (index + 1) % size
    with pytest.raises(merkle.ProofError):
        merkle.verify_inclusion(leaf, other, size, proof, whole)

    old = data.draw(st.integers(1, size - 1))
    steps = merkle.consistency_proof(old, size, nodes)
    forged = naive_root([b"x", *leaves[1:old]])
    with pytest.raises(merkle.ProofError):
        merkle.verify_consistency(old, size, forged, whole, steps)
    with pytest.raises(merkle.ProofError):
        merkle.verify_consistency(old, size, naive_root(leaves[:old]), forged, steps)
    for cut in (steps[:-1], (*steps, whole)):
        with pytest.raises(merkle.ProofError):
            merkle.verify_consistency(old, size, naive_root(leaves[:old]), whole, cut)


@pytest.mark.parametrize(("index", "size"), [(-1, 4), (4, 4), (0, 0)])
def test_a_leaf_outside_the_tree_has_no_proof(index: int, size: int) -> None:
    with pytest.raises(merkle.ProofError):
        merkle.inclusion_proof(index, size, {})
    with pytest.raises(merkle.ProofError):
        merkle.verify_inclusion(b"", index, size, (), b"")


def test_a_tree_does_not_begin_with_a_larger_one() -> None:
    with pytest.raises(merkle.ProofError):
        merkle.consistency_proof(5, 4, {})
    with pytest.raises(merkle.ProofError):
        merkle.verify_consistency(5, 4, b"", b"", ())
