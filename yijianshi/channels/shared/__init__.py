"""What every front door shares: design tokens, page frame, form fields, the Track, words in both languages."""
