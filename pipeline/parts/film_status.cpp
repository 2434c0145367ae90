// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>

#include "pipeline/parts/part_folder.h"
#include "pipeline/parts/part_label.h"
#include "reelface/core/error.h"
#include "reelface/parts/film_parts.h"

namespace reelface {
namespace {

PartStatus look_at(const std::string& folder, const FilmPlan& plan, std::size_t part) {
  PartStatus status;
  status.part = part;
  status.frames = plan.parts[part].frames();
  if (std::filesystem::exists(part_path(folder, part))) {
    try {
      const PartLabel label = glanced_label(folder, plan, part);
      status.state = PartState::kDone;
      status.frames_done = status.frames;
      status.faces_restored = label.report.faces.restored;
      status.wall_seconds = label.report.wall_seconds;
      status.worker = label.worker;
      return status;
    } catch (const Error& error) {
      status.state = PartState::kFailed;
      status.reason = error.what();
    }
  }
  for (const WorkerNote& note : running_notes(folder, part)) {
    if (!note.is_alive) continue;
    status.state = PartState::kRunning;
    status.worker = note.worker;
    status.frames_done = std::max(status.frames_done, std::min(note.frames_done, status.frames));
  }
  if (status.state != PartState::kMissing) return status;
  if (const std::optional<std::string> reason = failure_of(folder, part)) {
    status.state = PartState::kFailed;
    status.reason = *reason;
  }
  return status;
}

}  // namespace

std::size_t FilmStatus::count(PartState state) const {
  return static_cast<std::size_t>(
      std::count_if(parts.begin(), parts.end(), [state](const PartStatus& part) { return part.state == state; }));
}

FilmStatus status_of(const std::string& folder, const FilmPlan& plan) {
  FilmStatus film;
  film.frames = plan.frames;
  double seconds = 0;
  std::int64_t timed_frames = 0;
  for (std::size_t part = 0; part < plan.parts.size(); ++part) {
    film.parts.push_back(look_at(folder, plan, part));
    const PartStatus& status = film.parts.back();
    film.frames_done += status.frames_done;
    if (status.state != PartState::kDone) continue;
    seconds += status.wall_seconds;
    timed_frames += status.frames;
  }
  const auto workers = static_cast<double>(film.count(PartState::kRunning));
  if (seconds > 0 && workers > 0) {
    film.frames_per_second = workers * static_cast<double>(timed_frames) / seconds;
    film.seconds_left = static_cast<double>(film.frames - film.frames_done) / film.frames_per_second;
  }
  return film;
}

}  // namespace reelface
