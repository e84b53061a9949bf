"""Words, icons, fields and the Track for the templates of every front door."""
