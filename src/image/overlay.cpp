// SPDX-License-Identifier: Apache-2.0
#include "image/overlay.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "component_view.h"
#include "image/colour_conversion.h"
#include "mask_geometry.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

/// Mixes a colour into every component's samples of `box` (frame coordinates); `coverage(x, y, blur)` says how much.
/// `blur` is half the distance between the component's samples: thin things must not fall between chroma samples.
template <class Coverage>
void paint(Frame& frame, const SampleBox& box, const RgbColour& rgb, Coverage coverage) {
  frame.make_writable();
  const ColourConversion colour = colour_conversion(frame.facts());
  const std::array<double, 3> target = colour.code(rgb);
  for (int component = 0; component < colour.component_count; ++component) {
    const ComponentView view = view_component(frame, component);
    const Affine to_frame = frame_to_component(frame.facts(), component).inverse();
    const SampleBox samples = samples_within(box, to_frame, view.width, view.height);
    if (samples.is_empty()) continue;
    const double blur = std::max(to_frame.rows[0], to_frame.rows[4]) / 2;
    const auto goal = static_cast<float>(target[static_cast<std::size_t>(component)]);
    std::vector<float> codes(static_cast<std::size_t>(samples.width()));
    for (int y = samples.top; y < samples.bottom; ++y) {
      load_samples(view, samples.left, y, samples.width(), codes.data());
      for_places(to_frame, y, samples.left, samples.right, [&](int i, double place_x, double place_y) {
        codes[i] += static_cast<float>(std::clamp(coverage(place_x, place_y, blur), 0.0, 1.0)) * (goal - codes[i]);
      });
      store_samples(view, samples.left, y, samples.width(), codes.data());
    }
  }
}

double distance_to_segment(Position from, Position to, double x, double y) {
  const double along_x = to.x - from.x;
  const double along_y = to.y - from.y;
  const double length = along_x * along_x + along_y * along_y;
  const double share =
      length > 0 ? std::clamp(((x - from.x) * along_x + (y - from.y) * along_y) / length, 0.0, 1.0) : 0.0;
  return std::hypot(x - from.x - share * along_x, y - from.y - share * along_y);
}

SampleBox box_around(Position from, Position to, double margin, const FrameFacts& facts) {
  const auto whole = [](double value, int size) {
    return static_cast<int>(std::clamp(value, -1.0, static_cast<double>(size) + 1));
  };
  return {whole(std::floor(std::min(from.x, to.x) - margin), facts.width),
          whole(std::floor(std::min(from.y, to.y) - margin), facts.height),
          whole(std::ceil(std::max(from.x, to.x) + margin) + 1, facts.width),
          whole(std::ceil(std::max(from.y, to.y) + margin) + 1, facts.height)};
}

bool is_turned(const FrameFacts& facts) {
  return facts.orientation.quarter_turns_clockwise % 2 != 0;
}

int rounded_up(int value, int shift) {
  return (value + (1 << shift) - 1) >> shift << shift;
}

/// Copies codes, bit for bit, to another place of a frame of the same layout. All in samples of the component.
void copy_samples(const ComponentView& from, const ComponentView& to, int width, int height, int to_x, int to_y) {
  std::vector<float> codes(static_cast<std::size_t>(width));
  for (int y = 0; y < height; ++y) {
    load_samples(from, 0, y, width, codes.data());
    store_samples(to, to_x, to_y + y, width, codes.data());
  }
}

void require_alike(const Frame& before, const Frame& after) {
  const FrameFacts& a = before.facts();
  const FrameFacts& b = after.facts();
  if (a.width == b.width && a.height == b.height && a.layout.name == b.layout.name) return;
  throw Error(ExitCode::kInternal, "pictures of different size or format cannot be compared");
}

/// What an untouched part of a picture holds: black, and alpha opaque.
void fill_black(const Frame& frame) {
  const ColourConversion colour = colour_conversion(frame.facts());
  for (int component = 0; component < frame.facts().layout.component_count; ++component) {
    const ComponentView view = view_component(frame, component);
    const double code = component < colour.component_count ? colour.black[static_cast<std::size_t>(component)]
                                                           : std::ldexp(1.0, view.depth) - 1;
    const std::vector<float> codes(static_cast<std::size_t>(view.width), static_cast<float>(code));
    for (int y = 0; y < view.height; ++y) store_samples(view, 0, y, view.width, codes.data());
  }
}

