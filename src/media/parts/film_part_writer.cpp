// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "media/libav/frame_storage.h"
#include "media/parts/film_part.h"
#include "media/parts/film_parts.h"
#include "media/parts/packet_file.h"
#include "media/write/output_decisions.h"

namespace reelface {

/// The encoder exactly as the joined output's; its container's rules decide about headers.
class FilmPartWriter::Implementation {
 public:
  Implementation(const VideoReader& film, const std::string& output, const WriteOptions& options,
                 const std::string& path)
      : decisions_(decide_joined_output(film, output, options)), file_(path, header_of(*decisions_.encoder)) {}

  void write(Frame frame) {
    decisions_.encoder->encode(frame, [this](AVPacket& packet) { write(packet); });
  }

  FilmPartFacts finish(const std::string& label) {
    decisions_.encoder->drain([this](AVPacket& packet) { write(packet); });
    FilmPartFacts facts;
    facts.label = label;
    facts.frames = decisions_.encoder->frames();
    facts.bytes = file_.finish({label, facts.frames, packets_});
    return facts;
  }

 private:
  void write(const AVPacket& packet) {
    file_.write(packet);
    ++packets_;
  }

  OutputDecisions decisions_;
  PacketFileWriter file_;
  std::int64_t packets_ = 0;
};

FilmPartWriter::FilmPartWriter(const VideoReader& film, const std::string& output, const WriteOptions& options,
                               const std::string& path)
    : implementation_(std::make_unique<Implementation>(film, output, options, path)) {}
FilmPartWriter::~FilmPartWriter() = default;
FilmPartWriter::FilmPartWriter(FilmPartWriter&&) noexcept = default;

void FilmPartWriter::write(Frame frame) {
  implementation_->write(std::move(frame));
}
FilmPartFacts FilmPartWriter::finish(const std::string& label) {
  return implementation_->finish(label);
}

FilmPartFacts check_film_part(const std::string& path) {
  PacketFileReader file(path);
  const PacketPtr packet = new_packet();
  while (file.read(*packet)) av_packet_unref(packet.get());
  return {file.trailer().label, file.trailer().frames, file.size_bytes()};
}

FilmPartFacts glance_at_film_part(const std::string& path) {
  PacketFileReader file(path);
  const PacketFileTrailer trailer = file.glance();
  return {trailer.label, trailer.frames, file.size_bytes()};
}

}  // namespace reelface
