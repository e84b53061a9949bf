"""Forms made from the shapes of the content files: what is in a file, in everyday words, and what a form sent changes."""
