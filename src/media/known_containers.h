#pragma once

#include <string>

namespace reelface {

/// Whether a libav demuxer (by its name, which may list several: "mov,mp4,…") reads what we accept from users.
/// Left out: playlists and scripts that name other files (hls, concat, dash, sdp…), devices, network protocols,
/// formats that need options to make sense (rawvideo), sound only.
bool is_known_container(const std::string& demuxer_name);

/// Whether it is one of the playlist formats, for a message that says so.
bool is_playlist(const std::string& demuxer_name);

}  // namespace reelface
