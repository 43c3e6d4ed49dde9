"""Forms for components, and the bar of controls."""
