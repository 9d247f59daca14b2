"""What the worker boots from: Pyodide, its standard library, the app as a bundle."""
