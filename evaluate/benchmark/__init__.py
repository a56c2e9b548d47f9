"""Speed, growth, memory and size; `python -m evaluate.benchmark`.

`footprint` also runs in the transformer's environment, so nothing is imported here.
"""
