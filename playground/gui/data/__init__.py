"""The panel of the data, and its dialogs."""
