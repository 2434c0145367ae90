#pragma once

#include <string>
#include <vector>

namespace reelface {

/// Found out before the work, not after it: a report that cannot be written, or that would replace one of the films.
/// Throws Error(kUsage); `option` is the one that named it.
void check_report_path(const std::string& report, const std::string& option, const std::vector<std::string>& films);

}  // namespace reelface
