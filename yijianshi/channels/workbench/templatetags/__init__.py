"""Tags of the workbench's own templates."""
