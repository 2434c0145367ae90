// SPDX-License-Identifier: Apache-2.0
#include "reelface/restore/film_tracks.h"

#include <algorithm>
#include <filesystem>

#include "core/shell_quoted.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {

FilmFacts film_facts(const std::string& path, const VideoInfo& video) {
  FilmFacts facts;
  facts.name = printable(std::filesystem::path(path).filename().string());
  std::error_code unknown;
  if (std::filesystem::is_regular_file(path, unknown)) {
    facts.bytes = static_cast<std::int64_t>(std::filesystem::file_size(path, unknown));
  }
  facts.width = video.width;
  facts.height = video.height;
  facts.time_base = video.time_base;
  return facts;
}

FilmTracks::FilmTracks(FilmFacts film, std::vector<FilmFrame> frames, std::vector<DescribedTrack> tracks)
    : film_(std::move(film)), frames_(std::move(frames)), tracks_(std::move(tracks)) {
  const auto earlier = [](const FilmFrame& first, const FilmFrame& second) { return first.pts < second.pts; };
  std::sort(frames_.begin(), frames_.end(), earlier);
}

const FrameTracks* FilmTracks::at(std::int64_t pts) const {
  const auto found = std::lower_bound(frames_.begin(), frames_.end(), pts,
                                      [](const FilmFrame& frame, std::int64_t stamp) { return frame.pts < stamp; });
  return found != frames_.end() && found->pts == pts ? &found->tracks : nullptr;
}

void require_same_film(const FilmTracks& tracks, const std::string& path, const VideoInfo& video) {
  const FilmFacts& made_from = tracks.film();
  const FilmFacts now = film_facts(path, video);
  const bool same_length = made_from.bytes == 0 || now.bytes == 0 || made_from.bytes == now.bytes;
  if (same_length && made_from.width == now.width && made_from.height == now.height &&
      made_from.time_base == now.time_base) {
    return;
  }
  if (same_length && made_from.bytes != 0 && made_from.time_base == now.time_base)
    throw Error(ExitCode::kUsage,
                "the tracks were made of " + std::to_string(made_from.width) + "x" + std::to_string(made_from.height) +
                    " pictures, the film's are " + std::to_string(now.width) + "x" + std::to_string(now.height),
                "give the same --canvas as when they were made");
  throw Error(ExitCode::kUsage, "the tracks were made from another film (" + made_from.name + ") than " + now.name,
              "make them anew: reelface analyze " + shell_quoted(path) + " --tracks tracks.json");
}

}  // namespace reelface
