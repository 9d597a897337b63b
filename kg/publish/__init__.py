"""Writes the static site: the same bytes for the same store."""
