"""The picture of a network: its columns, where they lie, how they are drawn and clicked."""
