// SPDX-License-Identifier: Apache-2.0
#include "media/write/picture_output.h"

#include <filesystem>
#include <utility>
#include <vector>

#include "core/path_check.h"
#include "core/unfinished_file.h"
#include "media/write/xmp_packet.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
PictureOutput::PictureOutput(OutputDecisions decisions, const WriteOptions& options)
    : decisions_(std::move(decisions)), overwrite_(options.overwrite), xmp_(xmp_of(options)) {
  if (decisions_.target.kind != OutputTarget::Kind::kPictures) return;
  const std::string folder = folder_of(picture_path(decisions_.target, 1));
  std::error_code failure;
  std::filesystem::create_directory(folder, failure);
  if (failure) throw_output_error("cannot make the folder " + printable(folder), failure.value());
}

void PictureOutput::write(Frame frame) {
  if (decisions_.target.kind == OutputTarget::Kind::kSinglePicture && decisions_.encoder->frames() == 1)
    throw Error(ExitCode::kUsage,
                "the input has more than one picture, " + printable(decisions_.target.path) + " only one",
                "write to numbered pictures, for example out_%04d.png, or to a video file");
  decisions_.encoder->encode(frame, [this](AVPacket& packet) { write_picture(packet); });
}

void PictureOutput::write_picture(const AVPacket& packet) {
  UnfinishedFile file(picture_path(decisions_.target, pictures_ + 1), replacing(overwrite_));
  const AVCodecID codec = decisions_.encoder->context().codec_id;
  const std::vector<std::uint8_t> picture = with_xmp(packet.data, static_cast<std::size_t>(packet.size), codec, xmp_);
  file.file().write_all(picture.data(), picture.size());
  file.seal();
  file.publish();
  ++pictures_;
  bytes_ += static_cast<std::int64_t>(picture.size());
}

WriteSummary PictureOutput::finish() {
  decisions_.encoder->drain([this](AVPacket& packet) { write_picture(packet); });
  return {decisions_.target.path, pictures_, 0, bytes_};
}

std::string PictureOutput::finish_as_part() {
  finish();  // every picture is a complete file already
  return decisions_.target.path;
}

}  // namespace reelface
