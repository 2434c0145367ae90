// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

#include "report/report_data.h"

namespace reelface {

/// The largest page that is made. Pictures that would go beyond are left out, last ones first, and the page says so.
inline constexpr std::size_t kLargestReportBytes = 5'000'000;

/// One self-contained HTML page: no network, no other files, works from a mail attachment. Pure.
std::string html_report(const ReportData& data);

/// Writes the page under `path`, whole or not at all. A file that has the name stays unless `overwrite` is true.
/// Throws Error(kOutputUnwritable).
void write_html_report(const std::string& path, const ReportData& data, bool overwrite);

}  // namespace reelface
