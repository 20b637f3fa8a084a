"""Definition files for tests: `good/` has one of each kind; `bad/` has mistakes, told in `.mistakes`."""

from pathlib import Path

from workflow.files.parsing import CallableNames, Vocabulary

HERE = Path(__file__).parent
GOOD = sorted((HERE / "good").glob("*.yaml"))
BAD = sorted((HERE / "bad").glob("*.yaml"))
SHIPPED = sorted((HERE.parents[2] / "definitions").rglob("*.yaml"))

CALLABLE = CallableNames(
    relations=frozenset({"head", "officer"}),
    guards=frozenset({"four_eyes"}),
    effects=frozenset({"remember", "tell"}),
    predicates=frozenset({"input_is", "is_short"}),
    warnings=frozenset({"predecessor"}),
    doubts=frozenset({"odd"}),
    notices=frozenset({"granted"}),
)
VOCABULARY = Vocabulary(
    roles=frozenset({"chair", "officer"}), subjects={"task": CALLABLE, "dossier": CALLABLE}
)
"""What the documents here may call upon; the shipped files have the registries."""


def title(path: Path) -> str:
    """A test's id for a document: its folder and name."""
    return "/".join(path.with_suffix("").parts[-3:])
