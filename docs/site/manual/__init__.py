"""The parts of the documentation site. Only ``search`` does anything in the browser."""
