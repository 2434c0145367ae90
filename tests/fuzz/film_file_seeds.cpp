// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>

#include "media/libav/frame_storage.h"
#include "media/parts/packet_file.h"
#include "pipeline/parts/film_index.h"
#include "pipeline/parts/plan_json.h"
#include "pipeline/values/settings_file.h"
#include "reelface/restore/film_segments.h"
#include "reelface/restore/film_tracks.h"

namespace {

using namespace reelface;

std::string text_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

void write_plan(const std::string& path) {
  FilmPlan plan;
  plan.options = {{"crf", {"18"}}, {"shot-cuts", {}}};
  plan.models = {{"faithful", "abc"}};
  plan.canvas = {640, 360, {1, 1}, {}};
  plan.stretches = {{0, 4, 640, 360, {1, 1}, {0, 0, 640, 360}, 0}};
  plan.time_base = {1, 25};
  plan.frames = 100;
  plan.extent = {0.5, std::nullopt, -40000};
  plan.copied_digests = {{1, "00"}};
  plan.warnings = {"something"};
  plan.parts = {{0, 40, 0, 0, 56, false}, {40, 100, 8, 30, 100, true}};
  std::ofstream(path) << to_text(plan);
}

void write_index(const std::string& path) {
  FilmIndex index;
  index.time_base = {1, 25};
  index.frames = {{0, 1, 3, true}, {1, 2, 4, false}};
  save_index(index, path);
  const std::string bytes = text_of(path);
  std::ofstream(path, std::ios::binary) << bytes.substr(bytes.find('\n') + 1);
}

void write_packets(const std::string& path) {
  {
    PacketFileWriter writer(path, {"h264", {1, 25}, {1, 2, 3}});
    const PacketPtr packet = new_packet();
    av_new_packet(packet.get(), 5);
    packet->pts = packet->dts = 1;
    av_packet_new_side_data(packet.get(), AV_PKT_DATA_NEW_EXTRADATA, 4);
    writer.write(*packet);
    writer.finish({"a label", 1, 1});
  }
  constexpr std::size_t kChecksumDigits = 64;
  const std::string bytes = text_of(path);
  const std::size_t start = bytes.find('\n') + 1;
  std::ofstream(path, std::ios::binary) << bytes.substr(start, bytes.size() - start - kChecksumDigits);
}

void write_tracks(const std::string& path) {
  FilmTracksWriter writer(path, {"film", 100, 640, 360, {1, 25}, 0.5, 0.65, 1}, true);
  TrackedFace face;
  face.face.box = {10, 10, 50, 60};
  for (std::int64_t frame = 0; frame < 2; ++frame)
    writer.write(frame, {frame, 0.04 * static_cast<double>(frame), frame == 0, {face}});
  writer.finish({{1, 1, 0.5, {}, 50}});
}

void write_settings(const std::string& path) {
  std::ofstream(path) << settings_text({{"model", {"none"}},
                                        {"crf", {"18"}},
                                        {"strength", {"40.5"}},
                                        {"threads", {"2"}},
                                        {"max-memory", {"4G"}},
                                        {"fps", {"30000/1001"}},
                                        {"no-audio", {}},
                                        {"e", {"g=7", "bf=0"}}});
}

void write_segments(const std::string& path) {
  std::ofstream(path) << segments_text({{0, 40, 3, {{"strength", {"50"}}, {"only-person", {"1", "2"}}}},
                                        {40, 50, 0, {{"clean", {"auto"}}, {"neutral", {"false"}}}}});
}

}  // namespace

/// Writes a small good file of each kind into a folder of its own in the folder given.
int main(int argument_count, char** arguments) {
  if (argument_count != 2) {
    std::fprintf(stderr,
                 "usage: film_file_seeds FOLDER, which has the folders plan, film_index, packet_file, film_tracks, "
                 "settings, segments\n");
    return 2;
  }
  const std::string folder = arguments[1];
  write_plan(folder + "/plan/good");
  write_index(folder + "/film_index/good");
  write_packets(folder + "/packet_file/good");
  write_tracks(folder + "/film_tracks/good");
  write_settings(folder + "/settings/good");
  write_segments(folder + "/segments/good");
}
