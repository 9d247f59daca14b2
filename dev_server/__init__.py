"""The command line: init, build, serve."""
