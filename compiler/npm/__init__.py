"""JavaScript that an author wraps: packages of npm, and files of their own."""
