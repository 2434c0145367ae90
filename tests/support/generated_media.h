// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace reelface::testing {

/// Runs a command line with the shell and throws, with its messages, when it fails.
void run_command(const std::string& command_line);

/// Runs the `ffmpeg` program quietly; throws when it fails. Test clips are made, never stored.
void run_ffmpeg(const std::string& arguments);

/// A copy of a film that says it is to be shown turned, by as many degrees as ffprobe then tells.
void say_turned(const std::string& upright, const std::string& turned, int degrees);

/// What a command prints; throws when it fails.
std::string output_of(const std::string& command_line);

/// `name` as one shell word, whatever bytes it holds.
std::string quoted(const std::string& name);

std::string file_bytes(const std::string& path);
void write_file(const std::string& path, const std::string& bytes);

}  // namespace reelface::testing
