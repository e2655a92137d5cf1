"""A little of the generated input of ``python -m tests.fuzz.reading`` in every run."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.reading import CHECKS, run


@pytest.mark.parametrize("check", range(len(CHECKS)), ids=lambda n: CHECKS[n].__name__)
@settings(max_examples=3, deadline=None)
@given(st.integers(0, 10**9))
def test_generated_input_ends_with_an_account(check, seed):
    """No exception from any reader, the classifier or the cleaning, and all counts add up."""
    count, problem = run(len(CHECKS) * seed + check)
    assert not problem
    assert count > 0
