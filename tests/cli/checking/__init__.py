# SPDX-License-Identifier: Apache-2.0
"""What check_corpus.py is made of. Depends on the ffmpeg and ffprobe programs and on nothing of the product."""
