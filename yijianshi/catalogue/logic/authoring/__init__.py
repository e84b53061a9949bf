"""Writing content: who may do what to a proposal, edits that leave everything else as it stands, merging, checking again fast."""
