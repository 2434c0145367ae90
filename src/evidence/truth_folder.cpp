// SPDX-License-Identifier: Apache-2.0
#include "evidence/truth_folder.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;

const std::string& made_folder(const std::string& folder) {
  std::error_code failure;
  fs::create_directories(folder, failure);
  if (failure)
    throw Error(ExitCode::kOutputUnwritable,
                "cannot make the folder of the truth " + printable(folder) + ": " + failure.message(),
                "choose another with --truth");
  return folder;
}

WriteOptions mask_options(int width, int height, bool overwrite) {
  WriteOptions write;
  write.codec = "ffv1";
  write.pixel_format = "gray";
  write.copy_audio = write.copy_subtitles = false;
  write.drop_unsupported = true;
  write.overwrite = overwrite;
  write.bitexact = true;
  write.width = width;
  write.height = height;
  return write;
}

Frame mask_frame(const DamageTruth& truth, const FrameFacts& facts) {
  FrameFacts grey = facts;
  grey.layout = pixel_layout("gray");
  grey.colour.range = ColourRange::kFull;
  grey.width = truth.width;
  grey.height = truth.height;
  Frame frame = allocate_frame(grey);
  const Plane plane = frame.plane(0);
  for (int y = 0; y < truth.height; ++y) {
    std::copy_n(truth.mask.data() + std::ptrdiff_t{y} * truth.width, truth.width, plane.data + y * plane.stride);
  }
  return frame;
}

double rounded(double value) {
  constexpr double kDigits = 1e5;
  return std::round(value * kDigits) / kDigits;
}

}  // namespace

std::vector<std::string> truth_files(const std::string& folder) {
  return {(fs::path(folder) / "mask.mkv").string(), (fs::path(folder) / "truth.jsonl").string()};
}

TruthFolder::TruthFolder(const VideoReader& source, const std::string& folder, int width, int height, bool overwrite)
    : mask_(source, truth_files(made_folder(folder))[0], mask_options(width, height, overwrite)),
      lines_(truth_files(folder)[1], replacing(overwrite)) {}

void TruthFolder::write(const DamageTruth& truth, std::int64_t clean_frame, const FrameFacts& facts) {
  const auto marked = std::count(truth.mask.begin(), truth.mask.end(), std::uint8_t{255});
  nlohmann::ordered_json line;
  line["frame"] = frames_++;
  line["time"] = rounded(static_cast<double>(facts.pts) * facts.time_base.value());
  line["weave"] = {rounded(truth.weave_x), rounded(truth.weave_y)};
  line["flicker"] = rounded(truth.flicker);
  line["noise"] = rounded(truth.noise);
  line["dirt"] = truth.laid.specks;
  line["scratches"] = truth.laid.scratches;
  line["share"] =
      rounded(static_cast<double>(marked) / static_cast<double>(std::max<std::size_t>(truth.mask.size(), 1)));
  line["hairs"] = truth.laid.hairs;
  line["blotches"] = truth.laid.blotches;
  line["chroma_blotches"] = truth.laid.chroma_blotches;
  line["mould"] = truth.laid.mould;
  line["switching_lines"] = truth.laid.switching_lines;
  line["uneven"] = {rounded(truth.uneven.across), rounded(truth.uneven.down), rounded(truth.uneven.corners)};
  line["splice"] = truth.spliced;
  line["shows"] = clean_frame - (truth.doubled ? 1 : 0);
  lines_.write(line.dump() + "\n");
  mask_.write(mask_frame(truth, facts));
}

void TruthFolder::finish() {
  mask_.finish();
  lines_.commit();
}

}  // namespace reelface
