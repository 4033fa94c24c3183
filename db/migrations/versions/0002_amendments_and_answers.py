"""Why closed months were changed, and what a centre answers to headquarters' questions.

Reasons that were given before stay at the centre, as they were written not to leave it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "amendments",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=True),
        sa.Column("record_table", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("record_revision", sa.Integer(), nullable=False),
        sa.Column("changed_on", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint(
            "\"changed_on\" LIKE '____-__-__'", name=op.f("ck_amendments_changed_on_date")
        ),
        sa.CheckConstraint("\"month\" LIKE '____-__'", name=op.f("ck_amendments_month_month")),
        sa.CheckConstraint(
            '"record_revision" BETWEEN 1 AND 1000000000',
            name=op.f("ck_amendments_record_revision_range"),
        ),
        sa.CheckConstraint("deleted IN (0, 1)", name=op.f("ck_amendments_deleted_bool")),
        sa.CheckConstraint(
            "epoch > 0 AND revision > 0", name=op.f("ck_amendments_version_positive")
        ),
        sa.CheckConstraint(
            'length("month") BETWEEN 1 AND 7', name=op.f("ck_amendments_month_length")
        ),
        sa.CheckConstraint(
            'length("reason") BETWEEN 1 AND 1000', name=op.f("ck_amendments_reason_length")
        ),
        sa.CheckConstraint(
            'length("record_id") BETWEEN 1 AND 40', name=op.f("ck_amendments_record_id_length")
        ),
        sa.CheckConstraint(
            'length("record_table") BETWEEN 1 AND 40',
            name=op.f("ck_amendments_record_table_length"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendments")),
    )
    op.create_index(
        "ix_amendments_unsent",
        "amendments",
        ["change"],
        unique=False,
        sqlite_where=sa.text("change > sent"),
    )
    op.create_table(
        "answers",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("record_table", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint(
            "\"answered_on\" LIKE '____-__-__'", name=op.f("ck_answers_answered_on_date")
        ),
        sa.CheckConstraint("deleted IN (0, 1)", name=op.f("ck_answers_deleted_bool")),
        sa.CheckConstraint("epoch > 0 AND revision > 0", name=op.f("ck_answers_version_positive")),
        sa.CheckConstraint(
            'length("question_id") BETWEEN 1 AND 40', name=op.f("ck_answers_question_id_length")
        ),
        sa.CheckConstraint(
            'length("record_id") BETWEEN 1 AND 40', name=op.f("ck_answers_record_id_length")
        ),
        sa.CheckConstraint(
            'length("record_table") BETWEEN 1 AND 40', name=op.f("ck_answers_record_table_length")
        ),
        sa.CheckConstraint(
            'length("words") BETWEEN 1 AND 1000', name=op.f("ck_answers_words_length")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
    )
    op.create_index(
        "ix_answers_unsent",
        "answers",
        ["change"],
        unique=False,
        sqlite_where=sa.text("change > sent"),
    )
    op.create_table(
        "merged_amendments",
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=True),
        sa.Column("section", sa.Text(), nullable=True),
        sa.Column("record_table", sa.Text(), nullable=True),
        sa.Column("record_id", sa.Text(), nullable=True),
        sa.Column("record_revision", sa.Integer(), nullable=True),
        sa.Column("changed_on", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "id", name=op.f("pk_merged_amendments")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_merged_amendments_centre_record_id"),
        "merged_amendments",
        ["centre", "record_id"],
        unique=False,
    )
    op.create_table(
        "merged_answers",
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("question_id", sa.Text(), nullable=True),
        sa.Column("record_table", sa.Text(), nullable=True),
        sa.Column("record_id", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("centre", "id", name=op.f("pk_merged_answers")),
        sqlite_with_rowid=False,
    )
