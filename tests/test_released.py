"""A released definition or migration is followed by a newer one, never edited: offices rest on it."""

from __future__ import annotations

from tests.released import digests, released, releases


def test_what_was_released_is_as_it_was() -> None:
    now = dict(digests())

    assert {path: now.get(path) for path in released()} == released()


def test_a_release_keeps_what_it_froze() -> None:
    assert bool(releases()) == bool(released())
