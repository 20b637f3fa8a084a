"""What a line of a list says, as the inputs of the event that adds it would be typed."""

from __future__ import annotations

from exchange.lists.values import Line


def typed(line: Line) -> dict[str, str]:
    """By the names of the inputs; what the list does not say is missing. The line has a title."""
    found = line.initiative
    said: dict[str, object] = {
        "kind": line.kind,
        "title": line.title,
        "name": line.name,
        "position": line.position,
        "unit": line.unit,
        "achievement": line.achievement,
        "born": line.born,
        "sex": None if line.female is None else SEXES[line.female],
        "rating": line.rating,
        "expected": "expected" if line.expected else None,
        "initiative": found.name if found else None,
        "initiative_no": found.number if found else None,
        "initiative_on": found.date if found else None,
        "score": None if line.score is None else f"{line.score:.2f}".rstrip("0").rstrip("."),
        "opinion": line.votes,
        "people": line.people,
        "ldtt": line.ldtt,
        "cstdcs": line.cstdcs,
        "disciplined": line.disciplined,
        "not_completed": line.not_completed,
        "months": line.months,
        "category": line.category,
        "earlier": line.earlier,
        "amount": line.amount,
        "remark": line.note,
    }
    return {name: str(value) for name, value in said.items() if value is not None}


SEXES = {True: "Nữ", False: "Nam"}
"""By whether a person is a woman, in the words of the lists."""
