// SPDX-License-Identifier: Apache-2.0
#include "app/command_paths.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "media/write/media_files.h"
#include "reelface/inference/model_store.h"

namespace reelface {

namespace fs = std::filesystem;

void add_input_files(std::vector<PathUse>& read, const std::string& what, const std::string& input) {
  for (std::string& file : input_files(input)) read.push_back({what, std::move(file)});
}

void add_models(std::vector<PathUse>& read) {
  const std::vector<std::string> folders = ModelStore::from_environment().folders();
  for (const ModelInfo& model : known_models()) {
    for (const std::string& folder : folders) read.push_back({"the model", (fs::path(folder) / model.file).string()});
  }
}

void add_files_in(std::vector<PathUse>& read, const std::string& what, const std::string& folder) {
  std::error_code failure;
  for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end; entry.increment(failure))
    read.push_back({what, entry->path().string()});
}

std::vector<PathUse> files_read(const RestoreOptions& options) {
  std::vector<PathUse> read;
  add_input_files(read, "the input", options.input);
  read.push_back({"the file of tracks", options.faces.tracks_file});
  read.push_back({"the list of repairs", options.film.repairs_kept});
  read.push_back({"the file of segments", options.segments_file});
  for (const std::string& photo : options.faces.reference_faces) read.push_back({"the photo", photo});
  for (const std::string& name : {options.model.model, options.enlarge.upscaler, options.enlarge.twin}) {
    if (const std::optional<std::string> model = ModelStore::from_environment().find(name))
      read.push_back({"the model", *model});
  }
  add_models(read);
  return read;
}

std::vector<PathUse> files_written(const RestoreOptions& options) {
  std::vector<PathUse> written;
  for (std::string& file : output_files(options.output, options.write.container))
    written.push_back({"the output", std::move(file)});
  written.push_back({"the picture of the newest frame", options.snapshot});
  return written;
}

}  // namespace reelface
