"""Another invented council, by another hand: is the matching as good on a town that it was not made beside?

Its maker had read labelled extracts and had not seen the matching. It shares no code with `triage.invented`,
and must not be brought nearer to what the matching expects: that it is a stranger is what it is for. Nobody
in it exists.

At dirt 1 its rates are those counted in the labelled extracts. Above it errors are so many times as common,
and kinds come in that those extracts did not have, all of them by dirt 2.5. One of these is a matter of
opinion: a grown-up child with a claim of their own is labelled as of the parents' household.
"""

from bench.other_council.council import generate_other

__all__ = ["generate_other"]
