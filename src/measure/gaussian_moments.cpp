// SPDX-License-Identifier: Apache-2.0
#include "gaussian_moments.h"

#include <cmath>

namespace reelface {
namespace {

constexpr int kReach = GaussianMoments::kTaps / 2;
constexpr double kSigma = 1.5;
using Weights = std::array<float, kReach + 1>;

Weights gaussian_weights() {
  std::array<double, kReach + 1> exact{};
  double sum = 0;
  for (int i = 0; i <= kReach; ++i) {
    exact[static_cast<std::size_t>(i)] = std::exp(-i * i / (2 * kSigma * kSigma));
    sum += exact[static_cast<std::size_t>(i)] * (i == 0 ? 1 : 2);
  }
  Weights weights{};
  double others = 0;
  for (std::size_t i = 1; i < weights.size(); ++i) {
    weights[i] = static_cast<float>(exact[i] / sum);
    others += 2 * static_cast<double>(weights[i]);
  }
  weights[0] = static_cast<float>(1 - others);  // as floats they add up to 1: a flat picture has no variance
  return weights;
}

// The kernel is symmetric: six products instead of eleven. Plain loops over restricted pointers, so that the compiler
// makes vector code of them on any machine.
void filter_row(const float* __restrict from, const Weights& w, int count, float* __restrict to) {
  for (int x = 0; x < count; ++x) {
    const float* middle = from + x + kReach;
    to[x] = w[0] * middle[0] + w[1] * (middle[-1] + middle[1]) + w[2] * (middle[-2] + middle[2]) +
            w[3] * (middle[-3] + middle[3]) + w[4] * (middle[-4] + middle[4]) + w[5] * (middle[-5] + middle[5]);
  }
}

using RowPointers = std::array<const float*, GaussianMoments::kTaps>;

void filter_column(const RowPointers& r, const Weights& w, int count, float* __restrict to) {
  const float *a = r[0], *b = r[1], *c = r[2], *d = r[3], *e = r[4], *f = r[5], *g = r[6], *h = r[7], *i = r[8],
              *j = r[9], *k = r[10];
  for (int x = 0; x < count; ++x) {
    to[x] = w[0] * f[x] + w[1] * (e[x] + g[x]) + w[2] * (d[x] + h[x]) + w[3] * (c[x] + i[x]) + w[4] * (b[x] + j[x]) +
            w[5] * (a[x] + k[x]);
  }
}

void resize(GaussianMoments::Row& row, int count) {
  const auto size = static_cast<std::size_t>(count);
  row.picture.resize(size);
  row.reference.resize(size);
  row.squares.resize(size);
  row.product.resize(size);
}

}  // namespace

GaussianMoments::GaussianMoments(SampleView picture, SampleView reference, float centre)
    : picture_(picture), reference_(reference), centre_(centre), weights_(gaussian_weights()) {
  for (Row& row : filtered_) resize(row, columns());
  resize(products_, picture.width);
  resize(result_, columns());
}

void GaussianMoments::filter_across(int y, Row& into) {
  const float* __restrict left = picture_.row(y);
  const float* __restrict right = reference_.row(y);
  float* __restrict picture = products_.picture.data();
  float* __restrict reference = products_.reference.data();
  float* __restrict squares = products_.squares.data();
  float* __restrict product = products_.product.data();
  const float centre = centre_;
  for (int x = 0; x < picture_.width; ++x) {
    const float a = left[x] - centre;
    const float b = right[x] - centre;
    picture[x] = a;
    reference[x] = b;
    squares[x] = a * a + b * b;
    product[x] = a * b;
  }
  filter_row(picture, weights_, columns(), into.picture.data());
  filter_row(reference, weights_, columns(), into.reference.data());
  filter_row(squares, weights_, columns(), into.squares.data());
  filter_row(product, weights_, columns(), into.product.data());
}

const GaussianMoments::Row& GaussianMoments::next() {
  const int last_needed = next_input_ == 0 ? kMargin : next_input_;
  for (; next_input_ <= last_needed; ++next_input_) {
    filter_across(next_input_, filtered_[static_cast<std::size_t>(next_input_ % kTaps)]);
  }
  const auto column = [this](std::vector<float> Row::*values) {
    RowPointers rows{};
    for (int i = 0; i < kTaps; ++i) {
      const auto slot = static_cast<std::size_t>((next_input_ + i) % kTaps);  // the oldest row first
      rows[static_cast<std::size_t>(i)] = (filtered_[slot].*values).data();
    }
    filter_column(rows, weights_, columns(), (result_.*values).data());
  };
  column(&Row::picture);
  column(&Row::reference);
  column(&Row::squares);
  column(&Row::product);
  return result_;
}

}  // namespace reelface
