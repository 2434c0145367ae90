// SPDX-License-Identifier: Apache-2.0
#include "studio/page_files.h"

#include <algorithm>

namespace reelface {

const PageFile* page_file(std::string_view name) {
  const std::vector<PageFile>& files = page_files();
  const auto found =
      std::find_if(files.begin(), files.end(), [name](const PageFile& file) { return file.name == name; });
  return found == files.end() ? nullptr : &*found;
}

std::string_view type_of_page_file(std::string_view name) {
  const std::string_view ending = name.substr(std::min(name.rfind('.'), name.size()));
  if (ending == ".html") return "text/html; charset=utf-8";
  if (ending == ".css") return "text/css; charset=utf-8";
  if (ending == ".js") return "text/javascript; charset=utf-8";
  if (ending == ".svg") return "image/svg+xml";
  return "application/octet-stream";
}

}  // namespace reelface
