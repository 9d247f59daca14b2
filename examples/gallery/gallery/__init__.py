"""Every component of wasmrx as a small demo that can be pasted, a module for each family.

A demo is a public function of such a module that takes nothing, described as "Title: what for.".
"""
