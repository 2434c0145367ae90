// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

namespace reelface {

/// A file of the page, built into the program.
struct PageFile {
  std::string_view name;  ///< "studio.css"
  std::string_view text;
};

/// All there are; those of the folder page/.
const std::vector<PageFile>& page_files();

/// Null: there is none of this name.
const PageFile* page_file(std::string_view name);

/// "text/css; charset=utf-8", by its ending.
std::string_view type_of_page_file(std::string_view name);

}  // namespace reelface
