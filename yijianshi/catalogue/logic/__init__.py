"""Pure catalogue: YAML texts in, compiled things, findings, questions and plans out. No Django, no database, no clock."""
