#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""No function has more than 50 lines of logic.

    function_length_test.py SOURCE_FOLDER
"""

import sys
import unittest
from pathlib import Path

from cpp_functions import functions

ROOT = None
MOST_LINES = 50

SAMPLE = r'''
#define BRACES { {
namespace reelface {
struct Pair { int a = 0; int b{1}; };
class Counter {
 public:
  explicit Counter(int start) : value_{start}, text_("}{") {
    ++value_;  // not {

    /* nor
       { */
  }
  int next() const { return value_ + 'a' + 1'000; }
  bool operator==(const Counter& other) const {
    return value_ == other.value_;
  }
};
template <typename T, typename = std::enable_if_t<(sizeof(T) > 1)>>
T twice(T value) {
  auto lambda = [&](T x) {
    return x + x;
  };
  if (value) {
    const char* raw = R"(}}} "
)";
    use(raw);
  }
  return lambda(value);
}
constexpr int kTable[] = {
  1, 2,
};
const std::vector<int> made = make({1, 2});
void Counter::work(int (*callback)(int),
                   Options options) noexcept {
  switch (callback(0)) {
    case 1: { return; }
  }
}
}  // namespace reelface
'''


class FunctionLengths(unittest.TestCase):
    def test_the_scanner_finds_functions_and_counts_their_lines(self):
        found = [(name, lines) for name, _, lines in functions(SAMPLE)]
        self.assertEqual(found, [("Counter", 1), ("next", 1), ("operator==", 1), ("twice", 9), ("Counter::work", 3)])

    def test_functions_are_short(self):
        paths = [path for top in ("src", "include", "pipeline", "examples") for path in sorted((ROOT / top).rglob("*"))
                 if path.suffix in (".h", ".cpp")]
        every = [(path, *function) for path in paths for function in functions(path.read_text(encoding="utf-8"))]
        self.assertGreater(len(every), 1000)
        self.assertEqual([f"{path.relative_to(ROOT)}:{line}: {name} has {lines} lines"
                          for path, name, line, lines in every if lines > MOST_LINES], [])


if __name__ == "__main__":
    ROOT = Path(sys.argv.pop(1)).resolve()
    unittest.main(verbosity=1)
