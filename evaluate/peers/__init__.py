"""Other tools on the same records, in one table; `python -m evaluate.peers`.

`workers` run in environments of their own, so nothing is imported here.
"""
