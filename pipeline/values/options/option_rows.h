// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "reelface/restore/option_table.h"

namespace reelface {

// The rows of the table, group by group, in the order in which --help shows them.
std::vector<Option> file_rows();
std::vector<Option> model_rows();
std::vector<Option> face_rows();
std::vector<Option> film_rows();
std::vector<Option> enlarge_rows();
std::vector<Option> time_rows();
std::vector<Option> range_rows();
std::vector<Option> picture_rows();
std::vector<Option> encode_rows();
std::vector<Option> run_rows();

}  // namespace reelface
