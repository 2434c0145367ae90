// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parts/film_index.h"

#include <cstring>
#include <limits>

#include "core/content_digest.h"
#include "core/sha256.h"
#include "core/whole_file.h"
#include "image/same_picture.h"
#include "pipeline/parts/part_folder.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

constexpr char kMagic[] = "reelface index 1\n";
constexpr std::size_t kFrameBytes = 3 * sizeof(std::int64_t) + 1;  // in the file

[[noreturn]] void refuse_index(const std::string& why) {
  throw Error(ExitCode::kUsage, "the film's index cannot be used: " + why, "plan the film anew, in another folder");
}

template <class Number>
void put(std::string& bytes, Number number) {
  bytes.append(reinterpret_cast<const char*>(&number), sizeof number);
}

/// Takes numbers off the front of what is left.
class Numbers {
 public:
  explicit Numbers(const std::string& bytes, std::size_t start) : bytes_(bytes), place_(start) {}

  template <class Number>
  Number get() {
    Number number{};
    if (left() < sizeof number) refuse_index("it is too short");
    std::memcpy(&number, bytes_.data() + place_, sizeof number);
    place_ += sizeof number;
    return number;
  }
  std::size_t left() const { return bytes_.size() - place_; }

 private:
  const std::string& bytes_;
  std::size_t place_;
};

/// Whoever calculates with these numbers may take it that they do not overflow.
void check_is_sound(const FilmIndex& index) {
  constexpr std::int64_t kMost = std::int64_t{1} << 60;
  const auto is_large = [](std::int64_t number, std::int64_t most) { return number > most || number < -most; };
  const Rational base = index.time_base;
  constexpr std::int64_t kMostOfBase = std::numeric_limits<std::int32_t>::max();
  if (base.numerator <= 0 || base.denominator <= 0 || is_large(base.numerator, kMostOfBase) ||
      is_large(base.denominator, kMostOfBase))
    refuse_index("its time base is none");
  for (std::size_t number = 0; number < index.frames.size(); ++number) {
    const IndexedFrame& frame = index.frames[number];
    if (is_large(frame.pts, kMost) || is_large(frame.duration, kMost)) refuse_index("a frame's time is none");
    if (number > 0 && frame.pts <= index.frames[number - 1].pts) refuse_index("its frames are not in order");
  }
}

}  // namespace

std::string save_index(const FilmIndex& index, const std::string& path) {
  std::string bytes = kMagic;
  put(bytes, index.time_base.numerator);
  put(bytes, index.time_base.denominator);
  put(bytes, index.size());
  for (const IndexedFrame& frame : index.frames) {
    put(bytes, frame.pts);
    put(bytes, frame.duration);
    put(bytes, frame.digest);
    put(bytes, static_cast<std::uint8_t>(frame.starts_shot));
  }
  write_whole_file(path, bytes, Replacing::kOurOwn);
  return sha256_of(bytes);
}

FilmIndex index_from_bytes(const std::string& bytes) {
  if (bytes.compare(0, sizeof kMagic - 1, kMagic) != 0) refuse_index("it is none, or one of another version");
  Numbers numbers(bytes, sizeof kMagic - 1);
  FilmIndex index;
  index.time_base.numerator = numbers.get<std::int64_t>();
  index.time_base.denominator = numbers.get<std::int64_t>();
  const auto count = numbers.get<std::int64_t>();
  if (count < 0 || static_cast<std::uint64_t>(count) > numbers.left() / kFrameBytes) refuse_index("it is too short");
  index.frames.reserve(static_cast<std::size_t>(count));
  for (std::int64_t number = 0; number < count; ++number) {
    IndexedFrame frame;
    frame.pts = numbers.get<std::int64_t>();
    frame.duration = numbers.get<std::int64_t>();
    frame.digest = numbers.get<std::uint64_t>();
    frame.starts_shot = numbers.get<std::uint8_t>() != 0;
    index.frames.push_back(frame);
  }
  if (numbers.left() != 0) refuse_index("there is more behind its end");
  check_is_sound(index);
  return index;
}

FilmIndex load_index(const std::string& path, const std::string& sha256) {
  const std::string bytes = file_text(path).value_or("");
  if (sha256_of(bytes) != sha256) refuse_index(printable(path) + " does not belong to the plan beside it");
  return index_from_bytes(bytes);
}

FilmIndex index_of(const std::string& folder, const FilmPlan& plan) {
  FilmIndex index = load_index(index_path(folder), plan.index_sha256);
  if (index.size() != plan.frames || index.time_base != plan.time_base)
    refuse_index("it is of another film than the plan");
  return index;
}

std::uint64_t digest_of(const Frame& frame) {
  const FrameFacts& facts = frame.facts();
  ContentDigest digest;
  digest.update(static_cast<std::uint64_t>(facts.width));
  digest.update(static_cast<std::uint64_t>(facts.height));
  digest.update(facts.layout.name.data(), facts.layout.name.size());
  digest.update(static_cast<std::uint64_t>(facts.damaged));
  digest.update(static_cast<std::uint64_t>(facts.interlaced) * 2 + static_cast<std::uint64_t>(facts.top_field_first));
  // Palettes and bit streams have rows of other lengths than their widths tell; their times have to do.
  if (!facts.layout.editable) {
    digest.update(static_cast<std::uint64_t>(facts.pts));
    return digest.value();
  }
  for (int number = 0; number < facts.layout.plane_count; ++number) {
    const Plane plane = frame.plane(number);
    const std::size_t bytes = sample_bytes_of_row(facts, number);
    for (int row = 0; row < plane.height; ++row) digest.update(plane.data + row * plane.stride, bytes);
  }
  return digest.value();
}

}  // namespace reelface
