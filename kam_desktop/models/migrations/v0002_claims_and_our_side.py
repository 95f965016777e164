"""What people are said to be, our own side of the map, and maps that remember what they show."""

from __future__ import annotations

from alembic import op

_COLUMNS = (
    ("buying_centre", "quota JSON"),
    ("interaction", "member_id VARCHAR(36) REFERENCES team_member (id)"),
    ("person", "step VARCHAR DEFAULT '' NOT NULL"),
    ("person", "step_due DATE"),
    ("person", "went_to VARCHAR DEFAULT '' NOT NULL"),
    ("person", "went_to_account_id VARCHAR(36) REFERENCES account (id)"),
    ("person", "photo_sha256 VARCHAR(64)"),
    ("saved_map", "options JSON DEFAULT '{}' NOT NULL"),
    ("team_member", "title VARCHAR DEFAULT '' NOT NULL"),
    ("team_member", "left_on DATE"),
    ("tie", '"on" DATE'),
    ("tie", "source VARCHAR(40)"),
    ("tie", "confidence VARCHAR(40)"),
)

_TABLES = """
CREATE TABLE account_team (
    id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    member_id VARCHAR(36) NOT NULL,
    role VARCHAR(40) NOT NULL,
    deleted_at VARCHAR,
    deleted_with VARCHAR(36),
    CONSTRAINT pk_account_team PRIMARY KEY (id),
    CONSTRAINT fk_account_team_account_id FOREIGN KEY(account_id) REFERENCES account (id),
    CONSTRAINT fk_account_team_member_id FOREIGN KEY(member_id) REFERENCES team_member (id)
);
CREATE INDEX ix_account_team_account_id ON account_team (account_id);
CREATE INDEX ix_account_team_member_id ON account_team (member_id);
CREATE INDEX "ix_account_team_trash" ON "account_team" (deleted_with)
    WHERE deleted_with IS NOT NULL;
CREATE TABLE claim (
    id VARCHAR(36) NOT NULL,
    person_id VARCHAR(36) NOT NULL,
    field VARCHAR(40) NOT NULL,
    value VARCHAR NOT NULL,
    source VARCHAR(40) NOT NULL,
    source_text VARCHAR NOT NULL,
    confidence VARCHAR(40) NOT NULL,
    "on" DATE NOT NULL,
    note VARCHAR NOT NULL,
    interaction_id VARCHAR(36),
    meeting_id VARCHAR(36),
    deleted_at VARCHAR,
    deleted_with VARCHAR(36),
    CONSTRAINT pk_claim PRIMARY KEY (id),
    CONSTRAINT fk_claim_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_claim_interaction_id FOREIGN KEY(interaction_id) REFERENCES interaction (id),
    CONSTRAINT fk_claim_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id)
);
CREATE INDEX ix_claim_person_id ON claim (person_id);
CREATE INDEX "ix_claim_trash" ON "claim" (deleted_with)
    WHERE deleted_with IS NOT NULL;
CREATE TABLE dismissed_suggestion (
    id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    "key" VARCHAR(300) NOT NULL,
    deleted_at VARCHAR,
    deleted_with VARCHAR(36),
    CONSTRAINT pk_dismissed_suggestion PRIMARY KEY (id),
    CONSTRAINT fk_dismissed_suggestion_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);
CREATE INDEX ix_dismissed_suggestion_account_id ON dismissed_suggestion (account_id);
CREATE INDEX "ix_dismissed_suggestion_trash" ON "dismissed_suggestion" (deleted_with)
    WHERE deleted_with IS NOT NULL;
CREATE TABLE person_vcard (
    id VARCHAR(36) NOT NULL,
    person_id VARCHAR(36) NOT NULL,
    text VARCHAR NOT NULL,
    deleted_at VARCHAR,
    deleted_with VARCHAR(36),
    CONSTRAINT pk_person_vcard PRIMARY KEY (id),
    CONSTRAINT fk_person_vcard_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE INDEX ix_person_vcard_person_id ON person_vcard (person_id);
CREATE INDEX "ix_person_vcard_trash" ON "person_vcard" (deleted_with)
    WHERE deleted_with IS NOT NULL;
CREATE TABLE team_contact (
    id VARCHAR(36) NOT NULL,
    person_id VARCHAR(36) NOT NULL,
    member_id VARCHAR(36) NOT NULL,
    state VARCHAR(40) NOT NULL,
    note VARCHAR DEFAULT '' NOT NULL,
    "on" DATE,
    deleted_at VARCHAR,
    deleted_with VARCHAR(36),
    CONSTRAINT pk_team_contact PRIMARY KEY (id),
    CONSTRAINT fk_team_contact_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_team_contact_member_id FOREIGN KEY(member_id) REFERENCES team_member (id)
);
CREATE INDEX ix_team_contact_member_id ON team_contact (member_id);
CREATE INDEX ix_team_contact_person_id ON team_contact (person_id);
CREATE INDEX "ix_team_contact_trash" ON "team_contact" (deleted_with)
    WHERE deleted_with IS NOT NULL;
CREATE TABLE map_arrangement (map TEXT NOT NULL, shape TEXT NOT NULL, at TEXT NOT NULL,
    places TEXT NOT NULL, PRIMARY KEY (map, shape)) WITHOUT ROWID;
CREATE INDEX ix_ledger_change_moved ON ledger_change (old)
    WHERE op = 'U' AND substr(field, -3) = '_id';
CREATE INDEX ix_ledger_change_removed ON ledger_change (tbl) WHERE op = 'D';
"""


def upgrade() -> None:
    """Columns first: nothing of what the new tables refer to is missing then."""
    for table, column in _COLUMNS:
        op.execute(f'ALTER TABLE "{table}" ADD COLUMN {column}')
    for statement in _TABLES.split(";"):
        if statement.strip():
            op.execute(statement)
