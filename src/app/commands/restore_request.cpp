#include "app/commands/restore_request.h"

#include <CLI/CLI.hpp>
#include <cmath>
#include <map>

#include "app/argument_spelling.h"
#include "core/thread_budget.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

/// An option that takes one of a few words.
template <class Value>
void add_choice(CLI::App& command, const std::string& name, Value& value, const std::map<std::string, Value>& words,
                const std::string& help) {
  std::string shown, default_word;
  for (const auto& [word, meaning] : words) {
    shown += (shown.empty() ? "" : ", ") + word;
    if (meaning == value) default_word = word;
  }
  const auto assign = [&value, words](const std::string& word) { value = words.at(word); };
  command.add_option_function<std::string>(name, assign, help + ": " + shown)
      ->check(CLI::IsMember(words, CLI::ignore_case).description(""))
      ->default_str(default_word)
      ->type_name("WORD");
}

void add_switch(CLI::App& command, const std::string& name, bool& value, const std::string& help) {
  add_choice<bool>(command, name, value, {{"on", true}, {"off", false}}, help);
}

/// An option that may be repeated, with one value each time.
template <class Value>
void add_list(CLI::App& command, const std::string& name, std::vector<Value>& values, const std::string& help,
              const std::string& kind) {
  command.add_option(name, values, help)->type_name(kind)->expected(1)->allow_extra_args(false)->take_all();
}

void add_file_options(CLI::App& command, RestoreRequest& request) {
  RestoreOptions& options = request.options;
  auto* group = command.add_option_group("Files");
  group->add_option("-i,--input,INPUT", options.input, "A video, a picture, a folder, shot_%04d.png, or - for stdin");
  group->add_option("-o,--output,OUTPUT", options.output, "Where the result goes; - for stdout");
  group->add_flag("-y", options.write.overwrite, "Overwrite the output and reports");
  group->add_flag("-n", request.never_overwrite, "Never overwrite, never ask");
  group->add_flag("--dry-run", request.dry_run, "Print the plan and stop");
  group
      ->add_option("--report", request.report_paths,
                   "Write what was done: JSON, or a page with pictures if it ends in .html; may be repeated")
      ->type_name("FILE")
      ->expected(1)
      ->allow_extra_args(false)
      ->take_all();
  group->add_flag("!--no-provenance", options.provenance, "Do not say in the output's comment what restored it");
  group->add_flag("--drop-unsupported", options.write.drop_unsupported,
                  "Leave out streams the output container cannot hold");
  add_any_format_option(*group, options.read.any_format);
}

void add_model_options(CLI::App& command, RestoreRequest& request) {
  ModelOptions& model = request.options.model;
  auto* group = command.add_option_group("Model");
  group->add_option("-m,--model", model.model, "A known model, a checkpoint file, or none")->capture_default_str();
  add_choice<Preclean>(*group, "--preclean", model.preclean,
                       {{"auto", Preclean::kAuto}, {"on", Preclean::kOn}, {"off", Preclean::kOff}},
                       "Clean noisy faces before a one-frame model sees them");
  group
      ->add_option("--strength,--face-enhancer-blend", model.strength_percent,
                   "How much of the restoration to use, 0..100")
      ->capture_default_str();
  group->add_flag("--aligned", model.aligned, "The input is an aligned face crop already");
  group->add_option("-s,--upscale", model.upscale, "Enlarge the picture 1..4 times")->capture_default_str();
}

void add_face_options(CLI::App& command, RestoreRequest& request) {
  FaceOptions& faces = request.options.faces;
  auto* group = command.add_option_group("Faces");
  add_choice<FaceSelectorMode>(*group, "--face-selector-mode", faces.selector_mode,
                               {{"many", FaceSelectorMode::kMany},
                                {"one", FaceSelectorMode::kOne},
                                {"largest", FaceSelectorMode::kLargest},
                                {"reference", FaceSelectorMode::kReference}},
                               "Which faces");
  add_min_face_option(*group, faces,
                      "Leave smaller faces alone, in pixels; if given, look closely enough to find those");
  group->add_option("--max-face", faces.max_face_pixels, "Leave larger faces alone, in pixels; 0 = no limit")
      ->capture_default_str();
  group->add_option("--face-detector-score", faces.detector_score, "How sure the detector must be, 0..1")
      ->capture_default_str();
  group->add_option("--detect-every", faces.detect_every, "Look for faces in every Nth frame")->capture_default_str();
  group->add_option("--tracks", faces.tracks_file, "Do not look for faces: take those of `analyze --tracks`")
      ->type_name("FILE");
  add_list(*group, "--reference-face", faces.reference_faces, "Photo of somebody to restore; may be repeated", "PHOTO");
  group->add_option("--reference-face-distance", faces.reference_distance, "How unlike the photo a face may be")
      ->capture_default_str();
  add_list(*group, "--only-person", faces.only_people, "Restore this person of `analyze`; may be repeated", "ID");
  add_list(*group, "--except-person", faces.except_people, "Leave this person alone; may be repeated", "ID");
  add_switch(*group, "--identity-guard", request.options.identity.guard,
             "Restore faces less that become somebody else");
  group->add_option("--identity-limit", request.options.identity.limit, "How far a face may move from itself")
      ->capture_default_str();
}

