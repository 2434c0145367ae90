// SPDX-License-Identifier: Apache-2.0
// A stage of one's own: the same tracks, but faces are made unrecognisable instead of being restored.
#include <algorithm>
#include <cstdio>

#include "reelface/core/error.h"
#include "reelface/image/paste.h"
#include "reelface/restore/face_work.h"
#include "reelface/restore/restore_video.h"

namespace {

using reelface::RgbImageF;

/// The crop in squares of `side` pixels, each the mean of what it covers.
RgbImageF mosaic(const RgbImageF& crop, int side) {
  RgbImageF result(crop.width, crop.height);
  for (int top = 0; top < crop.height; top += side) {
    for (int left = 0; left < crop.width; left += side) {
      for (int channel = 0; channel < 3; ++channel) {
        const auto sample = [&](const RgbImageF& image, int x, int y) -> std::size_t {
          return (static_cast<std::size_t>(y) * image.width + x) * 3 + channel;
        };
        const int right = std::min(left + side, crop.width), bottom = std::min(top + side, crop.height);
        float sum = 0;
        for (int y = top; y < bottom; ++y) {
          for (int x = left; x < right; ++x) sum += crop.samples[sample(crop, x, y)];
        }
        const float mean = sum / static_cast<float>((right - left) * (bottom - top));
        for (int y = top; y < bottom; ++y) {
          for (int x = left; x < right; ++x) result.samples[sample(result, x, y)] = mean;
        }
      }
    }
  }
  return result;
}

void hide_faces(reelface::FrameGroup& group) {
  for (reelface::FrameJob& job : group.jobs) {
    const auto* work = job.work.get<reelface::FaceWork>();
    if (!job.frame || !work) continue;
    for (const reelface::FaceJob& face : work->faces) {
      const RgbImageF hidden = mosaic(*face.crop, face.crop->width / 8);
      reelface::paste(*job.frame, face.coded_to_crop, {face.crop->view(), hidden.view(), *face.mask});
    }
  }
}

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count != 3) return std::fprintf(stderr, "usage: custom_stage INPUT OUTPUT\n"), 2;
  try {
    reelface::RestoreOptions options;
    options.input = arguments[1];
    options.output = arguments[2];
    options.model.model = "identity";  // find and follow faces, restore nothing
    options.write.overwrite = true;
    const auto edit = [](reelface::Line& line) {
      line.insert_before("paste", reelface::Stage{"hide", reelface::Concurrency::kParallel, hide_faces});
    };
    const reelface::RestoreReport report = reelface::restore_video(options, {}, nullptr, edit);
    std::printf("%zu faces hidden\n", report.tracks.size());
    return report.tracks.empty() ? 1 : 0;
  } catch (const std::exception& exception) {
    std::fprintf(stderr, "%s\n", reelface::describe(exception).c_str());
    return static_cast<int>(reelface::exit_code_of(exception));
  }
}
