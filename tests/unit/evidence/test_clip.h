// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "support/run_program.h"

namespace reelface::testing {

inline void run_ffmpeg(const std::string& arguments) {
  const ProgramResult result = run_program("ffmpeg -nostdin -y -v error " + arguments);
  ASSERT_EQ(result.exit_code, 0) << result.output;
}

/// A moving test picture with two sound tracks, uneven frame times and a subtitle, Matroska and lossless.
inline void make_clip(const std::string& path, int frames = 24, const std::string& size = "128x96") {
  run_ffmpeg("-f lavfi -i testsrc2=s=" + size +
             ":r=25 -f lavfi -i sine=f=440 -f lavfi -i sine=f=660 -map 0 -map 1 -map 2 " +
             "-vf \"setpts='PTS+if(gte(N,10),1,0)'\" -fps_mode passthrough -frames:v " + std::to_string(frames) +
             " -t 2 -c:v ffv1 -pix_fmt yuv420p -c:a flac -shortest " + path);
}

inline std::string frame_times(const std::string& path) {
  return run_program("ffprobe -v error -select_streams v -show_entries frame=pts_time -of flat " + path).output;
}

inline std::string sound_hash(const std::string& path) {
  return run_program("ffmpeg -v error -i " + path + " -map 0:a -c copy -f streamhash -").output;
}

inline std::string file_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// PSNR of luma between two files, as ffmpeg finds it.
inline double ffmpeg_psnr(const std::string& left, const std::string& right) {
  return number_after(
      run_program("ffmpeg -nostdin -hide_banner -i " + left + " -i " + right + " -lavfi psnr -f null -").output, " y:");
}

}  // namespace reelface::testing
