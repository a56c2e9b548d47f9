"""`python -m corpus.correct`: see `corpus/correct/cli.py`."""

from corpus.correct.cli import app

app(prog_name="python -m corpus.correct")
