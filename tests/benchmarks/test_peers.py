"""The race against peers takes every contender through the same steps. Nothing here looks at a time."""

from __future__ import annotations

import pytest

from benchmarks.peers.__main__ import OURS, PEERS, contenders, race


@pytest.mark.parametrize("name", [OURS, *PEERS])
def test_a_contender_completes_every_task_of_a_round(name: str) -> None:
    if name == "spiffworkflow":
        pytest.importorskip("SpiffWorkflow", reason="SpiffWorkflow is not installed")

    (standing,) = race({name: contenders()[name]}, rounds=1)

    assert (standing.name, len(standing.seconds), len(standing.busy)) == (name, 1, 1)
    assert standing.whole >= standing.grown > 0
