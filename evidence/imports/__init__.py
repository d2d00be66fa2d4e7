"""Pure parsing: a file in, rows and findings out. Nothing here knows the database."""
