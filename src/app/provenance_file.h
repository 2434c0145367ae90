// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "app/change_recorder.h"
#include "core/whole_file.h"
#include "image/resized_frame.h"

namespace reelface {

/// What --provenance and --c2pa-manifest write of a film: which frames were changed, where and by what. The first is
/// written while the film is, so that its length does not matter; both appear when the film is done, or not at all.
class ProvenanceFiles {
 public:
  /// Paths may be empty: then that file is not written.
  ProvenanceFiles(const RestoreOptions& options, const std::string& frames_path, std::string manifest_path);
  ProvenanceFiles(const ProvenanceFiles&) = delete;
  ProvenanceFiles& operator=(const ProvenanceFiles&) = delete;

  /// For restore_video(). This object must outlive the run.
  LineEditor editor() { return recorder_.editor(); }

  /// After the run; the output is there. Reads it, and the input, for their sums.
  void finish(const RestoreReport& report);

 private:
  void write_head();
  void write_stretch(const ChangedStretch& stretch);

  RestoreOptions options_;
  Provenance provenance_;
  std::string manifest_path_;
  std::unique_ptr<WholeFile> frames_;
  bool is_first_stretch_ = true;
  ChangeRecorder recorder_;
};

/// A manifest definition for c2patool, which signs it and puts it into the film. `picture` is what areas lie in. Pure.
nlohmann::ordered_json c2pa_manifest(const std::string& input, const std::string& output, const Provenance& provenance,
                                     const ChangeTotals& totals, FrameSize picture);

}  // namespace reelface