// Seven segments as on a pocket calculator: ends in units of the digit's box (x 0..1, y 0..2), bits in this order.
constexpr std::array<std::array<double, 4>, 7> kSegments = {
    {{0, 0, 1, 0}, {1, 0, 1, 1}, {1, 1, 1, 2}, {0, 2, 1, 2}, {0, 1, 0, 2}, {0, 0, 0, 1}, {0, 1, 1, 1}}};
constexpr std::array<unsigned, 10> kDigits = {0x3F, 0x06, 0x5B, 0x4F, 0x66, 0x6D, 0x7D, 0x07, 0x7F, 0x6F};
constexpr unsigned kMinus = 0x40;
constexpr double kDigitAdvance = 1.6;  // in widths of a digit
constexpr double kPointAdvance = 0.8;

/// A stroke of a sign, in widths of a digit; both ends in one place make a dot.
struct Stroke {
  Position from, to;
};

std::vector<Stroke> strokes_of(char sign) {
  if (sign == '.') return {{{0.2, 2}, {0.2, 2}}};
  if (sign == ':') return {{{0.2, 0.6}, {0.2, 0.6}}, {{0.2, 1.5}, {0.2, 1.5}}};
  const bool is_digit = sign >= '0' && sign <= '9';
  const unsigned segments = is_digit ? kDigits[static_cast<std::size_t>(sign - '0')] : sign == '-' ? kMinus : 0;
  std::vector<Stroke> strokes;
  for (std::size_t i = 0; i < kSegments.size(); ++i) {
    const auto& ends = kSegments[i];
    if ((segments >> i & 1U) != 0) strokes.push_back({{ends[0], ends[1]}, {ends[2], ends[3]}});
  }
  return strokes;
}

double advance_of(char sign) {
  return sign == '.' || sign == ':' ? kPointAdvance : kDigitAdvance;
}

struct Pen {
  double thickness;
  RgbColour colour;
};

void draw_signs(Frame& frame, const Affine& page_to_frame, Position corner, double height, const std::string& text,
                const Pen& pen) {
  const double unit = height / 2;
  for (const char sign : text) {
    const auto place = [&](Position on_sign) {
      return page_to_frame.apply(Position{corner.x + unit * on_sign.x, corner.y + unit * on_sign.y});
    };
    for (const Stroke& stroke : strokes_of(sign))
      draw_line(frame, place(stroke.from), place(stroke.to), pen.thickness, pen.colour);
    corner.x += advance_of(sign) * unit;
  }
}

}  // namespace

FrameFacts side_by_side_facts(const FrameFacts& facts) {
  FrameFacts result = facts;
  if (is_turned(facts)) {
    result.height = rounded_up(facts.height, facts.layout.chroma_shift_y) + facts.height;
  } else {
    result.width = rounded_up(facts.width, facts.layout.chroma_shift_x) + facts.width;
  }
  keep_guessed_matrix(result, facts.height);
  return result;
}

Frame side_by_side(const Frame& before, const Frame& after) {
  require_alike(before, after);
  require_editable(before.facts());
  const FrameFacts& facts = before.facts();
  Frame result = allocate_frame(side_by_side_facts(facts));
  fill_black(result);
  const int second_x = is_turned(facts) ? 0 : rounded_up(facts.width, facts.layout.chroma_shift_x);
  const int second_y = is_turned(facts) ? rounded_up(facts.height, facts.layout.chroma_shift_y) : 0;
  for (int component = 0; component < facts.layout.component_count; ++component) {
    const int width = component_width(facts, component);
    const int height = component_height(facts, component);
    // Whole chroma samples, so the shift is exact: chroma has either all of it or, like alpha, none.
    const bool chroma = facts.layout.family == ColourFamily::kYuv && (component == 1 || component == 2);
    const int shift_x = chroma ? facts.layout.chroma_shift_x : 0;
    const int shift_y = chroma ? facts.layout.chroma_shift_y : 0;
    const ComponentView to = view_component(result, component);
    copy_samples(view_component(before, component), to, width, height, 0, 0);
    copy_samples(view_component(after, component), to, width, height, second_x >> shift_x, second_y >> shift_y);
  }
  return result;
}

