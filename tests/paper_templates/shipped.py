"""Every template that is shipped, by the kind of paper it makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.paper_templates import decisions, dossiers

TEMPLATES: Mapping[str, Callable[[], bytes]] = {
    "quyet_dinh": decisions.quyet_dinh,
    "phieu_bo_sung": dossiers.phieu_bo_sung,
}
