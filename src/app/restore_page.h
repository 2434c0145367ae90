// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "reelface/restore/restore_video.h"
#include "report/report_data.h"

namespace reelface {

/// Looks on while a film is restored and keeps what a page about it shows: a few pictures before and after, faces
/// through the film, how strongly each was restored. Bounded, whatever the length.
class RestorePage {
 public:
  explicit RestorePage(const RestoreOptions& options);
  ~RestorePage();
  RestorePage(const RestorePage&) = delete;
  RestorePage& operator=(const RestorePage&) = delete;

  /// For restore_video(). This object must outlive the run.
  LineEditor editor();

  /// After the run.
  ReportData data(const RestoreReport& report) const;

 private:
  class Watcher;
  RestoreOptions options_;
  std::unique_ptr<Watcher> watcher_;
};

/// Where `path` ends like a page's name: .html or .htm.
bool is_page_name(const std::string& path);

}  // namespace reelface
