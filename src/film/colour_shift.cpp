// SPDX-License-Identifier: Apache-2.0
#include "film/colour_shift.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <opencv2/imgproc.hpp>

#include "image/colour_conversion.h"
#include "image/component_view.h"

namespace reelface {
namespace {

constexpr int kMostSteps = 6;       // samples of colour to either side
constexpr double kBlur = 1.5;       // of them: tapes have no finer colour
constexpr double kLeastFit = 0.35;  // of edges, 0..1
constexpr int kPartsAcross = 4, kPartsDown = 3;
constexpr std::size_t kFewestParts = 5;
constexpr double kMostUnsure = 0.2;  // samples of colour
constexpr double kLeastShift = 1.3;  // pixels of the frame; edges of light and colour differ by up to one in good films

/// A component in levels of 0..255, of its own size.
cv::Mat levels_of(const Frame& frame, int component) {
  const ComponentView view = view_component(frame, component);
  const CodeRange legal = colour_conversion(frame.facts()).legal[static_cast<std::size_t>(component)];
  cv::Mat picture(view.height, view.width, CV_32F);
  for (int y = 0; y < picture.rows; ++y) load_samples(view, 0, y, view.width, picture.ptr<float>(y));
  return picture * (255 / (legal.highest - legal.lowest));
}

/// Steepness along x, of something that is as soft as the colours of a tape.
cv::Mat steepness(const cv::Mat& picture) {
  cv::Mat soft, slope;
  cv::GaussianBlur(picture, soft, {}, kBlur);
  cv::Sobel(soft, slope, CV_32F, 1, 0, 3, 0.125);
  return cv::abs(slope);
}

/// Edges alone: what is steeper than around it.
cv::Mat without_mean(const cv::Mat& picture) {
  return picture - cv::mean(picture);
}

ColourFit::Part fit_of_part(const cv::Mat& edges, const cv::Mat& colours, const cv::Rect& part) {
  const cv::Mat still = without_mean(edges(part)), middle = without_mean(colours(part));
  ColourFit::Part fit;
  fit.brightness = still.dot(still);
  fit.colour = middle.dot(middle);
  for (int step = -kMostSteps; step <= kMostSteps; ++step) {
    // Colours that are moved by `step` to the right come from so much farther left.
    fit.by_step.push_back(still.dot(without_mean(colours(part - cv::Point(step, 0)))));
  }
  return fit;
}

/// In samples of colour, between steps by a parabola through the best and its neighbours.
std::optional<double> best_step(const ColourFit::Part& part) {
  const double whole = std::sqrt(part.colour * part.brightness);
  if (whole <= 0) return std::nullopt;
  const auto best = std::max_element(part.by_step.begin(), part.by_step.end());
  const auto place = static_cast<int>(best - part.by_step.begin());
  // Farther than is looked at: something else.
  if (place == 0 || place == 2 * kMostSteps || *best / whole < kLeastFit) return std::nullopt;
  const double before = *(best - 1), behind = *(best + 1), bend = before - 2 * *best + behind;
  return place - kMostSteps + (bend < 0 ? 0.5 * (before - behind) / bend : 0);
}

double median_of(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// What the parts agree on: in one the edges of light and colour may differ, but not in all in the same direction.
std::optional<double> agreed_step(const ColourFit& fit) {
  std::vector<double> steps, off;
  for (const ColourFit::Part& part : fit.parts) {
    if (const std::optional<double> step = best_step(part)) steps.push_back(*step);
  }
  if (steps.size() < kFewestParts) return std::nullopt;
  const double median = median_of(steps);
  off.reserve(steps.size());
  for (const double step : steps) off.push_back(std::abs(step - median));
  constexpr double kDeviationOfMedian = 1.4826;
  const double unsure = kDeviationOfMedian * median_of(off) / std::sqrt(static_cast<double>(steps.size()));
  return unsure < kMostUnsure ? std::optional(median) : std::nullopt;
}

}  // namespace

void ColourFit::add(const ColourFit& other) {
  if (parts.empty()) {
    parts = other.parts;
    return;
  }
  for (std::size_t index = 0; index < std::min(parts.size(), other.parts.size()); ++index) {
    Part& part = parts[index];
    const Part& more = other.parts[index];
    for (std::size_t step = 0; step < part.by_step.size(); ++step) part.by_step[step] += more.by_step[step];
    part.colour += more.colour;
    part.brightness += more.brightness;
  }
}

std::optional<ColourFit> measure_colour_fit(const Frame& frame) {
  const PixelLayout& layout = frame.facts().layout;
  if (!layout.editable || layout.family != ColourFamily::kYuv || layout.component_count < 3) return std::nullopt;
  const cv::Mat first = levels_of(frame, 1), second = levels_of(frame, 2);
  cv::Mat brightness;
  cv::resize(levels_of(frame, 0), brightness, first.size(), 0, 0, cv::INTER_AREA);
  const cv::Mat edges = steepness(brightness), colours = steepness(first) + steepness(second);
  const int width = (edges.cols - 2 * kMostSteps) / kPartsAcross, height = edges.rows / kPartsDown;
  ColourFit fit;
  if (width < 4 * kMostSteps || height < 4) return fit;
  for (int down = 0; down < kPartsDown; ++down) {
    for (int across = 0; across < kPartsAcross; ++across)
      fit.parts.push_back(fit_of_part(edges, colours, {kMostSteps + across * width, down * height, width, height}));
  }
  return fit;
}

double colour_shift(const ColourFit& fit, const FrameFacts& facts) {
  const std::optional<double> steps = agreed_step(fit);
  if (!steps) return 0;
  // Where the first sample of colour belongs, against the mean of the pixels that it stands for.
  const double pixels_of_sample = 1 << facts.layout.chroma_shift_x;
  const double first = frame_to_component(facts, 1).apply(Position{0, 0}).x;
  const double pixels = (*steps + first) * pixels_of_sample + (pixels_of_sample - 1) / 2;
  return std::abs(pixels) < kLeastShift ? 0 : pixels;
}

}  // namespace reelface
