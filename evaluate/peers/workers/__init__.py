"""Programs that run one peer each in the peer's own environment.

They import the standard library, `exchange` and the peer, nothing else of this project.
"""
