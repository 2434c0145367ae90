# SPDX-License-Identifier: Apache-2.0
"""Tests that are functions, run one after the other by scripts that can be told which."""
import sys
import time
import traceback


def passes(name, work):
    started = time.monotonic()
    try:
        work()
    except Exception:  # a broken test is a failed one; the others still run  # pylint: disable=broad-except
        print(f"FAIL  {name}\n{traceback.format_exc()}", flush=True)
        return False
    print(f"ok    {name} ({time.monotonic() - started:.1f} s)", flush=True)
    return True


def failures_of(tests, wanted, *given):
    """How many of the tests fail that are wanted by name; all are, if none is named. A name that none has is a failure."""
    unknown = set(wanted) - {test.__name__ for test in tests}
    if unknown:
        sys.exit(f"no test is called {', '.join(sorted(unknown))}")
    return sum(not passes(test.__name__, lambda: test(*given)) for test in tests if not wanted or test.__name__ in wanted)
