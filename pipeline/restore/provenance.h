// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reelface/media/media_info.h"
#include "reelface/restore/film_segments.h"
#include "reelface/restore/restore_options.h"

namespace reelface {

/// A network that a film went through.
struct UsedModel {
  std::string name;  ///< as it was asked for
  std::string sha256;
  bool invents = false;  ///< paints detail that the film does not hold
};

/// One thing that a film is asked to go through, whether all of its frames need it or not.
struct Treatment {
  enum class Kind { kSteadied, kEvened, kRepaired, kCleaned, kBottom, kColours, kLevels, kLight, kEnlarged, kFaces };
  Kind kind = Kind::kFaces;
  std::string words;  ///< for people: "steadied"
  std::optional<UsedModel> model;
  std::string amount;  ///< "auto", or per cent; empty where there is none
};

/// What is told of a restored film, to people in its comment and to programs in other forms. A restored face must never
/// be mistaken for an original.
struct Provenance {
  std::vector<Treatment> treatments;

  bool has(Treatment::Kind kind) const;
  /// IPTC's term for where such a picture comes from, as a URI; empty if nothing was done.
  std::string digital_source_type() const;
};

/// Reads the models' files for their sums. What is done in segments alone is told as well.
Provenance provenance_of(const RestoreOptions& options, const FilmSegments& segments = {});

/// Among the tags of WriteOptions: the name of a file that tells more. The comment refers to it.
inline constexpr const char* kProvenanceTag = "provenance";

/// The output's comment: behind whatever comment the input has.
std::string provenance_comment(const MediaInfo& input, const RestoreOptions& options, const Provenance& provenance,
                               std::size_t segments = 0);

/// The same mark for programs: an XMP packet with the digital source type.
std::string provenance_xmp(const Provenance& provenance);

}  // namespace reelface
