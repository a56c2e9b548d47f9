"""Structured facts from clinical-trial registry records."""
