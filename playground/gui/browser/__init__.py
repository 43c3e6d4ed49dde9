"""The parts of the data browser."""
