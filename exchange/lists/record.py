"""A read list as JSON has it."""

from __future__ import annotations

from datetime import date
from typing import Any

from exchange.lists.values import Initiative, Line, ReadList
from workflow.model.definition import Language, Text

Record = dict[str, Any]


def list_record(read: ReadList, language: Language = "vi") -> Record:
    """The whole list; sentences in one language. Days are ISO, ratings in capitals, a lone year a number."""
    return {
        "file": read.file,
        "from": read.body,
        "from_text": read.body_text,
        "form": read.form,
        "year": int(read.period) if read.period and read.period.isdecimal() else None,
        "period": _period(read.period),
        "type": read.type,
        "paper": {"number": read.paper.number, "date": _day(read.paper.date)},
        "posted": {"from": _day(read.posted.from_), "to": _day(read.posted.to)} if read.posted else None,
        "sheets": [
            {
                "name": sheet.name,
                "read": sheet.read,
                "use": sheet.use,
                "header_rows": list(sheet.header_rows),
                "skip_rows": list(sheet.skip_rows),
                "why": _said(sheet.why, language),
            }
            for sheet in read.sheets
        ],
        "dossiers": [
            {"level": each.level, "path": each.path, "titles": dict(each.titles)} for each in read.dossiers
        ],
        "rows": [line_record(line, language) for line in read.lines],
        "ignored": [
            {"sheet": each.sheet, "rows": each.rows, "why": _said(each.why, language)}
            for each in read.ignored
        ],
        "totals": {
            "declared": read.totals.declared,
            "rows_read": read.totals.rows_read,
            "distinct": read.totals.distinct,
        },
        "findings": [
            {
                "sheet": each.sheet,
                "cell": each.cell,
                "code": each.code,
                "severity": each.severity,
                "say": _said(each.say, language),
            }
            for each in read.findings
        ],
    }


def line_record(line: Line, language: Language = "vi") -> Record:
    """One line; `dossier` says whether it goes into one: `accept`, `ask`, `duplicate_of_row`."""
    return {
        "sheet": line.sheet,
        "excel_row": line.row,
        "stt": line.stt,
        "kind": line.kind,
        "name": line.name,
        "key": line.key,
        "title": line.title,
        "level": line.level,
        "position": line.position,
        "unit": line.unit,
        "born": int(line.born) if line.born and line.born.isdecimal() else line.born,
        "female": line.female,
        "rating": line.rating.upper() if line.rating else None,
        "expected": line.expected or None,
        "initiative": _initiative(line.initiative),
        "score": line.score,
        "people": line.people,
        "ldtt": line.ldtt,
        "cstdcs": line.cstdcs,
        "disciplined": line.disciplined,
        "not_completed": line.not_completed,
        "months": line.months,
        "opinion": line.opinion,
        "achievement": line.achievement,
        "amount": line.amount,
        "category": line.category,
        "earlier": line.earlier,
        "note": line.note,
        "dossier": "duplicate_of_row" if line.duplicate_of else "ask" if line.ask else "accept",
        "duplicate_of": line.duplicate_of,
        "suspect_of_row": line.suspect_of,
        "ask": _said(line.ask, language),
    }


def _initiative(initiative: Initiative | None) -> Record | None:
    if initiative is None:
        return None
    return {"name": initiative.name, "number": initiative.number, "date": _day(initiative.date)}


def _period(period: str | None) -> str | None:
    if period is None:
        return None
    first, _, last = period.partition("-")
    return f"năm học {first} - {last}" if last else f"năm {first}"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _said(text: Text | None, language: Language) -> str | None:
    return None if text is None else str(getattr(text, language))