void add_time_options(CLI::App& command, RestoreRequest& request) {
  TimeOptions& time = request.options.time;
  auto* steady = command.add_option_group("Time");
  add_switch(*steady, "--temporal", time.temporal, "Keep faces steady from frame to frame; off: every frame by itself");
  steady->add_option("--window", time.window_seconds, "Seconds looked back and ahead")->capture_default_str();
  add_choice<bool>(*steady, "--shot-cuts", time.shot_cuts, {{"auto", true}, {"off", false}}, "Start afresh at cuts");

  auto* range = command.add_option_group("Range");
  range->add_option("--ss", request.from, "Start here")->type_name("TIME");
  range->add_option("--to", request.to, "Stop here")->type_name("TIME");
  range->add_option("--frames", request.frames, "Frames A up to, not including, B")->type_name("A:B");
}

void add_picture_options(CLI::App& command, RestoreRequest& request) {
  PictureOptions& picture = request.options.picture;
  auto* look = command.add_option_group("Picture");
  add_choice<MaskKind>(*look, "--mask", picture.mask, {{"soft", MaskKind::kSoft}, {"box", MaskKind::kBox}},
                       "Shape of the mask");
  add_switch(*look, "--match-colour", picture.match_colour, "Keep the input's colour and brightness");
  add_switch(*look, "--match-grain", picture.match_grain, "Give the surroundings' grain back");
  add_choice<CompareMode>(*look, "--compare", picture.compare,
                          {{"none", CompareMode::kNone},
                           {"side", CompareMode::kSide},
                           {"split", CompareMode::kSplit},
                           {"mask", CompareMode::kMask},
                           {"boxes", CompareMode::kBoxes}},
                          "Show the difference instead of the result");
  add_choice<Overlay>(*look, "--overlay", picture.overlay, {{"none", Overlay::kNone}, {"time", Overlay::kTime}},
                      "Burn each frame's number and time into the picture");
  add_choice<Deinterlace>(*look, "--deinterlace", request.options.read.deinterlace,
                          {{"auto", Deinterlace::kAuto}, {"off", Deinterlace::kOff}, {"bwdif", Deinterlace::kBwdif}},
                          "Interlaced frames");
}

void add_encode_options(CLI::App& command, RestoreRequest& request) {
  WriteOptions& write = request.options.write;
  auto* group = command.add_option_group("Encode");
  group->add_option("--video-codec", write.codec, "Encoder, also -c:v [the source's codec, else libx264]")
      ->type_name("NAME");
  group->add_option("--crf", write.crf, "Constant quality");
  group->add_option("--preset", write.preset, "The encoder's preset")->type_name("NAME");
  group->add_option("--bit-rate", write.bit_rate, "Bit rate, also -b:v: 5M, 800k")->type_name("RATE");
  group->add_option("--pix-fmt", write.pixel_format, "Pixel format [the source's]")->type_name("NAME");
  group->add_option("-e", request.encoder_settings, "Any encoder setting; may be repeated")
      ->type_name("KEY=VALUE")
      ->expected(1)
      ->allow_extra_args(false)  // or it would take the files that follow
      ->take_all();
  group->add_flag("!--no-audio", write.copy_audio, "Leave all sound out");
  group->add_flag("!--no-subtitles", write.copy_subtitles, "Leave all subtitles out");
  group->add_option("--fps", request.frame_rate, "Frame rate of pictures and raw streams [25]")->type_name("RATE");
}

void add_run_options(CLI::App& command, RestoreRequest& request) {
  RunOptions& run = request.options.run;
  auto* group = command.add_option_group("Run");
  group->add_option("--device", run.device, "auto, cpu, cuda, cuda:N, several with commas, or cuda:all")
      ->capture_default_str();
  group->add_option("--precision", run.precision, "auto, fp32, bf16 or fp16")
      ->check(CLI::IsMember({"auto", "fp32", "bf16", "fp16"}).description(""))
      ->capture_default_str();
  group->add_option("--batch", run.batch, "Faces per call of the network; 0 = chosen")->capture_default_str();
  add_threads_option(*group, run.threads);
  group->add_option("--max-memory", request.max_memory, "Refuse to start if more would be needed")->type_name("SIZE");
  group->add_flag("--deterministic", run.deterministic, "Same input, same bytes: one encoder thread, no dates");
  group->add_flag("--serial", run.serial, "One stage at a time on one thread, for finding faults");
  group
      ->add_option("--hwaccel", request.options.read.hardware_acceleration,
                   "Decode with this libav device, such as cuda")
      ->type_name("NAME");
  add_choice<DamagePolicy>(*group, "--on-damage", request.options.on_damage,
                           {{"keep", DamagePolicy::kKeep}, {"fail", DamagePolicy::kFail}},
                           "What a damaged input means");
  add_progress_option(*group, request.progress);
}

