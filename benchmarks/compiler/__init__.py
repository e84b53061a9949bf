"""The compiler: content to published version, and guide answer to next question. Imports nothing."""
