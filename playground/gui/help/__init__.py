"""What every thing in the window is: topics in files, and the card that shows them."""
