// SPDX-License-Identifier: Apache-2.0
#include "chart_axis.h"

#include <algorithm>
#include <cmath>

namespace reelface {
namespace {

double round_step(double span, int marks_wanted) {
  const double rough = span / marks_wanted;
  const double power = std::pow(10, std::floor(std::log10(rough)));
  for (const double factor : {1.0, 2.0, 2.5, 5.0}) {
    const bool is_whole = factor != 2.5 || power >= 10;  // 25 and 250 read well, 2.5 does not
    if (is_whole && factor * power >= rough * 0.999) return factor * power;
  }
  return 10 * power;
}

std::vector<double> marks_between(double first, double last, double step) {
  std::vector<double> marks;
  const double tolerance = step * 1e-6;
  for (double index = std::ceil((first - tolerance) / step); index * step <= last + tolerance; ++index) {
    marks.push_back(index == 0 ? 0 : index * step);  // never "-0"
  }
  return marks;
}

}  // namespace

ChartAxis value_axis(double smallest, double largest, int marks_wanted) {
  if (!(largest > smallest)) {
    const double spread = smallest == 0 ? 1 : std::fabs(smallest) * 0.05;
    smallest -= spread;
    largest += spread;
  }
  // A nearly constant line must not be blown up into noise of its last digits.
  const double least_span = std::max(std::fabs(smallest), std::fabs(largest)) * 1e-6;
  if (largest - smallest < least_span) largest = smallest + least_span;
  const double step = round_step(largest - smallest, marks_wanted);
  ChartAxis axis;
  axis.low = std::floor(smallest / step + 1e-9) * step;
  axis.high = std::ceil(largest / step - 1e-9) * step;
  axis.marks = marks_between(axis.low, axis.high, step);
  return axis;
}

ChartAxis frame_axis(double first, double last, int marks_wanted) {
  if (!(last > first)) last = first + 1;
  ChartAxis axis;
  axis.low = first;
  axis.high = last;
  axis.marks = marks_between(first, last, std::max(1.0, round_step(last - first, marks_wanted)));
  return axis;
}

}  // namespace reelface
