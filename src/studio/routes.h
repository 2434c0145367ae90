// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "studio/http/http_message.h"

namespace reelface {

/// What can be asked for.
enum class Route {
  kPage,         ///< GET /
  kPageFile,     ///< GET /page/NAME
  kStart,        ///< GET /api/start: what the page begins with
  kFolder,       ///< GET /api/folder?path=
  kOpen,         ///< POST /api/open
  kFilm,         ///< GET /api/film?film=
  kThumb,        ///< GET /api/thumb?film=&frame=
  kSearch,       ///< POST /api/search: who is in it
  kPeople,       ///< GET /api/people?film=
  kPortrait,     ///< GET /api/portrait?film=&person=&number=
  kPhoto,        ///< POST /api/photo: who looks like it
  kFrame,        ///< POST /api/frame: as it is
  kPreview,      ///< POST /api/preview: as it would be
  kLoop,         ///< POST /api/loop: a few seconds of both
  kLoopPicture,  ///< GET /api/loop-picture?loop=&number=&after=
  kWorking,      ///< GET /api/working: how far the preview is
  kCancel,       ///< POST /api/cancel
  kCommand,      ///< POST /api/command
  kJobs,         ///< GET /api/jobs
  kAddJob,       ///< POST /api/add
  kJob,          ///< POST /api/job: stop, go on, forget, compare
  kNewest,       ///< GET /api/newest?job=: the frame that was restored last
  kComparison,   ///< GET /api/page?job=: what a comparison has written
};

/// None: there is nothing of this name, or it is asked for by another method.
std::optional<Route> route_of(const HttpHead& head);

/// A count in a query: digits alone, below 10^12. None for everything else.
std::optional<std::int64_t> count_in(const HttpHead& head, const std::string& name);

}  // namespace reelface
