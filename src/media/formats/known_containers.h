// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace reelface {

/// What a libav demuxer (by its name, which may list several: "mov,mp4,…") is to us.
enum class ContainerKind {
  kUsual,     ///< film, television, cameras, phones, screen recorders, discs, the web, pictures: read unasked
  kRare,      ///< games, animation programs, icons, consoles: read only when the user says --any-format
  kPlaylist,  ///< a list or script that names other files and addresses: never followed
  kOther,     ///< devices, network, sound alone, formats that need options to make sense: never read
};

ContainerKind kind_of_container(const std::string& demuxer_name);

/// The demuxers that libav may open, for its own `format_whitelist`: those we accept, and the two kinds of subtitles
/// that an AVI file carries as files of their own.
std::string demuxer_whitelist(bool any_format);

}  // namespace reelface
