"""The plumbing every room stands on: events, history, seals, files, problems, logs, jobs, health.

Five words: event, outbox, history entry, seal, problem. Doors: one module each, imported by name.
"""
