"""The dialog in which a text file becomes data: what is in it, and what is made of it."""
