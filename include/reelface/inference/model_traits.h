// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace reelface {

/// What a restorer is given.
enum class WorksOn {
  kCrops,         ///< aligned crops of one face
  kWholePictures  ///< pictures of any size, in tiles where they are large
};

/// What the way of a film depends on, and not on a model's name. The manifest says it of the models it lists; of other
/// files, the shape of the network does. A value.
struct ModelTraits {
  int window = 1;        ///< consecutive pictures that it looks at, the one to restore in the middle; odd
  bool invents = false;  ///< paints detail that the pictures do not hold
  WorksOn works_on = WorksOn::kCrops;
  int scale = 1;  ///< how many times as wide its largest result is

  /// It can tell noise, which changes from picture to picture, from detail.
  bool sees_neighbours() const { return window > 1; }
};

inline bool operator==(const ModelTraits& left, const ModelTraits& right) {
  return left.window == right.window && left.invents == right.invents && left.works_on == right.works_on &&
         left.scale == right.scale;
}

/// "crops" or "whole pictures".
const char* name_of(WorksOn works_on);

/// Of a restorer given by name or as a file: the manifest's, else what the file's shape says. Throws
/// Error(kModelRejected) for a file that is not there, or is no restorer.
ModelTraits traits_of_model(const std::string& name_or_file);

/// The model that takes noise out of crops before one that looks at a single frame sees them: the first that comes with
/// the program, sees neighbours and invents nothing.
std::string cleaning_model();

/// The model that enlarges pictures: the first that comes with the program, sees them alone and invents nothing.
std::string enlarging_model();

/// The model that cleans whole pictures: the first that comes with the program, works on them and invents nothing.
std::string picture_cleaning_model();

}  // namespace reelface
