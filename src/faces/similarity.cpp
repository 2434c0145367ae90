// SPDX-License-Identifier: Apache-2.0
#include "reelface/faces/similarity.h"

#include <cmath>
#include <complex>

namespace reelface {
namespace {

using Complex = std::complex<double>;

Complex as_complex(Point point) {
  return {point.x, point.y};
}

Complex mean(const std::array<Point, 5>& points) {
  Complex sum;
  for (const Point& point : points) sum += as_complex(point);
  return sum / 5.0;
}

}  // namespace

Point Similarity::apply(Point point) const {
  const Complex moved = std::polar(std::exp(log_scale), angle) * as_complex(point) + Complex(x, y);
  return {static_cast<float>(moved.real()), static_cast<float>(moved.imag())};
}

Similarity Similarity::inverse() const {
  const Complex moved = -std::polar(std::exp(-log_scale), -angle) * Complex(x, y);
  return {-log_scale, -angle, moved.real(), moved.imag()};
}

std::array<double, 6> Similarity::matrix() const {
  const Complex turn = std::polar(std::exp(log_scale), angle);
  return {turn.real(), -turn.imag(), x, turn.imag(), turn.real(), y};
}

std::array<Point, 5> alignment_template(double size) {
  constexpr std::array<std::array<double, 2>, 5> kAt512 = {{{192.98138, 239.94708},
                                                            {318.90277, 240.1936},
                                                            {256.63416, 314.01935},
                                                            {201.26117, 371.41043},
                                                            {313.08905, 371.15118}}};
  // Pixel centres, not corners: the centre of the first pixel is at 0 in every size.
  const double scale = size / 512.0;
  std::array<Point, 5> points;
  for (std::size_t index = 0; index < points.size(); ++index) {
    points[index] = {static_cast<float>((kAt512[index][0] + 0.5) * scale - 0.5),
                     static_cast<float>((kAt512[index][1] + 0.5) * scale - 0.5)};
  }
  return points;
}

Similarity fit_similarity(const std::array<Point, 5>& from, const std::array<Point, 5>& to) {
  // In complex numbers the similarity is z' = a·z + b, and least squares has a closed form.
  const Complex from_mean = mean(from), to_mean = mean(to);
  Complex product;
  double spread = 0;
  for (std::size_t index = 0; index < from.size(); ++index) {
    const Complex centred = as_complex(from[index]) - from_mean;
    product += std::conj(centred) * (as_complex(to[index]) - to_mean);
    spread += std::norm(centred);
  }
  const Complex turn = spread > 0 && std::abs(product) > 0 ? product / spread : Complex(1, 0);
  const Complex move = to_mean - turn * from_mean;
  return {std::log(std::abs(turn)), std::arg(turn), move.real(), move.imag()};
}

double rms_residual(const Similarity& similarity, const std::array<Point, 5>& from, const std::array<Point, 5>& to) {
  double sum = 0;
  for (std::size_t index = 0; index < from.size(); ++index) {
    sum += std::norm(as_complex(similarity.apply(from[index])) - as_complex(to[index]));
  }
  return std::sqrt(sum / static_cast<double>(from.size()));
}

}  // namespace reelface
