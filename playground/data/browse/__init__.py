"""Looking at examples: as rows of columns, sorted, filtered and summed up. No Qt here."""
