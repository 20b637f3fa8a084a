"""From the council's table to signed papers: each matter is one step below.

Frozen once it is released: what changes later is written in a later revision, never here. New columns are
empty in older rows, so that the log's digests of these hold.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

DAY = sa.Date().with_variant(sa.String(10), "sqlite")


def upgrade() -> None:
    """Runs the steps in their order; each says what it is for."""
    _give_no_number_twice()
    _keep_a_fund()
    _hold_sessions()
    _decide()
    _keep_papers()
    _find_numbers_of_sessions()
    _pay()


def _give_no_number_twice() -> None:
    """The greatest numbers that removed records and movements had, from now on."""
    op.add_column("office", sa.Column("last_record", sa.Integer()))
    op.add_column("office", sa.Column("last_movement", sa.Integer()))


def _keep_a_fund() -> None:
    """What came into the fund of a year and went out of it beside awards: movements that stay."""
    op.create_table(
        "fund_entry",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("dated", DAY, nullable=False),
        sa.Column("paper", sa.String(64)),
        sa.Column("entry", sa.String(32), nullable=False),
        sa.CheckConstraint(
            "kind IN ('allocated', 'contributed', 'carried_over', 'spent_before', 'printing', 'other')",
            name=op.f("ck_fund_entry_kind"),
        ),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_fund_entry_amount")),
        sa.ForeignKeyConstraint(["office"], ["office.office"], name=op.f("fk_fund_entry_office")),
        sa.PrimaryKeyConstraint("office", "number", name=op.f("pk_fund_entry")),
    )


def _hold_sessions() -> None:
    """Sessions of the council, their lines with the counts of each, and which dossier is in which."""
    op.add_column("plan", sa.Column("last_session", sa.Integer()))
    op.add_column("dossier", sa.Column("session", sa.String(16)))
    op.create_table(
        "council_session",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(16), nullable=False),
        sa.Column("mode", sa.String(16), nullable=False),
        sa.Column("planned_on", DAY),
        sa.Column("planned_at", sa.String(5)),
        sa.Column("place", sa.Text()),
        sa.Column("invitation_no", sa.String(64)),
        sa.Column("invitation_on", DAY),
        sa.Column("presiding", sa.String(64)),
        sa.Column("secretary", sa.String(64)),
        sa.Column("opened_at", sa.String(5)),
        sa.Column("closed_at", sa.String(5)),
        sa.Column("held_on", DAY),
        sa.Column("minutes_no", sa.String(64)),
        sa.Column("minutes_on", DAY),
        sa.Column("last_no", sa.Integer(), nullable=False),
        sa.Column("agenda", sa.Text(), nullable=False),
        sa.Column("members", sa.Text(), nullable=False),
        sa.Column("board", sa.Text(), nullable=False),
        sa.Column("replies", sa.Text()),
        sa.Column("roll", sa.Text()),
        sa.Column("presided", sa.Text()),
        sa.Column("recusals", sa.Text()),
        sa.Column("boards", sa.Text()),
        sa.Column("written", sa.Text()),
        sa.Column("ballots", sa.Text()),
        sa.Column("slips", sa.Text()),
        sa.CheckConstraint("mode IN ('meeting', 'writing')", name=op.f("ck_council_session_mode")),
        sa.ForeignKeyConstraint(
            ["office", "year", "ref"],
            ["item.office", "item.year", "item.ref"],
            name=op.f("fk_council_session_office_year_ref"),
        ),
        sa.PrimaryKeyConstraint("office", "year", "ref", name=op.f("pk_council_session")),
    )
    op.create_table(
        "session_line",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(16), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("dossier", sa.String(16), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(32), nullable=False),
        sa.Column("base", sa.String(8), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("strict", sa.Boolean(), nullable=False),
        sa.Column("secret", sa.Boolean(), nullable=False),
        sa.Column("higher", sa.Boolean(), nullable=False),
        sa.Column("account", sa.String(64)),
        sa.Column("ballot", sa.Integer()),
        sa.Column("slip", sa.String(8)),
        sa.Column("recused", sa.Text()),
        sa.Column("presiding", sa.String(64)),
        sa.Column("base_n", sa.Integer()),
        sa.Column("total", sa.Integer()),
        sa.Column("in_room", sa.Integer()),
        sa.Column("voting", sa.Integer()),
        sa.Column("least", sa.Integer()),
        sa.Column("issued", sa.Integer()),
        sa.Column("collected", sa.Integer()),
        sa.Column("written_asked", sa.Integer()),
        sa.Column("written_returned", sa.Integer()),
        sa.Column("valid", sa.Integer()),
        sa.Column("invalid", sa.Integer()),
        sa.Column("votes_for", sa.Integer()),
        sa.Column("votes_against", sa.Integer()),
        sa.Column("votes_other", sa.Integer()),
        sa.Column("result", sa.String(8)),
        sa.Column("conclusion", sa.String(16)),
        sa.CheckConstraint(
            "collected IS NULL OR collected <= issued", name=op.f("ck_session_line_collected")
        ),
        sa.CheckConstraint(
            "valid IS NULL OR valid + invalid = collected", name=op.f("ck_session_line_valid")
        ),
        sa.CheckConstraint(
            "valid IS NULL OR votes_for + votes_against = valid", name=op.f("ck_session_line_counted")
        ),
        sa.CheckConstraint(
            "votes_other IS NULL OR votes_for + votes_against + votes_other = voting",
            name=op.f("ck_session_line_hands"),
        ),
        sa.CheckConstraint("result IS NULL OR votes_for IS NOT NULL", name=op.f("ck_session_line_result")),
        sa.ForeignKeyConstraint(
            ["office", "year", "ref"],
            ["council_session.office", "council_session.year", "council_session.ref"],
            name=op.f("fk_session_line_office_year_ref"),
        ),
        sa.PrimaryKeyConstraint("office", "year", "ref", "no", name=op.f("pk_session_line")),
        sa.UniqueConstraint(
            "office",
            "year",
            "ref",
            "dossier",
            "line",
            name=op.f("uq_session_line_office_year_ref_dossier_line"),
        ),
    )


def _decide() -> None:
    """Award decisions, each about lines of many dossiers; the plan counts them."""
    op.add_column("plan", sa.Column("last_decision", sa.Integer()))
    op.create_table(
        "award_decision",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("title", sa.String(32), nullable=False),
        sa.Column("type", sa.String(32), nullable=False),
        sa.Column("period", sa.String(16), nullable=False),
        sa.Column("changes", sa.String(16)),
        sa.Column("signer", sa.String(64), nullable=False),
        sa.Column("signature", sa.String(32), nullable=False),
        sa.Column("drafted_by", sa.String(64)),
        sa.Column("drafted_for", sa.String(64)),
        sa.Column("to_trinh_no", sa.String(64)),
        sa.Column("to_trinh_on", DAY),
        sa.Column("funds_by", sa.String(64)),
        sa.Column("funds_on", DAY),
        sa.Column("submitted_on", DAY),
        sa.Column("salary", sa.BigInteger()),
        sa.Column("signed_on", DAY),
        sa.Column("signed_way", sa.String(16)),
        sa.Column("number", sa.String(64)),
        sa.Column("issued_on", DAY),
        sa.Column("ground", sa.String(1)),
        sa.Column("conclusion", sa.String(64)),
        sa.Column("conclusion_on", DAY),
        sa.Column("received_on", DAY),
        sa.Column("told_on", DAY),
        sa.Column("full_on", DAY),
        sa.Column("paper_digest", sa.String(64)),
        sa.Column("marks", sa.Text()),
        sa.CheckConstraint(
            "kind IN ('award', 'amend', 'replace', 'revoke', 'implicit')", name=op.f("ck_award_decision_kind")
        ),
        sa.CheckConstraint(
            "ground IS NULL OR ground IN ('a', 'b', 'c', 'd')", name=op.f("ck_award_decision_ground")
        ),
        sa.CheckConstraint("(number IS NULL) = (issued_on IS NULL)", name=op.f("ck_award_decision_numbered")),
        sa.ForeignKeyConstraint(
            ["office", "year", "ref"],
            ["item.office", "item.year", "item.ref"],
            name=op.f("fk_award_decision_office_year_ref"),
        ),
        sa.PrimaryKeyConstraint("office", "year", "ref", name=op.f("pk_award_decision")),
    )
    op.create_table(
        "decision_line",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(16), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("dossier", sa.String(16), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("body", sa.String(64), nullable=False),
        sa.Column("account", sa.String(64)),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("amount", sa.BigInteger()),
        sa.Column("full_amount", sa.BigInteger()),
        sa.Column("note_title", sa.String(32)),
        sa.Column("higher", sa.String(16)),
        sa.Column("reprints", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('in', 'dropped', 'replaced', 'revoked')", name=op.f("ck_decision_line_state")
        ),
        sa.CheckConstraint(
            "amount IS NULL OR (amount >= 0 AND amount <= full_amount)", name=op.f("ck_decision_line_amount")
        ),
        sa.ForeignKeyConstraint(
            ["office", "year", "ref"],
            ["award_decision.office", "award_decision.year", "award_decision.ref"],
            name=op.f("fk_decision_line_office_year_ref"),
        ),
        sa.PrimaryKeyConstraint("office", "year", "ref", "no", name=op.f("pk_decision_line")),
    )


def _keep_papers() -> None:
    """The papers that were issued, by their files."""
    place = (
        sa.Column("office", sa.String(64)),
        sa.Column("year", sa.Integer()),
        sa.Column("ref", sa.String(16)),
    )
    op.create_table(
        "issued_paper",
        *place,
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("part", sa.String(32), nullable=False),
        sa.Column("word", sa.String(64), nullable=False),
        sa.Column("pdf", sa.String(64), nullable=False),
        sa.Column("number", sa.String(64)),
        sa.Column("issued_on", DAY, nullable=False),
        sa.ForeignKeyConstraint(
            ["office", "year", "ref"],
            ["item.office", "item.year", "item.ref"],
            name=op.f("fk_issued_paper_office_year_ref"),
        ),
        sa.PrimaryKeyConstraint("office", "year", "ref", "kind", "part", name=op.f("pk_issued_paper")),
    )


def _find_numbers_of_sessions() -> None:
    """Invitations and minutes bear numbers too."""
    numbering = sa.text(
        "event IN ('adopt', 'agree_record', 'award', 'call', 'change', 'complete', 'forward', 'minute',"
        " 'record_result', 'revoke')"
    )
    op.drop_index("ix_entry_office_log_numbers", "entry")
    op.create_index(
        "ix_entry_office_log_numbers",
        "entry",
        ["office", "log"],
        sqlite_where=numbering,
        postgresql_where=numbering,
    )


def _pay() -> None:
    """What was paid for lines of decisions and recovered, and what was handed over: after the decisions."""
    op.create_table(
        "payment",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(16), nullable=False),
        sa.Column("dossier", sa.String(16), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("on_day", DAY, nullable=False),
        sa.Column("fund", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(16)),
        sa.Column("undoes", sa.Integer()),
        sa.Column("entry", sa.String(32), nullable=False),
        sa.CheckConstraint("kind IN ('paid', 'recovered', 'carried')", name=op.f("ck_payment_kind")),
        sa.CheckConstraint("(amount = 0) = (kind = 'carried')", name=op.f("ck_payment_amount")),
        sa.CheckConstraint("amount >= 0 OR undoes IS NOT NULL", name=op.f("ck_payment_undoes")),
        sa.ForeignKeyConstraint(
            ["office", "year", "ref"],
            ["item.office", "item.year", "item.ref"],
            name=op.f("fk_payment_office_year_ref"),
        ),
        sa.ForeignKeyConstraint(
            ["office", "undoes"], ["payment.office", "payment.number"], name=op.f("fk_payment_office_undoes")
        ),
        sa.PrimaryKeyConstraint("office", "number", name=op.f("pk_payment")),
        sa.UniqueConstraint("office", "undoes", name=op.f("uq_payment_office_undoes")),
    )
    op.create_index("ix_payment_office_year", "payment", ["office", "year"])
    op.create_table(
        "certificate",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(16), nullable=False),
        sa.Column("dossier", sa.String(16), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("register_no", sa.String(32)),
        sa.Column("handed_on", DAY),
        sa.Column("returned_on", DAY),
        sa.Column("entry", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["office", "year", "ref"],
            ["item.office", "item.year", "item.ref"],
            name=op.f("fk_certificate_office_year_ref"),
        ),
        sa.PrimaryKeyConstraint("office", "year", "ref", "dossier", "line", name=op.f("pk_certificate")),
    )
    numbered = sa.text("register_no IS NOT NULL")
    op.create_index(
        "ix_certificate_office_register_no",
        "certificate",
        ["office", "year", "register_no"],
        unique=True,
        sqlite_where=numbered,
        postgresql_where=numbered,
    )
