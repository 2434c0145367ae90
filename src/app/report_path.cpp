#include "app/report_path.h"

#include <filesystem>

#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {

void check_report_path(const std::string& report, const std::string& option, const std::vector<std::string>& films) {
  namespace fs = std::filesystem;
  if (report.empty()) return;
  const fs::path path = fs::absolute(report);
  std::error_code ignored;
  if (!fs::is_directory(path.parent_path(), ignored)) {
    throw Error(ExitCode::kUsage, "there is no folder for the report " + printable(report),
                "make the folder first, or choose another with " + option);
  }
  if (fs::is_directory(path, ignored)) {
    throw Error(ExitCode::kUsage, "the report " + printable(report) + " is a folder",
                "give " + option + " the name of a file");
  }
  for (const std::string& film : films) {
    if (film.empty()) continue;
    if (!fs::equivalent(path, film, ignored) &&
        fs::weakly_canonical(path, ignored) != fs::weakly_canonical(fs::absolute(film), ignored)) {
      continue;
    }
    throw Error(ExitCode::kUsage, "the report " + printable(report) + " would replace a film",
                "give " + option + " a name of its own, for example report.json");
  }
}

}  // namespace reelface
