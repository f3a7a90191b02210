"""The chain that joins two rows: strongest where it is weakest, never over a contradiction."""

from smart_record.linkage.review.chains import strongest_chain
from smart_record.linkage.review.explaining import PairExplained

A, B, C, D = (("rent", ref, "tenant") for ref in "ABCD")


def link(bits: float, *conflicts: str) -> PairExplained:
    return PairExplained(
        one={}, other={}, weights={"dob": bits}, match_weight=bits, needed=0.0, conflicts=conflicts
    )


def test_two_rows_hang_together_through_the_row_that_knows_both() -> None:
    told = {(A, B): link(-3.0), (A, C): link(9.0), (B, C): link(7.0)}
    assert strongest_chain((A, B), [A, B, C], told) == (A, C, B)
    assert strongest_chain((B, A), [A, B, C], told) == (B, C, A)


def test_a_direct_link_as_strong_as_the_way_round_is_told_alone() -> None:
    told = {(A, B): link(7.0), (A, C): link(9.0), (B, C): link(7.0)}
    assert strongest_chain((A, B), [A, B, C], told) == (A, B)


def test_a_contradiction_is_no_link_unless_an_officer_says_so() -> None:
    told = {(A, B): link(20.0, "two forenames"), (A, C): link(1.0), (B, C): link(1.0), (A, D): None}
    assert strongest_chain((A, B), [A, B, C], told) == (A, C, B)
    assert strongest_chain((A, B), [A, B, C], told, {(B, A)}) == (A, B)
    assert strongest_chain((A, D), [A, B, C, D], told) == ()
