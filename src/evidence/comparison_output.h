// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "evidence/compare_videos.h"
#include "report/report_data.h"

namespace reelface {

/// Which way a measure is better.
enum class Better { kHigher, kLower, kNearOne };

/// "higher", "lower" or "near 1".
const char* spelled(Better better);

/// One line of every table about a comparison.
struct MeasureLine {
  const char* key;    ///< in JSON
  const char* title;  ///< for people
  const char* unit;
  double MeasureSummary::*value;
  Better better;
  int digits;
};

/// All measures in the order they are shown.
const std::vector<MeasureLine>& measure_lines();

/// One entry for each person, the means over his or her faces; `track` is -1.
std::vector<FaceIdentity> people_of(const std::vector<FaceIdentity>& faces);

/// A table for a terminal; measures without a value are left out.
std::string comparison_table(const Comparison& comparison);

/// Summary, alignment and warnings; not finite values are null, "inf" is text.
std::string comparison_json(const Comparison& comparison);

/// One line per frame; the heading first. Values that do not apply are empty.
std::string csv_heading(bool has_input);
std::string csv_line(const ComparisonRow& row, bool has_input);

/// Everything for html_report(). Encodes the kept pictures.
ReportData comparison_report(const Comparison& comparison);

}  // namespace reelface
