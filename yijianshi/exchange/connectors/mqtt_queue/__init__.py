"""Neighbours behind a message queue (MQTT)."""
