# SPDX-License-Identifier: Apache-2.0
"""Tests that are functions, run one after the other by scripts that can be told which."""
import time
import traceback


def passes(name, work):
    started = time.monotonic()
    try:
        work()
    except AssertionError as failure:
        print(f"FAIL  {name}: {failure}\n{traceback.format_exc(limit=3)}", flush=True)
        return False
    except Exception:  # a broken test is a failed one; the others still run  # pylint: disable=broad-except
        print(f"FAIL  {name}\n{traceback.format_exc()}", flush=True)
        return False
    print(f"ok    {name} ({time.monotonic() - started:.1f} s)", flush=True)
    return True


def failures_of(tests, wanted, *given):
    """How many of the tests fail that are wanted by name; all are, if none is named."""
    return sum(not passes(test.__name__, lambda: test(*given)) for test in tests if not wanted or test.__name__ in wanted)