std::int64_t parse_frame(const std::string& text, const std::string& whole) {
  if (text.empty() || text.size() > 15 || text.find_first_not_of("0123456789") != std::string::npos) {
    throw Error(ExitCode::kUsage, "'" + whole + "' is not a range of frames", "write --frames 100:200, 100: or :200");
  }
  return std::stoll(text);
}

void parse_frames(const std::string& text, ReadRange& range) {
  const std::size_t colon = text.find(':');
  const bool says_nothing = colon == std::string::npos || text.size() == 1;
  if (says_nothing) parse_frame("", text);
  if (colon > 0) range.first_frame = parse_frame(text.substr(0, colon), text);
  if (colon + 1 < text.size()) range.end_frame = parse_frame(text.substr(colon + 1), text);
}

/// Whether it can be a rate of frames is the options' own check.
Rational parse_rate(const std::string& text) {
  char rest = 0;
  long long numerator = 0, denominator = 1;
  const int found = std::sscanf(text.c_str(), "%lld/%lld%c", &numerator, &denominator, &rest);
  const bool is_ratio = found == 2 || (found == 1 && text.find_first_not_of("0123456789") == std::string::npos);
  if (is_ratio && numerator > 0 && denominator > 0) return {numerator, denominator};
  constexpr double kTicks = 1000;
  double decimal = 0;
  if (std::sscanf(text.c_str(), "%lf%c", &decimal, &rest) == 1 && decimal >= 1 / kTicks && decimal <= 1e6) {
    return {std::llround(decimal * kTicks), static_cast<std::int64_t>(kTicks)};
  }
  throw Error(ExitCode::kUsage, "'" + text + "' is not a frame rate", "write 25, 29.97 or 30000/1001");
}

}  // namespace

void add_restore_options(CLI::App& command, RestoreRequest& request) {
  add_file_options(command, request);
  add_model_options(command, request);
  add_face_options(command, request);
  add_time_options(command, request);
  add_picture_options(command, request);
  add_encode_options(command, request);
  add_run_options(command, request);
}

void add_min_face_option(CLI::App& command, FaceOptions& faces, const std::string& description) {
  command.add_option("--min-face", faces.min_face_pixels, description)
      ->capture_default_str()
      ->each([&](const std::string&) { faces.look_closely = true; });
}

void add_threads_option(CLI::App& command, int& threads) {
  command.add_option("--threads", threads, "Cores to use; 0 = all")
      ->check(CLI::Range(0, kMostThreads).description(""))
      ->capture_default_str();
}

void add_any_format_option(CLI::App& command, bool& any_format) {
  command.add_flag("--any-format", any_format, "Read rare containers and codecs as well, such as those of old games");
}

void add_progress_option(CLI::App& command, ProgressStyle& style) {
  add_choice<ProgressStyle>(command, "--progress", style,
                            {{"auto", ProgressStyle::kAuto},
                             {"plain", ProgressStyle::kPlain},
                             {"json", ProgressStyle::kJson},
                             {"none", ProgressStyle::kNone}},
                            "How progress is shown on stderr");
}

void finish_request(RestoreRequest& request) {
  RestoreOptions& options = request.options;
  if (!request.from.empty()) options.read.range.from_seconds = parse_time(request.from);
  if (!request.to.empty()) options.read.range.to_seconds = parse_time(request.to);
  if (!request.frames.empty()) parse_frames(request.frames, options.read.range);
  if (!request.max_memory.empty()) options.run.max_memory_bytes = parse_bytes(request.max_memory);
  if (!request.frame_rate.empty()) options.read.frame_rate = parse_rate(request.frame_rate);
  for (const std::string& setting : request.encoder_settings) {
    const std::size_t equals = setting.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw Error(ExitCode::kUsage, "-e takes key=value, not '" + setting + "'", "for example -e tune=film");
    }
    options.write.encoder_options.emplace_back(setting.substr(0, equals), setting.substr(equals + 1));
  }
  if (options.write.overwrite && request.never_overwrite) {
    throw Error(ExitCode::kUsage, "-y and -n exclude each other", "give one of them");
  }
}

}  // namespace reelface
