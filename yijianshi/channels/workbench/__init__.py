"""The workbench of department staff: one worklist, one page for each case, batches. It shows and asks; the rooms below decide."""
