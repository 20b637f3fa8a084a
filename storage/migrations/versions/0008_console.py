"""The console: who signs in with which accounts, links for bodies that have none, and what comes by these.

Frozen once it is released: what changes later is written in a later revision, never here. New columns are
empty in older rows, so that the log's digests of these hold.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


def upgrade() -> None:
    """Runs the steps in their order; each says what it is for."""
    _say_who_signed_in()
    _keep_logins()
    _keep_sessions()
    _invite()
    _link_villages()


def _say_who_signed_in() -> None:
    """The login by which an entry's account acted, where it was by one."""
    op.add_column("entry", sa.Column("login", sa.String(32)))


def _keep_logins() -> None:
    """People who sign in, with the accounts that each holds."""
    op.create_table(
        "login",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("entry", sa.String(32), nullable=False),
        sa.Column("password", sa.Text()),
        sa.Column("issuer", sa.Text()),
        sa.Column("subject", sa.Text()),
        sa.Column("salt", sa.LargeBinary()),
        sa.Column("language", sa.String(2)),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("disabled_at", INSTANT),
        sa.CheckConstraint("(issuer IS NULL) = (subject IS NULL)", name=op.f("ck_login_subject")),
        sa.ForeignKeyConstraint(["office"], ["office.office"], name=op.f("fk_login_office")),
        sa.PrimaryKeyConstraint("office", "id", name=op.f("pk_login")),
        sa.UniqueConstraint("office", "issuer", "subject", name=op.f("uq_login_office_issuer_subject")),
    )
    op.create_table(
        "login_account",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("login", sa.String(32), nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["office", "login"], ["login.office", "login.id"], name=op.f("fk_login_account_office_login")
        ),
        sa.PrimaryKeyConstraint("office", "login", "account", name=op.f("pk_login_account")),
    )


def _keep_sessions() -> None:
    """Where they are signed in, and how often somebody failed to be."""
    op.create_table(
        "login_session",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("login", sa.String(32), nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("label", sa.Text()),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("revoked_at", INSTANT),
        sa.CheckConstraint("kind IN ('web', 'terminal')", name=op.f("ck_login_session_kind")),
        sa.ForeignKeyConstraint(
            ["office", "login"], ["login.office", "login.id"], name=op.f("fk_login_session_office_login")
        ),
        sa.PrimaryKeyConstraint("office", "digest", name=op.f("pk_login_session")),
    )
    op.create_index("ix_login_session_office_login", "login_session", ["office", "login"])
    op.create_table(
        "login_attempt",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("subject", sa.String(64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["office"], ["office.office"], name=op.f("fk_login_attempt_office")),
        sa.PrimaryKeyConstraint("office", "subject", name=op.f("pk_login_attempt")),
    )


def _invite() -> None:
    """Invitations to make a login, or to give one another password."""
    op.create_table(
        "invitation",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("entry", sa.String(32), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("accounts", sa.Text(), nullable=False),
        sa.Column("login", sa.String(32)),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT),
        sa.Column("revoked_at", INSTANT),
        sa.CheckConstraint("used_at IS NULL OR login IS NOT NULL", name=op.f("ck_invitation_used")),
        sa.ForeignKeyConstraint(["office"], ["office.office"], name=op.f("fk_invitation_office")),
        sa.PrimaryKeyConstraint("office", "entry", name=op.f("pk_invitation")),
        sa.UniqueConstraint("office", "digest", name=op.f("uq_invitation_office_digest")),
    )


def _link_villages() -> None:
    """Links by which a body hands in a list without an account, and what came by them."""
    item = ["item.office", "item.year", "item.ref"]
    op.create_table(
        "village_link",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(16), nullable=False),
        sa.Column("entry", sa.String(32), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("body", sa.String(64), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("revoked_at", INSTANT),
        sa.ForeignKeyConstraint(
            ["office", "year", "ref"], item, name=op.f("fk_village_link_office_year_ref")
        ),
        sa.PrimaryKeyConstraint("office", "year", "ref", "entry", name=op.f("pk_village_link")),
        sa.UniqueConstraint("office", "digest", name=op.f("uq_village_link_office_digest")),
    )
    op.create_table(
        "submission",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(16), nullable=False),
        sa.Column("entry", sa.String(32), nullable=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("link", sa.String(32)),
        sa.Column("body", sa.String(64), nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("file", sa.String(64)),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("dossiers", sa.Text()),
        sa.Column("ended_entry", sa.String(32)),
        sa.CheckConstraint(
            "state IN ('received', 'taken_in', 'nothing', 'replaced', 'declined')",
            name=op.f("ck_submission_state"),
        ),
        sa.CheckConstraint(
            "state <> 'taken_in' OR dossiers IS NOT NULL", name=op.f("ck_submission_taken_in")
        ),
        sa.ForeignKeyConstraint(["office", "year", "ref"], item, name=op.f("fk_submission_office_year_ref")),
        sa.PrimaryKeyConstraint("office", "year", "ref", "entry", name=op.f("pk_submission")),
        sa.UniqueConstraint("office", "code", name=op.f("uq_submission_office_code")),
    )
