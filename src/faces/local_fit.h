// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <vector>

namespace reelface {

/// A few numbers that are smoothed together.
template <std::size_t Count>
struct TimedValues {
  double time_seconds = 0;  ///< relative to where the fit is wanted
  double weight = 1;
  std::array<double, Count> values{};
};

/// (1 − u²)², 0 outside ±1: it ends without a step, so a sample that enters the window does not make itself felt.
inline double biweight(double u) {
  const double rest = 1 - u * u;
  return rest > 0 ? rest * rest : 0;
}

/// A weighted least-squares polynomial of degree 0, 1 or 2.
struct LocalPolynomial {
  double half_width = 1;
  std::array<double, 3> coefficients{};  ///< of (time / half_width)

  double at(double time_seconds) const {
    const double u = time_seconds / half_width;
    return coefficients[0] + u * (coefficients[1] + u * coefficients[2]);
  }
};

/// Powers of the sample times under a kernel; shared by all values fitted with the same weights.
class LocalBasis {
 public:
  /// `degree` is lowered where the samples cannot carry it.
  LocalBasis(double half_width, int degree) : half_width_(half_width), degree_(degree) {}

  void add(double time_seconds, double weight);

  /// Finds what each sample contributes; afterwards fit() may be used.
  void solve();

  template <class ValueOf>
  LocalPolynomial fit(ValueOf value_of) const {
    std::array<double, 3> sums{};
    for (std::size_t index = 0; index < times_.size(); ++index) {
      const double u = times_[index] / half_width_;
      const double value = weights_[index] * value_of(index);
      sums[0] += value;
      sums[1] += value * u;
      sums[2] += value * u * u;
    }
    LocalPolynomial polynomial{half_width_, {}};
    for (int row = 0; row < 3; ++row) {
      for (int column = 0; column < 3; ++column) {
        polynomial.coefficients[row] += inverse_[row][column] * sums[column];
      }
    }
    return polynomial;
  }

 private:
  double half_width_;
  int degree_;
  std::vector<double> times_, weights_;
  std::array<std::array<double, 3>, 3> inverse_{};
};

}  // namespace reelface
