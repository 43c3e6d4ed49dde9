"""Labelled images from files of many kinds, and from the user's own hand."""
