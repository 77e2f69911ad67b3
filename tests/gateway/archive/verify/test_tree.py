"""The verifier's tree against the one that makes the proofs: written apart, equal."""

import pytest

from gateway.archive import merkle
from gateway.archive.verify.tree import (
    EMPTY_ROOT,
    TreeError,
    leaf_hash,
    root_by_inclusion,
    roots_by_consistency,
)


def test_every_proof_leads_to_the_same_roots() -> None:
    leaves = [b"%d" % number for number in range(33)]
    grown = merkle.append(0, {}, [merkle.leaf_hash(leaf) for leaf in leaves])
    roots = [merkle.root(size, grown.nodes) for size in range(34)]
    assert roots[0] == EMPTY_ROOT
    for size in range(1, 34):
        for index in range(size):
            proof = merkle.inclusion_proof(index, size, grown.nodes)
            assert root_by_inclusion(leaf_hash(leaves[index]), index, size, proof) == roots[size]
            wrong_lengths = [[*proof, bytes(32)], proof[:-1]] if proof else [[bytes(32)]]
            for wrong in wrong_lengths:
                with pytest.raises(TreeError):
                    root_by_inclusion(b"", index, size, wrong)
        for old in range(1, size + 1):
            steps = merkle.consistency_proof(old, size, grown.nodes)
            both = (roots[old], roots[size])
            assert roots_by_consistency(old, size, roots[old], steps) == both
            with pytest.raises(TreeError):
                roots_by_consistency(old, size, roots[old], [*steps, bytes(32)])
            if steps:
                with pytest.raises(TreeError):
                    roots_by_consistency(old, size, roots[old], steps[:-1])


@pytest.mark.parametrize(("old", "new"), [(0, 3), (4, 3), (-1, 3)])
def test_sizes_that_cannot_be_compared_are_refused(old: int, new: int) -> None:
    with pytest.raises(TreeError):
        roots_by_consistency(old, new, b"", [])


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_a_leaf_outside_the_tree_is_refused(index: int, size: int) -> None:
    with pytest.raises(TreeError):
        root_by_inclusion(b"", index, size, [])
