// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/path_check.h"
#include "reelface/restore/restore_options.h"

namespace reelface {

/// Every file that a run with these options reads: the input or its pictures, tracks, photos, models.
std::vector<PathUse> files_read(const RestoreOptions& options);

/// The input's files alone, called `what` in messages.
void add_input_files(std::vector<PathUse>& read, const std::string& what, const std::string& input);

/// All models that are here: a command may use any of them.
void add_models(std::vector<PathUse>& read);

/// Every file in the folder, such as the parts of a film.
void add_files_in(std::vector<PathUse>& read, const std::string& what, const std::string& folder);

/// The output, or the pictures that numbered ones would replace. Throws Error(kUsage) for names nothing can be made of.
std::vector<PathUse> files_written(const RestoreOptions& options);

}  // namespace reelface
