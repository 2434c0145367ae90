// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "report/report_data.h"

namespace reelface {

// Pieces of the page, each from its part of the data.

std::string headlines_html(const std::vector<ReportHeadline>& headlines);
std::string warnings_html(const std::vector<std::string>& warnings);
std::string pairs_html(const std::vector<ReportPair>& pairs);
std::string tracks_html(const std::vector<ReportTrack>& tracks);
std::string people_html(const std::vector<ReportPerson>& people);
std::string chart_html(const ReportChart& chart, int number);
std::string table_html(const ReportTable& table);
std::string timings_html(const std::vector<ReportTiming>& timings, const std::string& note);

/// Name of a role in class attributes.
const char* role_class(ReportRole role);

const char* report_style();
const char* people_style();
const char* people_script();
const char* report_script();

}  // namespace reelface
