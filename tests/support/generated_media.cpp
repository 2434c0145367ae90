// SPDX-License-Identifier: Apache-2.0
#include "support/generated_media.h"

#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>

namespace reelface::testing {

std::string output_of(const std::string& command_line) {
  FILE* pipe = popen(("{ " + command_line + "; } 2>&1").c_str(), "r");
  if (!pipe) throw std::runtime_error("cannot start: " + command_line);
  std::string text;
  char part[4096];
  while (const std::size_t count = std::fread(part, 1, sizeof part, pipe)) text.append(part, count);
  const int status = pclose(pipe);
  if (status != 0) {
    throw std::runtime_error("failed with status " + std::to_string(status) + ": " + command_line + "\n" + text);
  }
  return text;
}

void run_command(const std::string& command_line) {
  output_of(command_line);
}

void run_ffmpeg(const std::string& arguments) {
  run_command("ffmpeg -nostdin -y -v error " + arguments);
}

void say_turned(const std::string& upright, const std::string& turned, int degrees) {
  // An option of the input since FFmpeg 6; before, a tag of the output.
  try {
    run_ffmpeg("-display_rotation " + std::to_string(degrees) + " -i " + quoted(upright) + " -c copy " +
               quoted(turned));
  } catch (const std::runtime_error&) {
    run_ffmpeg("-i " + quoted(upright) + " -c copy -metadata:s:v:0 rotate=" + std::to_string((degrees + 360) % 360) +
               " " + quoted(turned));
  }
}

std::string quoted(const std::string& name) {
  std::string word = "'";
  for (const char character : name) {
    if (character == '\'') {
      word += "'\\''";
    } else {
      word += character;
    }
  }
  return word + "'";
}

std::string file_bytes(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void write_file(const std::string& path, const std::string& bytes) {
  std::ofstream stream(path, std::ios::binary);
  stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!stream.flush()) throw std::runtime_error("cannot write " + path);
}

}  // namespace reelface::testing
