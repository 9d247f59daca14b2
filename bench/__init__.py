"""Measurements of wasmrx beside its peers, as ratios within one run."""
