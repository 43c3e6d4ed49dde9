"""Pictures of a plane or of a drawing, and drawing on them."""
