"""Which votes, ways and titles of a rule pack cannot be."""

from __future__ import annotations

from collections.abc import Iterator

from workflow.files.telling import told
from workflow.lint.findings import Finding
from workflow.model.definition import AwardTitle, RulePack, Way


def lint_rules(pack: RulePack) -> tuple[Finding, ...]:
    return (*_vote_out_of_range(pack), *_way_that_cannot_be_gone(pack), *_given_and_given_elsewhere(pack))


def _vote_out_of_range(pack: RulePack) -> Iterator[Finding]:
    for title in pack.titles:
        if title.vote is None:
            continue
        where = ("titles", title.id, "vote", "percent")
        if not 1 <= title.vote.percent <= 100:
            message = told(
                "'{id}': {percent} % is out of range, 1 to 100", id=title.id, percent=title.vote.percent
            )
            yield Finding("error", "vote_out_of_range", where, message)
        elif title.vote.strict and title.vote.percent == 100:
            message = told("'{id}': more than 100 % can never be reached", id=title.id)
            yield Finding("error", "vote_out_of_range", where, message)


def _way_that_cannot_be_gone(pack: RulePack) -> Iterator[Finding]:
    for title in pack.titles:
        for type, way in title.ways.items():
            where = ("titles", title.id, "ways", type) if type else ("titles", title.id, "way")
            named = told("'{id}' for {type}", id=title.id, type=type) if type else told("'{id}'", id=title.id)
            for message in _flaws_of_way(pack, title, way):
                yield Finding(
                    "error",
                    "way_that_cannot_be_gone",
                    where,
                    told("{named} {message}", named=named, message=message),
                )


def _flaws_of_way(pack: RulePack, title: AwardTitle, way: Way) -> Iterator[str]:
    if way.path == "council" and title.vote is None:
        yield told("goes to the council, which has no 'vote' on it")
    if way.path == "simplified" and not way.grounds:
        yield told("goes by the simplified path, which needs 'grounds' to rest on")
    if way.path == "appraisal" and way.grounds:
        yield told("is appraised without the council: 'grounds' shorten no way of its own")
    if way.published != "none" and title.level != "commune":
        yield told("is published by the level that decides it, not here")
    if way.published == "commune" and way.path != "council":
        yield told("is published by the commune after the council, through which it does not go")
    for id in way.grounds:
        ground = pack.ground(id)
        if ground is None or ground.refused:
            yield told("rests on '{id}', on which no dossier is entered", id=id)


def _given_and_given_elsewhere(pack: RulePack) -> Iterator[Finding]:
    for other in pack.other_chains:
        if pack.title(other.id):
            message = told("'{id}' is one of the titles and of another chain", id=other.id)
            yield Finding("error", "given_and_given_elsewhere", ("other_chains", other.id), message)
