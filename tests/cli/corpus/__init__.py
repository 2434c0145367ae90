# SPDX-License-Identifier: Apache-2.0
"""The recipes behind make_corpus.py: every module describes one family of inputs."""
