#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The mistakes that are made: where, which, and the same ones for the same seed."""
import unittest

from mutants import applied, drawn, mutants_of

SOURCE = '''#include <vector>
// a + b in a comment
constexpr int kMost = 8;
int sum_of(const std::vector<int>& numbers) {
  int sum = 0;
  if (numbers.empty()) return 0;
  for (std::size_t i = 0; i < numbers.size(); ++i) sum += numbers[i];  // not < here
  log("a < b && c");
  return std::min(sum, kMost);
}
'''


class Mutants(unittest.TestCase):
    def setUp(self):
        self.mutants = mutants_of("sum.cpp", SOURCE)

    def changed(self, kind):
        return [mutant.after.strip() for mutant in self.mutants if mutant.kind == kind]

    def test_each_kind_where_it_belongs(self):
        self.assertEqual(self.changed("comparison"), ["for (std::size_t i = 0; i <= numbers.size(); ++i) sum += numbers[i];  // not < here"])
        self.assertEqual(self.changed("bound"), ["return std::max(sum, kMost);"])
        self.assertEqual(self.changed("condition"), ["if (!(numbers.empty())) return 0;"])
        self.assertIn("constexpr int kMost = 9;", self.changed("off by one"))
        self.assertEqual(self.changed("statement"), [";"])

    def test_comments_strings_and_includes_stay(self):
        self.assertEqual(self.changed("logic"), [])
        for mutant in self.mutants:
            self.assertNotIn(mutant.line, (1, 2))
            self.assertTrue(mutant.before != mutant.after)

    def test_what_deletes_files_stays(self):
        self.assertEqual(mutants_of("x.cpp", "void f() {\n  if (a == b) std::filesystem::remove_all(path);\n}\n"), [])

    def test_one_line_changes_and_no_other(self):
        for mutant in self.mutants:
            before, after = SOURCE.split("\n"), applied(mutant, SOURCE).split("\n")
            self.assertEqual([at for at, pair in enumerate(zip(before, after), 1) if pair[0] != pair[1]], [mutant.line])

    def test_is_found_again_where_lines_have_moved(self):
        twice = SOURCE.replace("  int sum = 0;\n", "  int sum = 0;\n  int sum = 0;\n")
        second = [mutant for mutant in mutants_of("sum.cpp", twice) if mutant.before == "  int sum = 0;"][1]
        self.assertEqual(applied(second, "\n" + twice).split("\n")[6], second.after)
        self.assertIsNone(applied(second, SOURCE), "there is only one such line")

    def test_a_seed_draws_the_same_and_everything_once(self):
        first, again, other = (list(drawn(self.mutants, seed)) for seed in (3, 3, 4))
        self.assertEqual(first, again)
        self.assertNotEqual(first, other)
        self.assertEqual(sorted(first), sorted(self.mutants))


if __name__ == "__main__":
    unittest.main()