Frame split_view(const Frame& before, const Frame& after) {
  require_alike(before, after);
  require_editable(before.facts());
  const FrameFacts& facts = before.facts();
  Frame result = after.share();
  result.make_writable();
  for (int component = 0; component < facts.layout.component_count; ++component) {
    const int width = component_width(facts, component);
    const int height = component_height(facts, component);
    const bool turned = is_turned(facts);
    copy_samples(view_component(before, component), view_component(result, component), turned ? width : width / 2,
                 turned ? height / 2 : height, 0, 0);
  }
  const double thickness = std::max(2.0, std::max(facts.width, facts.height) / 640.0);
  const Position middle{(facts.width - 1) / 2.0, (facts.height - 1) / 2.0};
  const bool turned = is_turned(facts);
  draw_line(result, turned ? Position{-1, middle.y} : Position{middle.x, -1},
            turned ? Position{facts.width + 1.0, middle.y} : Position{middle.x, facts.height + 1.0}, thickness,
            {1, 1, 1});
  return result;
}

Frame difference_view(const Frame& before, const Frame& after) {
  Frame result = after.share();
  result.make_writable();
  const ColourConversion colour = colour_conversion(after.facts());
  for (int component = 0; component < colour.component_count; ++component) {
    const ComponentView from = view_component(before, component), to = view_component(result, component);
    const CodeRange& legal = colour.legal[static_cast<std::size_t>(component)];
    const auto middle = static_cast<float>(std::ceil((legal.lowest + legal.highest) / 2));
    std::vector<float> codes(static_cast<std::size_t>(to.width));
    for (int y = 0; y < to.height; ++y) {
      load_samples(to, 0, y, to.width, codes.data());
      for (float& code : codes) code = middle - code;
      accumulate_samples(from, 0, y, to.width, 1, codes.data());
      store_samples(to, 0, y, to.width, codes.data());
    }
  }
  return result;
}

void draw_line(Frame& frame, Position from, Position to, double thickness, const RgbColour& colour) {
  require_editable(frame.facts());
  for (const double value : {from.x, from.y, to.x, to.y, thickness}) {
    if (!std::isfinite(value)) return;  // a face without a place has no outline
  }
  const double half = thickness / 2;
  paint(frame, box_around(from, to, half + 4, frame.facts()), colour, [&](double x, double y, double blur) {
    return (std::max(half, blur) + 0.5 - distance_to_segment(from, to, x, y));
  });
}

void draw_crop_outline(Frame& frame, const Affine& frame_to_crop, int crop_size, double thickness,
                       const RgbColour& colour) {
  const Affine back = frame_to_crop.inverse();
  const double last = crop_size - 0.5;
  const std::array<Position, 4> corners = {back.apply(Position{-0.5, -0.5}), back.apply(Position{last, -0.5}),
                                           back.apply(Position{last, last}), back.apply(Position{-0.5, last})};
  for (std::size_t i = 0; i < corners.size(); ++i)
    draw_line(frame, corners[i], corners[(i + 1) % 4], thickness, colour);
}

void draw_number(Frame& frame, Position corner, double height, int number, const RgbColour& colour) {
  draw_signs(frame, {}, corner, height, std::to_string(number), {std::max(1.0, height / 8), colour});
}

void draw_digits(Frame& frame, const Affine& page_to_frame, Position corner, double height, const std::string& text) {
  const double thin = std::max(1.0, height / 8);
  draw_signs(frame, page_to_frame, corner, height, text, {3 * thin, {0, 0, 0}});
  draw_signs(frame, page_to_frame, corner, height, text, {thin, {1, 1, 1}});
}

void tint_mask(Frame& frame, const Affine& frame_to_crop, const MaskImage& mask, double opacity,
               const RgbColour& colour) {
  require_editable(frame.facts());
  const SampleBox mask_box = box_of_mask(mask);
  if (mask_box.is_empty()) return;
  const SampleBox box = samples_within(mask_box, frame_to_crop, frame.facts().width, frame.facts().height);
  if (box.is_empty()) return;
  paint(frame, box, colour, [&](double x, double y, double) {
    const Position place = frame_to_crop.apply(Position{x, y});
    return opacity * nearest_weight(mask, place.x, place.y);
  });
}

}  // namespace reelface
