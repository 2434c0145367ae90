// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "reelface/restore/restore_video.h"
#include "report/report_data.h"

namespace reelface {

/// What a page about a restored film says in words and figures; pictures and charts come besides.
ReportData restore_page_text(const RestoreOptions& options, const RestoreReport& report);

/// One face's way through the film as a sentence or two.
std::string in_words(const TrackReport& track);

}  // namespace reelface
