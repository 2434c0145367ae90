// SPDX-License-Identifier: Apache-2.0
#include "media/check/frame_bytes.h"

#include <array>
#include <memory>
#include <new>

#include "media/libav/error.h"
#include "reelface/core/error.h"

extern "C" {
#include <libavutil/imgutils.h>
#include <libavutil/md5.h>
#include <libavutil/mem.h>
#include <libavutil/pixdesc.h>
}

namespace reelface {
namespace {

struct FreeMemory {
  void operator()(AVMD5* md5) const { av_free(md5); }
};

using Md5 = std::unique_ptr<AVMD5, FreeMemory>;

Md5 new_md5() {
  Md5 md5(av_md5_alloc());
  if (!md5) throw std::bad_alloc();
  av_md5_init(md5.get());
  return md5;
}

std::string finished(AVMD5& md5) {
  std::array<std::uint8_t, 16> digest{};
  av_md5_final(&md5, digest.data());
  std::string text;
  for (const std::uint8_t byte : digest) {
    constexpr const char* kDigits = "0123456789abcdef";
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

}  // namespace

FrameBytes frame_bytes(const Frame& frame) {
  const FrameFacts& facts = frame.facts();
  const AVPixelFormat format = av_get_pix_fmt(facts.layout.name.c_str());
  const AVPixFmtDescriptor* const description = av_pix_fmt_desc_get(format);
  if (!description) throw Error(ExitCode::kInternal, "libav knows no pixel format " + facts.layout.name);
  if ((description->flags & AV_PIX_FMT_FLAG_PAL) != 0)
    throw Error(ExitCode::kUsage, "pictures with palettes have no list of frames", "write another pixel format");
  const Md5 md5 = new_md5();
  FrameBytes bytes;
  const int planes = av_pix_fmt_count_planes(format);
  for (int number = 0; number < planes; ++number) {
    const int row_bytes =
        check_libav(av_image_get_linesize(format, facts.width, number), "measuring a row", ExitCode::kInternal);
    const Plane plane = frame.plane(number);
    for (int row = 0; row < plane.height; ++row)
      av_md5_update(md5.get(), plane.data + row * plane.stride, static_cast<std::size_t>(row_bytes));
    bytes.count += static_cast<std::int64_t>(row_bytes) * plane.height;
  }
  bytes.md5 = finished(*md5);
  return bytes;
}

}  // namespace reelface
