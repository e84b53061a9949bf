"""Looking back and ahead: what was applied for, kept without persons, and what a change would have meant.

Five words: **Recording** (one application without its person), **Path** (the way an application takes under one version),
**Replay** (all recordings on two versions), **Forecast** (load and duration in the departments, simulated), **Sample** (an
invented recording).
Doors: ``commands``, ``queries``. It reads the rooms below and writes only its own tables.
"""
