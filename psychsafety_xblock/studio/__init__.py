"""Editing in Studio."""
