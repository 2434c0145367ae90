"""The recipes behind make_corpus.py: every module describes one family of inputs."""
