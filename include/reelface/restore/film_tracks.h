// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "reelface/core/rational.h"
#include "reelface/faces/tracked_face.h"
#include "reelface/media/media_info.h"
#include "reelface/people/described_track.h"

namespace reelface {

class WholeFile;

/// Identifies a film, and says how its faces were looked for. Zero: unknown, not compared.
struct FilmFacts {
  std::string name;  ///< for messages
  std::int64_t bytes = 0;
  int width = 0;
  int height = 0;
  Rational time_base{1, 1};
  double window_seconds = 0;
  double detector_score = 0;
  int detect_every = 1;
};

FilmFacts film_facts(const std::string& path, const VideoInfo& video);

/// The faces of one frame, exactly as the tracker gave them.
struct FilmFrame {
  std::int64_t pts = 0;  ///< in the film's time base, counted from the film's start
  FrameTracks tracks;
};

/// What `analyze --tracks` keeps of a film, and `restore --tracks` starts from. Numbers survive the file to the last
/// bit, so the pixels are those of a run that finds the faces itself. docs/file_of_tracks.md describes the format.
class FilmTracks {
 public:
  FilmTracks(FilmFacts film, std::vector<FilmFrame> frames, std::vector<DescribedTrack> tracks);

  const FilmFacts& film() const { return film_; }
  const std::vector<FilmFrame>& frames() const { return frames_; }  ///< by pts
  const std::vector<DescribedTrack>& tracks() const { return tracks_; }

  /// Null where the film has no such frame.
  const FrameTracks* at(std::int64_t pts) const;

 private:
  FilmFacts film_;
  std::vector<FilmFrame> frames_;
  std::vector<DescribedTrack> tracks_;
};

/// Throws Error(kInputUnreadable), or Error(kUsage) for a file that is none.
FilmTracks read_film_tracks(const std::string& path);

/// Throws Error(kUsage) when the tracks were made from another film.
void require_same_film(const FilmTracks& tracks, const std::string& path, const VideoInfo& video);

/// Writes tracks frame by frame; the file appears whole or not at all. One owner, frames in order.
class FilmTracksWriter {
 public:
  /// A file of that name stays unless `overwrite` is true.
  FilmTracksWriter(const std::string& path, const FilmFacts& film, bool overwrite);
  ~FilmTracksWriter();

  void write(std::int64_t pts, const FrameTracks& tracks);
  void finish(const std::vector<DescribedTrack>& tracks);

 private:
  std::unique_ptr<WholeFile> file_;
  std::string buffer_;
  bool is_first_ = true;
};

}  // namespace reelface
