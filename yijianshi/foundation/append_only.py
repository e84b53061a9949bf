"""Tables that may only grow: the database itself refuses change, whoever asks."""

from django.db.migrations import RunSQL

# One function serves every append-only table; a migration that uses append_only() depends on ("foundation", "0001_initial").
REFUSE = """
CREATE FUNCTION foundation_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% 只能追加，不能 %。 % only grows: % is refused.', TG_TABLE_NAME, TG_OP, TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation', HINT = 'Write a new row that says what changed.';
END $$;
"""
FORGET = "DROP FUNCTION foundation_refuse_change();"


def append_only(table: str) -> RunSQL:
    """Return the migration operation that makes *table* refuse UPDATE, DELETE and TRUNCATE."""
    return RunSQL(
        f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION foundation_refuse_change();",
        f"DROP TRIGGER {table}_only_grows ON {table};",
    )
