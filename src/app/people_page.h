// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/restore/analyze_video.h"
#include "report/report_data.h"

namespace reelface {

/// The page of `analyze --people`: who is in the film, when, and the options that select them.
ReportData people_page(const Analysis& analysis, const std::string& tracks_file);

}  // namespace reelface
