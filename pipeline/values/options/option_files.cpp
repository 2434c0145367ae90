// SPDX-License-Identifier: Apache-2.0
#include "pipeline/values/options/option_files.h"

#include <algorithm>
#include <system_error>
#include <vector>

#include "pipeline/values/enlarging.h"
#include "reelface/inference/model_store.h"
#include "reelface/restore/model_choice.h"

namespace reelface {

bool names_a_file(const OptionFacts& option, const std::string& value) {
  if (option.type != OptionType::kModel) return option.type == OptionType::kFile;
  if (model_choice(value) != ModelChoice::kRestorer) return false;
  if (upscaler_choice(value) != UpscalerChoice::kModel) return false;
  const std::vector<ModelInfo> models = known_models();
  return std::none_of(models.begin(), models.end(), [&value](const ModelInfo& known) { return known.name == value; });
}

bool is_file_there(const OptionFacts& option, const std::string& value) {
  std::error_code ignored;
  return names_a_file(option, value) && std::filesystem::exists(value, ignored);
}

std::string from_folder(const std::string& file, const std::filesystem::path& folder) {
  return (folder / file).lexically_normal().string();
}

}  // namespace reelface
