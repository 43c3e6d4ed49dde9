"""What happens when something goes wrong that nobody foresaw: it is told, and no work is lost."""
