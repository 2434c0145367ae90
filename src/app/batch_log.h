// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/batch_list.h"
#include "core/file_output.h"
#include "reelface/core/file_stamp.h"
#include "reelface/parts/film_plan.h"

namespace reelface {

/// What became of one file of a batch.
struct BatchResult {
  BatchFile file;
  int exit_code = 0;
  std::string message;                ///< what went wrong
  std::vector<std::string> warnings;  ///< what should be known of what went well
  std::int64_t frames = 0;
  double started_seconds = 0;  ///< of the system's clock
  double seconds = 0;
};

/// The batch's diary, one JSON object on each line: the options of every run, then every file when it has ended. A line
/// is on the disk before the next file ends, so that a killed run is gone on with.
class BatchLog {
 public:
  /// In the output folder, which is made. With `goes_on`, files that an earlier run has finished are known;
  /// Error(kUsage) names the options that were others then. Throws Error(kOutputUnwritable).
  BatchLog(const std::string& output_folder, const SpelledOptions& options, bool goes_on);

  /// Whether the file was made, is still there, and its input is still the one it was made of.
  bool is_done(const BatchFile& file) const;

  void note(const BatchResult& result);

 private:
  struct Done {
    std::string output;
    FileStamp input;
  };

  void open();
  void read(const SpelledOptions& options);
  void write_line(const std::string& line);

  std::string path_;
  std::map<std::string, Done> done_;
  std::optional<FileOutput> file_;
};

std::string batch_log_path(const std::string& output_folder);
std::string to_json_line(const BatchResult& result);

}  // namespace reelface
