"""The start page and what leads to it."""
