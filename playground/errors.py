"""Errors the user can cause and mend; window and command line show their message as it is."""


class PlaygroundError(Exception):
    """Base of every expected error; anything else is a bug and keeps its traceback."""


class ConfigError(PlaygroundError):
    """A component was given a value it cannot take."""


class ShapeError(PlaygroundError):
    """Two layers, or a layer and the data, do not fit together."""


class DataError(PlaygroundError):
    """A file or folder cannot be read as a data set."""


class FileError(PlaygroundError):
    """A project or weights file cannot be read or written."""
