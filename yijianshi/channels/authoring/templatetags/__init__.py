"""Tags of authoring's own templates."""
