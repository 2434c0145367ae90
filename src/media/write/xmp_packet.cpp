// SPDX-License-Identifier: Apache-2.0
#include "media/write/xmp_packet.h"

extern "C" {
#include <libavutil/crc.h>
}

#include <algorithm>

#include "media/write/xmp_tag.h"

namespace reelface {
namespace {

using namespace std::string_view_literals;

std::string big_endian(std::uint32_t number, int bytes) {
  std::string text;
  for (int byte = bytes - 1; byte >= 0; --byte) text += static_cast<char>(number >> 8 * byte & 0xFF);
  return text;
}

std::uint32_t crc_of(std::string_view bytes) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  return av_crc(av_crc_get_table(AV_CRC_32_IEEE_LE), 0xFFFFFFFF, data, bytes.size()) ^ 0xFFFFFFFF;
}

/// International text, not compressed, of no language, under the name that XMP has in PNG files.
std::string png_chunk(std::string_view xmp) {
  const std::string body = "iTXt" + std::string("XML:com.adobe.xmp\0\0\0\0\0"sv) + std::string(xmp);
  return big_endian(static_cast<std::uint32_t>(body.size() - 4), 4) + body + big_endian(crc_of(body), 4);
}

/// An application segment; empty where the packet is too long for one.
std::string jpeg_segment(std::string_view xmp) {
  const std::string body = std::string("http://ns.adobe.com/xap/1.0/\0"sv) + std::string(xmp);
  const std::size_t length = body.size() + 2;
  if (length > 0xFFFF) return {};
  return std::string("\xFF\xE1"sv) + big_endian(static_cast<std::uint32_t>(length), 2) + body;
}

/// Where the picture's header ends: PNG's first chunk, JPEG's JFIF segment. 0: this is no such file.
std::size_t header_end(std::string_view file, AVCodecID codec) {
  constexpr std::size_t kPngHeader = 8 + 25;
  if (codec == AV_CODEC_ID_PNG) return file.size() > kPngHeader && file.substr(12, 4) == "IHDR" ? kPngHeader : 0;
  if (codec != AV_CODEC_ID_MJPEG || file.substr(0, 2) != "\xFF\xD8"sv) return 0;
  if (file.substr(2, 2) != "\xFF\xE0"sv || file.size() < 6) return 2;
  const std::size_t length = std::size_t{static_cast<std::uint8_t>(file[4])} << 8 | static_cast<std::uint8_t>(file[5]);
  return std::min(4 + length, file.size());
}

}  // namespace

std::string xmp_of(const WriteOptions& options) {
  for (const auto& [name, value] : options.extra_tags) {
    if (name == kXmpTag) return value;
  }
  return {};
}

std::string xmp_box(std::string_view xmp) {
  constexpr auto kXmp = "\xBE\x7A\xCF\xCB\x97\xA9\x42\xE8\x9C\x71\x99\x94\x91\xE3\xAF\xAC"sv;
  const std::string body = "uuid" + std::string(kXmp) + std::string(xmp);
  return big_endian(static_cast<std::uint32_t>(body.size() + 4), 4) + body;
}

std::vector<std::uint8_t> with_xmp(const std::uint8_t* file, std::size_t size, AVCodecID codec, std::string_view xmp) {
  std::vector<std::uint8_t> marked(file, file + size);
  const std::size_t end = header_end({reinterpret_cast<const char*>(file), size}, codec);
  if (end == 0 || xmp.empty()) return marked;
  const std::string piece = codec == AV_CODEC_ID_PNG ? png_chunk(xmp) : jpeg_segment(xmp);
  marked.insert(marked.begin() + static_cast<std::ptrdiff_t>(end), piece.begin(), piece.end());
  return marked;
}

}  // namespace reelface
