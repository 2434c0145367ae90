// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "media/formats/container_rules.h"
#include "media/libav/ptr.h"

namespace reelface {

/// The text with every byte that is not UTF-8 replaced by U+FFFD: Matroska would store it raw and be broken.
std::string valid_utf8(std::string_view text);

/// The file's tags without those that belong to the old file (encoder, brands), or that `bitexact` forbids (dates).
void copy_file_tags(AVDictionary** to, const AVDictionary* from, bool bitexact);

/// A stream's tags without those that belong to the old file. `is_encoded`: nor those that count the old packets.
void copy_stream_tags(AVDictionary** to, const AVDictionary* from, bool is_encoded, const ContainerRules& rules);

/// Chapters of the input in its new time, which starts `start_offset` microseconds later.
void copy_chapters(AVFormatContext& to, const AVFormatContext& from, std::int64_t start_offset);

/// MPEG transport streams group streams into programs; other containers have none. `stream_map`: output stream of each
/// input stream, -1 for those left out.
void copy_programs(AVFormatContext& to, const AVFormatContext& from, const std::vector<int>& stream_map);

/// File tags this container has no place for.
std::vector<std::string> tags_without_place(const AVDictionary* tags, const ContainerRules& rules);

}  // namespace reelface
