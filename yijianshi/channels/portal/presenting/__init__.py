"""From what the rooms answer to what a page shows; pure, so that templates hold no decisions."""
