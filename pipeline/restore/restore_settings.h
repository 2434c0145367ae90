// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/media/video_reader.h"
#include "reelface/media/video_writer.h"
#include "reelface/restore/film_segments.h"
#include "reelface/restore/restore_options.h"

namespace reelface {

/// How the input is read: the user's wishes with so many threads.
ReadOptions read_options(const RestoreOptions& options, int threads);

/// What decoded frames are like.
FrameFacts decoded_facts(const VideoInfo& video);

/// How the output is written: the user's wishes, the size that leaves the stages, and the comment on what was done.
WriteOptions write_options(const RestoreOptions& options, const MediaInfo& input, int threads,
                           const FilmSegments& segments = {});

/// Keeps going with a little damage. Throws Error(kInputDamaged) with much of it or, on request, with any.
void judge_damage(const DamageReport& damage, DamagePolicy policy);

}  // namespace reelface
