// SPDX-License-Identifier: Apache-2.0
#include "core/thread_count.h"
#include "pipeline/values/options/option_notations.h"
#include "pipeline/values/options/option_rows.h"

namespace reelface {
namespace {

constexpr int kMostFacesPerCall = 1024;

template <class Value>
auto of_output(Value WriteOptions::*value) {
  return field(&RestoreOptions::write, value);
}

}  // namespace

std::vector<Option> file_rows() {
  return {
      option("input", field(&RestoreOptions::input), "A video, a picture, a folder, shot_%04d.png, or - for stdin")
          .also("-i")
          .in_place("INPUT")
          .of_type(OptionType::kFile)
          .shown_as("FILE")
          .of(Belongs::kCall),
      option("output", field(&RestoreOptions::output), "Where the result goes; - for stdout")
          .also("-o")
          .in_place("OUTPUT")
          .of_type(OptionType::kFile)
          .shown_as("FILE")
          .of(Belongs::kCall),
      flag("y", of_output(&WriteOptions::overwrite), "Overwrite the output and reports")
          .of(Belongs::kCall)
          .changing(Changes::kNothing),
      option("snapshot", field(&RestoreOptions::snapshot),
             "Keep a small picture of the newest frame in this file while the film is restored")
          .of_type(OptionType::kFile)
          .shown_as("FILE")
          .of(Belongs::kCall)
          .changing(Changes::kNothing),
      flag("no-provenance", field(&RestoreOptions::provenance), "Do not say in the output's comment what restored it",
           false)
          .changing(Changes::kOutput),
      flag("drop-unsupported", of_output(&WriteOptions::drop_unsupported),
           "Leave out streams the output container cannot hold")
          .changing(Changes::kOutput),
      flag("any-format", field(&RestoreOptions::read, &ReadOptions::any_format),
           "Read rare containers and codecs as well, such as those of old games")
          .changing(Changes::kNothing),
  };
}

std::vector<Option> encode_rows() {
  return {
      option("video-codec", of_output(&WriteOptions::codec), "Encoder, also -c:v")
          .also("-c:v")
          .also("-vcodec")
          .shown_as("NAME")
          .usually("the source's codec, else libx264"),
      option("crf", of_output(&WriteOptions::crf), "Constant quality").also("-crf").instead_of("bit-rate"),
      option("preset", of_output(&WriteOptions::preset), "The encoder's preset").also("-preset").shown_as("NAME"),
      option("bit-rate", of_output(&WriteOptions::bit_rate), "Bit rate, also -b:v: 5M, 800k")
          .also("-b:v")
          .shown_as("RATE")
          .instead_of("crf"),
      option("pix-fmt", of_output(&WriteOptions::pixel_format), "Pixel format")
          .also("-pix_fmt")
          .shown_as("NAME")
          .usually("the source's"),
      list("e", of_output(&WriteOptions::encoder_options), "Any encoder setting; may be repeated", setting_notation()),
      flag("no-audio", of_output(&WriteOptions::copy_audio), "Leave all sound out", false)
          .also("-an")
          .changing(Changes::kOutput),
      flag("no-subtitles", of_output(&WriteOptions::copy_subtitles), "Leave all subtitles out", false)
          .also("-sn")
          .changing(Changes::kOutput),
      option("fps", field(&RestoreOptions::read, &ReadOptions::frame_rate), "Frame rate of pictures and raw streams",
             rate_notation())
          .usually("25"),
  };
}

std::vector<Option> run_rows() {
  const auto of_run = [](auto RunOptions::*value) { return field(&RestoreOptions::run, value); };
  std::vector<Option> rows = {
      option("device", of_run(&RunOptions::device), "auto, cpu, cuda, cuda:N, several with commas, or cuda:all")
          .shown_as("NAME"),
      words("precision", of_run(&RunOptions::precision), "How exactly networks compute",
            {"auto", "fp32", "bf16", "fp16"}),
      option("batch", of_run(&RunOptions::batch), "Faces per call of the network; 0 = chosen")
          .within({0, kMostFacesPerCall, true, true, "must be between 0 and " + std::to_string(kMostFacesPerCall),
                   "0 lets the program choose"}),
      option("threads", of_run(&RunOptions::threads), "Cores to use; 0 = all")
          .also("-threads")
          .within({0, kMostThreads, true, true, "must be between 0 and " + std::to_string(kMostThreads),
                   "0 uses all cores"})
          .changing(Changes::kNothing),
      option("max-memory", of_run(&RunOptions::max_memory_bytes), "Refuse to start if more would be needed",
             size_notation())
          .changing(Changes::kNothing),
      flag("deterministic", of_run(&RunOptions::deterministic),
           "Same input, same bytes: one encoder thread, no dates; no other device or batch when memory runs out")
          .changing(Changes::kOutput),
      flag("serial", of_run(&RunOptions::serial), "One stage at a time on one thread, for finding faults")
          .changing(Changes::kNothing),
      option("hwaccel", field(&RestoreOptions::read, &ReadOptions::hardware_acceleration),
             "Decode with this libav device, such as cuda")
          .also("-hwaccel")
          .shown_as("NAME"),
      choice("on-damage", field(&RestoreOptions::on_damage), "What a damaged input means",
             {{"keep", DamagePolicy::kKeep}, {"fail", DamagePolicy::kFail}})
          .changing(Changes::kNothing),
  };
  for (Option& row : rows) row.belongs = Belongs::kRun;
  return rows;
}

}  // namespace reelface
