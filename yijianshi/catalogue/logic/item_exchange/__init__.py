"""Items, materials and bindings as rows, for spreadsheets and other systems, and back again without loss."""
