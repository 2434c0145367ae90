// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace reelface {

/// Pictures that make a film: their files in order, and the place of each in time.
struct PictureList {
  std::vector<std::string> files;
  std::vector<std::int64_t> positions;  ///< frame number of each, from 0; numbers that are missing leave a gap
  std::string missing;                  ///< the numbers in the gaps, in words; empty if none are missing
  std::int64_t missing_count = 0;
};

/// All pictures in a folder, in natural order: shot_2 before shot_10.
PictureList pictures_in_folder(const std::string& folder);

/// Files that fit a numbered pattern such as shot_%04d.png (or %d), by number. No value if `pattern` is none.
std::optional<PictureList> pictures_by_number(const std::string& pattern);

/// The pictures that an input means: those of a folder, or of a pattern if no file has exactly that name. No value if
/// it is a film or a single picture. Throws Error(kInputUnreadable) if there are none.
std::optional<PictureList> find_pictures(const std::string& input);

/// Whether a file's name ends like a still picture's.
bool has_picture_ending(const std::string& file);

/// Whether `left` comes before `right` when runs of digits count as numbers.
bool comes_before_naturally(const std::string& left, const std::string& right);

}  // namespace reelface
