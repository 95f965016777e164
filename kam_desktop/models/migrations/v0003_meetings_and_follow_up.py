"""What meetings are prepared, held and followed up with, tenders, and the personal compartment."""

from __future__ import annotations

from alembic import op

_COLUMNS = (
    ("attendee", "role VARCHAR DEFAULT '' NOT NULL"),
    ("checklist_item", "condition VARCHAR(40)"),
    ("checklist_template_item", "owner_role VARCHAR(40)"),
    ("checklist_template_item", "evidence VARCHAR DEFAULT '' NOT NULL"),
    ("checklist_template_item", "condition VARCHAR(40)"),
    ("document", "interaction_id VARCHAR(36) REFERENCES interaction (id)"),
    ("meeting", "link VARCHAR DEFAULT '' NOT NULL"),
    ("meeting", "travel_minutes INTEGER"),
    ("meeting", "previous_id VARCHAR(36) REFERENCES meeting (id)"),
    ("meeting", "capture VARCHAR DEFAULT '' NOT NULL"),
    ("meeting", "brief JSON"),
    ("opportunity", "proposed_on DATE"),
    ("opportunity", "valid_until DATE"),
)

_TABLES = """
CREATE TABLE action (
    id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    text VARCHAR NOT NULL,
    owner_id VARCHAR(36),
    person_id VARCHAR(36),
    meeting_id VARCHAR(36),
    opportunity_id VARCHAR(36),
    step VARCHAR NOT NULL,
    due_on DATE,
    state VARCHAR(40) NOT NULL,
    closed_on DATE,
    deleted_at VARCHAR,
    deleted_with VARCHAR(36),
    CONSTRAINT pk_action PRIMARY KEY (id),
    CONSTRAINT fk_action_account_id FOREIGN KEY(account_id) REFERENCES account (id),
    CONSTRAINT fk_action_owner_id FOREIGN KEY(owner_id) REFERENCES team_member (id),
    CONSTRAINT fk_action_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_action_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT fk_action_opportunity_id FOREIGN KEY(opportunity_id) REFERENCES opportunity (id)
);
CREATE TABLE internal_review (
    id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    name VARCHAR NOT NULL,
    rhythm VARCHAR(40) NOT NULL,
    next_on DATE NOT NULL,
    deleted_at VARCHAR,
    deleted_with VARCHAR(36),
    CONSTRAINT pk_internal_review PRIMARY KEY (id),
    CONSTRAINT fk_internal_review_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);
CREATE TABLE meeting_centre (
    id VARCHAR(36) NOT NULL,
    meeting_id VARCHAR(36) NOT NULL,
    buying_centre_id VARCHAR(36) NOT NULL,
    deleted_at VARCHAR,
    deleted_with VARCHAR(36),
    CONSTRAINT pk_meeting_centre PRIMARY KEY (id),
    CONSTRAINT fk_meeting_centre_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT fk_meeting_centre_buying_centre_id
        FOREIGN KEY(buying_centre_id) REFERENCES buying_centre (id)
);
CREATE TABLE meeting_point (
    id VARCHAR(36) NOT NULL,
    meeting_id VARCHAR(36) NOT NULL,
    kind VARCHAR(40) NOT NULL,
    position INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    answer VARCHAR NOT NULL,
    minutes INTEGER,
    person_id VARCHAR(36),
    deleted_at VARCHAR,
    deleted_with VARCHAR(36),
    CONSTRAINT pk_meeting_point PRIMARY KEY (id),
    CONSTRAINT fk_meeting_point_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT fk_meeting_point_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE meeting_rating (
    id VARCHAR(36) NOT NULL,
    meeting_id VARCHAR(36) NOT NULL,
    rater VARCHAR NOT NULL,
    criterion VARCHAR(40) NOT NULL,
    score INTEGER NOT NULL,
    deleted_at VARCHAR,
    deleted_with VARCHAR(36),
    CONSTRAINT pk_meeting_rating PRIMARY KEY (id),
    CONSTRAINT fk_meeting_rating_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id)
);
CREATE TABLE personal_fact (
    id VARCHAR(36) NOT NULL,
    person_id VARCHAR(36) NOT NULL,
    kind VARCHAR(40) NOT NULL,
    text VARCHAR NOT NULL,
    day DATE,
    purpose VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    noted_on DATE NOT NULL,
    review_on DATE,
    deleted_at VARCHAR,
    deleted_with VARCHAR(36),
    CONSTRAINT pk_personal_fact PRIMARY KEY (id),
    CONSTRAINT fk_personal_fact_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE tender (
    id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    name VARCHAR NOT NULL,
    award_on DATE NOT NULL,
    opportunity_id VARCHAR(36),
    deleted_at VARCHAR,
    deleted_with VARCHAR(36),
    CONSTRAINT pk_tender PRIMARY KEY (id),
    CONSTRAINT fk_tender_account_id FOREIGN KEY(account_id) REFERENCES account (id),
    CONSTRAINT fk_tender_opportunity_id FOREIGN KEY(opportunity_id) REFERENCES opportunity (id)
);
CREATE TABLE tender_gate (
    id VARCHAR(36) NOT NULL,
    tender_id VARCHAR(36) NOT NULL,
    position INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    "on" DATE NOT NULL,
    done_on DATE,
    deleted_at VARCHAR,
    deleted_with VARCHAR(36),
    CONSTRAINT pk_tender_gate PRIMARY KEY (id),
    CONSTRAINT fk_tender_gate_tender_id FOREIGN KEY(tender_id) REFERENCES tender (id)
);
CREATE INDEX ix_action_account_id ON action (account_id);
CREATE INDEX ix_action_meeting_id ON action (meeting_id);
CREATE INDEX ix_action_person_id ON action (person_id);
CREATE INDEX ix_action_state_due ON action (state, due_on)
    WHERE deleted_at IS NULL;
CREATE INDEX "ix_action_trash" ON "action" (deleted_with)
    WHERE deleted_with IS NOT NULL;
CREATE INDEX ix_internal_review_account_id ON internal_review (account_id);
CREATE INDEX ix_internal_review_next ON internal_review (next_on)
    WHERE deleted_at IS NULL;
CREATE INDEX "ix_internal_review_trash" ON "internal_review" (deleted_with)
    WHERE deleted_with IS NOT NULL;
CREATE INDEX ix_meeting_centre_buying_centre_id ON meeting_centre (buying_centre_id);
CREATE INDEX ix_meeting_centre_meeting_id ON meeting_centre (meeting_id);
CREATE INDEX "ix_meeting_centre_trash" ON "meeting_centre" (deleted_with)
    WHERE deleted_with IS NOT NULL;
CREATE INDEX ix_meeting_point_meeting_id ON meeting_point (meeting_id);
CREATE INDEX "ix_meeting_point_trash" ON "meeting_point" (deleted_with)
    WHERE deleted_with IS NOT NULL;
CREATE INDEX ix_meeting_rating_meeting_id ON meeting_rating (meeting_id);
CREATE INDEX "ix_meeting_rating_trash" ON "meeting_rating" (deleted_with)
    WHERE deleted_with IS NOT NULL;
CREATE INDEX ix_personal_fact_birthday ON personal_fact (substr(day, 6))
    WHERE kind = 'birthday' AND deleted_at IS NULL;
CREATE INDEX ix_personal_fact_person_id ON personal_fact (person_id);
CREATE INDEX "ix_personal_fact_trash" ON "personal_fact" (deleted_with)
    WHERE deleted_with IS NOT NULL;
CREATE INDEX ix_tender_account_id ON tender (account_id);
CREATE INDEX ix_tender_gate_on ON tender_gate ("on")
    WHERE deleted_at IS NULL;
CREATE INDEX ix_tender_gate_tender_id ON tender_gate (tender_id);
CREATE INDEX "ix_tender_gate_trash" ON "tender_gate" (deleted_with)
    WHERE deleted_with IS NOT NULL;
CREATE INDEX "ix_tender_trash" ON "tender" (deleted_with)
    WHERE deleted_with IS NOT NULL;
"""


def upgrade() -> None:
    """Tables first: columns of others refer to them."""
    for statement in _TABLES.split(";"):
        if statement.strip():
            op.execute(statement)
    for table, column in _COLUMNS:
        op.execute(f'ALTER TABLE "{table}" ADD COLUMN {column}')
    op.execute(
        "CREATE INDEX ix_opportunity_valid_until ON opportunity (valid_until)"
        " WHERE deleted_at IS NULL"
    )
