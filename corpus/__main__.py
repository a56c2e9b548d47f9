"""Run the corpus commands: `python -m corpus COMMAND`."""

from corpus.cli import app

if __name__ == "__main__":
    app(prog_name="python -m corpus")
