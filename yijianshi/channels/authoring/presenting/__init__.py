"""What the catalogue answers, arranged for authoring's pages."""
