// SPDX-License-Identifier: Apache-2.0
// What packets say of the size of their pictures, and whether they are whole. The first byte picks the codec, the
// second how units are told apart and how long the packets are.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <optional>
#include <vector>

#include "media/headers/coded_size.h"
#include "media/headers/gif_blocks.h"
#include "media/headers/parameter_sets.h"

namespace {

constexpr AVCodecID kCodecs[] = {AV_CODEC_ID_H264,       AV_CODEC_ID_HEVC,       AV_CODEC_ID_MPEG4,
                                 AV_CODEC_ID_MPEG1VIDEO, AV_CODEC_ID_MPEG2VIDEO, AV_CODEC_ID_VVC};

void require_sane(const std::optional<reelface::PictureSize>& size) {
  if (size && (size->width <= 0 || size->height <= 0 || size->width > 65536 || size->height > 65536)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 3) return 0;
  const AVCodecID codec = kCodecs[data[0] % std::size(kCodecs)];
  const int bytes_of_length = data[1] % 5;
  const std::size_t packet = 1 + std::size_t{data[1]} / 5 * 16;
  reelface::Vp9Sizes vp9;
  reelface::bytes_of_unit_length(codec, data + 2, size - 2);
  for (std::size_t place = 2; place < size; place += packet) {
    // Copied, so that a sanitizer sees every byte read behind the end.
    const std::vector<std::uint8_t> bytes(data + place, data + std::min(size, place + packet));
    const auto digest = reelface::parameter_digest(codec, bytes_of_length, bytes.data(), bytes.size());
    if (digest != reelface::parameter_digest(codec, bytes_of_length, bytes.data(), bytes.size())) std::abort();
    require_sane(reelface::vp8_size(bytes.data(), bytes.size()));
    require_sane(reelface::jpeg_size(bytes.data(), bytes.size()));
    reelface::is_made_of_gif_blocks(bytes.data(), bytes.size());
    require_sane(vp9.see(bytes.data(), bytes.size()));
  }
  return 0;
}
