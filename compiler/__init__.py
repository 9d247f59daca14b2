"""Components, and the phases that turn a tree of them into ES modules."""
