// SPDX-License-Identifier: Apache-2.0
// Pixel layouts by libav's names, for everything that does not come from libav.
#include <cctype>
#include <cstdlib>
#include <optional>
#include <string>

#include "reelface/core/error.h"
#include "reelface/image/frame.h"

namespace reelface {
namespace {

/// Takes `prefix` off the front of `text`, or leaves it as it is.
bool take(std::string& text, const std::string& prefix) {
  if (text.compare(0, prefix.size(), prefix) != 0) return false;
  text.erase(0, prefix.size());
  return true;
}

/// Reads the end of a planar name: "" = 8 bits, "10le" = 10 bits. Nothing if it is something else.
std::optional<int> take_depth(std::string rest) {
  if (rest.empty()) return 8;
  std::size_t digits = 0;
  while (digits < rest.size() && std::isdigit(static_cast<unsigned char>(rest[digits]))) ++digits;
  if (digits == 0 || digits > 2) return std::nullopt;
  const int depth = std::atoi(rest.substr(0, digits).c_str());
  rest.erase(0, digits);
  if (!rest.empty() && rest != "le") return std::nullopt;
  if (depth < 9 || depth > 16) return std::nullopt;
  return depth;
}

ComponentLayout component(int plane, int step, int offset, int depth, int shift = 0) {
  return {plane, step, offset, shift, depth};
}

PixelLayout named(const std::string& name, ColourFamily family, int planes, int components, bool alpha) {
  PixelLayout layout;
  layout.name = name;
  layout.family = family;
  layout.plane_count = planes;
  layout.component_count = components;
  layout.has_alpha = alpha;
  layout.editable = true;
  return layout;
}

bool take_subsampling(std::string& rest, PixelLayout& layout) {
  struct Kind {
    const char* name;
    int shift_x;
    int shift_y;
  };
  for (const Kind& kind : {Kind{"420p", 1, 1}, Kind{"422p", 1, 0}, Kind{"444p", 0, 0}, Kind{"440p", 0, 1},
                           Kind{"411p", 2, 0}, Kind{"410p", 2, 2}}) {
    if (!take(rest, kind.name)) continue;
    layout.chroma_shift_x = kind.shift_x;
    layout.chroma_shift_y = kind.shift_y;
    return true;
  }
  return false;
}

std::optional<PixelLayout> planar_yuv(const std::string& name) {
  std::string rest = name;
  if (!take(rest, "yuv")) return std::nullopt;
  const bool alpha = take(rest, "a");
  if (!alpha) take(rest, "j");
  const int components = alpha ? 4 : 3;
  PixelLayout layout = named(name, ColourFamily::kYuv, components, components, alpha);
  if (!take_subsampling(rest, layout)) return std::nullopt;
  const std::optional<int> depth = take_depth(rest);
  if (!depth) return std::nullopt;
  for (int index = 0; index < components; ++index)
    layout.components[index] = component(index, *depth > 8 ? 2 : 1, 0, *depth);
  return layout;
}

std::optional<PixelLayout> planar_rgb(const std::string& name) {
  std::string rest = name;
  const bool alpha = take(rest, "gbrap");
  if (!alpha && !take(rest, "gbrp")) return std::nullopt;
  const std::optional<int> depth = take_depth(rest);
  if (!depth) return std::nullopt;
  const int components = alpha ? 4 : 3;
  PixelLayout layout = named(name, ColourFamily::kRgb, components, components, alpha);
  const int planes[4] = {2, 0, 1, 3};  // the planes are G, B, R, A
  for (int index = 0; index < components; ++index) {
    layout.components[index] = component(planes[index], *depth > 8 ? 2 : 1, 0, *depth);
  }
  return layout;
}

std::optional<PixelLayout> gray(const std::string& name) {
  if (name == "ya8" || name == "ya16le") {
    const int bytes = name == "ya8" ? 1 : 2;
    PixelLayout layout = named(name, ColourFamily::kGray, 1, 2, true);
    for (int index = 0; index < 2; ++index)
      layout.components[index] = component(0, 2 * bytes, index * bytes, 8 * bytes);
    return layout;
  }
  std::string rest = name;
  if (!take(rest, "gray")) return std::nullopt;
  const std::optional<int> depth = take_depth(rest);
  if (!depth) return std::nullopt;
  PixelLayout layout = named(name, ColourFamily::kGray, 1, 1, false);
  layout.components[0] = component(0, *depth > 8 ? 2 : 1, 0, *depth);
  return layout;
}

std::optional<PixelLayout> semi_planar(const std::string& name) {
  struct Kind {
    const char* name;
    int shift_x;
    int shift_y;
    int depth;
    int shift;
    bool chroma_swapped;
  };
  for (const Kind& kind :
       {Kind{"nv12", 1, 1, 8, 0, false}, Kind{"nv21", 1, 1, 8, 0, true}, Kind{"nv16", 1, 0, 8, 0, false},
        Kind{"nv24", 0, 0, 8, 0, false}, Kind{"p010le", 1, 1, 10, 6, false}, Kind{"p010", 1, 1, 10, 6, false},
        Kind{"p016le", 1, 1, 16, 0, false}, Kind{"p210le", 1, 0, 10, 6, false}}) {
    if (name != kind.name) continue;
    const int bytes = kind.depth > 8 ? 2 : 1;
    PixelLayout layout = named(name, ColourFamily::kYuv, 2, 3, false);
    layout.chroma_shift_x = kind.shift_x;
    layout.chroma_shift_y = kind.shift_y;
    layout.components[0] = component(0, bytes, 0, kind.depth, kind.shift);
    layout.components[1] = component(1, 2 * bytes, kind.chroma_swapped ? bytes : 0, kind.depth, kind.shift);
    layout.components[2] = component(1, 2 * bytes, kind.chroma_swapped ? 0 : bytes, kind.depth, kind.shift);
    return layout;
  }
  return std::nullopt;
}

std::optional<PixelLayout> packed_yuv(const std::string& name) {
  if (name != "yuyv422" && name != "uyvy422") return std::nullopt;
  const int luma = name == "yuyv422" ? 0 : 1;
  PixelLayout layout = named(name, ColourFamily::kYuv, 1, 3, false);
  layout.chroma_shift_x = 1;
  layout.components[0] = component(0, 2, luma, 8);
  layout.components[1] = component(0, 4, 1 - luma, 8);
  layout.components[2] = component(0, 4, 3 - luma, 8);
  return layout;
}

std::optional<PixelLayout> packed_rgb(const std::string& name) {
  // The letters are the order in memory; 0 is a byte that nobody reads.
  std::string letters = name;
  int bytes = 1;
  for (const char* suffix : {"24", "48le", "64le"}) {
    const std::string end = suffix;
    if (letters.size() <= end.size() || letters.compare(letters.size() - end.size(), end.size(), end) != 0) continue;
    bytes = end == "24" ? 1 : 2;
    letters.erase(letters.size() - end.size());
  }
  bool known = false;
  for (const char* order : {"rgb", "bgr", "rgba", "bgra", "argb", "abgr", "rgb0", "bgr0", "0rgb", "0bgr"}) {
    known = known || letters == order;
  }
  const bool short_name = letters == name;
  if (!known || (letters.size() == 3 && short_name) || (letters.size() == 4 && name.find("24") != std::string::npos)) {
    return std::nullopt;
  }
  const bool alpha = letters.find('a') != std::string::npos;
  PixelLayout layout = named(name, ColourFamily::kRgb, 1, alpha ? 4 : 3, alpha);
  const int step = static_cast<int>(letters.size()) * bytes;
  const std::string order = "rgba";
  for (int index = 0; index < layout.component_count; ++index) {
    const int offset = static_cast<int>(letters.find(order[static_cast<std::size_t>(index)])) * bytes;
    layout.components[index] = component(0, step, offset, 8 * bytes);
  }
  return layout;
}

}  // namespace

PixelLayout pixel_layout(const std::string& name) {
  for (const auto& parse : {planar_yuv, planar_rgb, gray, semi_planar, packed_yuv, packed_rgb}) {
    if (const std::optional<PixelLayout> layout = parse(name)) return *layout;
  }
  throw Error(ExitCode::kUsage, "pixel format '" + name + "' is not known here",
              "use one of libav's planar or packed formats, for example yuv420p, yuv422p10le or rgb24");
}

}  // namespace reelface
