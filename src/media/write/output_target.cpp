// SPDX-License-Identifier: Apache-2.0
#include "media/write/output_target.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <string_view>
#include <utility>

#include "core/path_check.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

constexpr const char* kContainerAdvice = "end the name with .mkv, .mp4, .mov or another container's ending";

std::string lower_extension(const std::string& path) {
  std::string extension = std::filesystem::path(path).extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return extension;
}

AVCodecID picture_codec(const std::string& path) {
  static constexpr std::array<std::pair<const char*, AVCodecID>, 13> kCodecs{{
      {".png", AV_CODEC_ID_PNG},
      {".jpg", AV_CODEC_ID_MJPEG},
      {".jpeg", AV_CODEC_ID_MJPEG},
      {".tif", AV_CODEC_ID_TIFF},
      {".tiff", AV_CODEC_ID_TIFF},
      {".bmp", AV_CODEC_ID_BMP},
      {".webp", AV_CODEC_ID_WEBP},
      {".dpx", AV_CODEC_ID_DPX},
      {".exr", AV_CODEC_ID_EXR},
      {".ppm", AV_CODEC_ID_PPM},
      {".pgm", AV_CODEC_ID_PGM},
      {".tga", AV_CODEC_ID_TARGA},
      {".jp2", AV_CODEC_ID_JPEG2000},
  }};
  const std::string extension = lower_extension(path);
  for (const auto& [ending, codec] : kCodecs)
    if (extension == ending) return codec;
  return AV_CODEC_ID_NONE;
}

/// One "%d", "%5d" or "%05d" and no other percent sign except "%%".
bool is_number_pattern(const std::string& name) {
  int numbers = 0;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name[i] != '%') continue;
    if (i + 1 < name.size() && name[i + 1] == '%') {
      ++i;
      continue;
    }
    std::size_t end = i + 1;
    while (end < name.size() && std::isdigit(static_cast<unsigned char>(name[end]))) ++end;
    if (end >= name.size() || name[end] != 'd' || end - i > 3) return false;
    ++numbers;
    i = end;
  }
  return numbers == 1;
}

/// A folder's own percent signs are not part of the pattern.
std::string escape_percent(const std::string& folder) {
  std::string escaped;
  for (const char letter : folder) escaped.append(letter == '%' ? 2 : 1, letter);
  return escaped;
}

const AVOutputFormat* container_for(const std::string& path, const std::string& container) {
  if (!container.empty()) {
    const AVOutputFormat* format = av_guess_format(container.c_str(), nullptr, nullptr);
    if (!format || (format->flags & AVFMT_NOFILE))
      throw Error(ExitCode::kUsage, "there is no container " + printable(container), "try matroska, mp4 or mov");
    return format;
  }
  // Only the ending is shown to libav, or "a:b.mkv" would look like a protocol.
  const std::string extension = lower_extension(path);
  if (extension.empty())
    throw Error(ExitCode::kUsage, "the output " + printable(path) + " has no ending that names a container",
                kContainerAdvice);
  const AVOutputFormat* format = av_guess_format(nullptr, ("name" + extension).c_str(), nullptr);
  // The video that sound files can hold is their cover.
  const bool is_video = format && !(format->flags & AVFMT_NOFILE) && format->video_codec != AV_CODEC_ID_NONE &&
                        format->video_codec != AV_CODEC_ID_PNG;
  if (!is_video)
    throw Error(ExitCode::kUsage, "no video container ends with " + printable(extension), kContainerAdvice);
  // What ends so has been MPEG-2 for decades; libav still means MPEG-1.
  const std::string_view name = format->name;
  if (name == "mpeg" || name == "svcd") return av_guess_format("vob", nullptr, nullptr);
  return format;
}

}  // namespace

OutputTarget parse_output(const std::string& output, const std::string& container) {
  if (output.empty()) throw Error(ExitCode::kUsage, "the output has no name", "give a file name, for example out.mkv");
  OutputTarget target;
  target.path = output;
  if (output == "-" || is_special_file(output)) {
    target.kind = OutputTarget::Kind::kStream;
    const bool tells_container = !container.empty() || !lower_extension(output).empty();
    target.format = container_for(output, tells_container ? container : "matroska");
    return target;
  }
  if (output.back() == '/') {
    target.kind = OutputTarget::Kind::kPictures;
    target.path = escape_percent(output) + "%06d.png";
    target.picture_codec = AV_CODEC_ID_PNG;
    return target;
  }
  target.picture_codec = container.empty() ? picture_codec(output) : AV_CODEC_ID_NONE;
  if (target.picture_codec == AV_CODEC_ID_NONE) {
    target.format = container_for(output, container);
    return target;
  }
  target.kind = OutputTarget::Kind::kSinglePicture;
  const std::string name = std::filesystem::path(output).filename().string();
  if (is_number_pattern(name)) {
    target.kind = OutputTarget::Kind::kPictures;
    target.path = escape_percent(output.substr(0, output.size() - name.size())) + name;
  }
  return target;
}

std::string picture_path(const OutputTarget& target, std::int64_t number) {
  if (target.kind != OutputTarget::Kind::kPictures) return target.path;
  std::string path;
  for (std::size_t i = 0; i < target.path.size(); ++i) {
    if (target.path[i] != '%') {
      path += target.path[i];
      continue;
    }
    if (target.path[i + 1] == '%') {
      path += '%';
      ++i;
      continue;
    }
    std::size_t end = i + 1;
    while (target.path[end] != 'd') ++end;
    const std::string width = target.path.substr(i + 1, end - i - 1);
    std::string digits = std::to_string(number);
    const std::size_t wanted = width.empty() ? 0 : static_cast<std::size_t>(std::stoi(width));
    const char filler = !width.empty() && width[0] == '0' ? '0' : ' ';
    if (digits.size() < wanted) digits.insert(0, wanted - digits.size(), filler);
    path += digits;
    i = end;
  }
  return path;
}

}  // namespace reelface
