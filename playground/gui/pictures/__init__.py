"""What the views are painted with."""
