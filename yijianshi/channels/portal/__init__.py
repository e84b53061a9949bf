"""The citizen's front door, one set of pages for computer and phone: guide, form, materials, submit, track, certificates."""
