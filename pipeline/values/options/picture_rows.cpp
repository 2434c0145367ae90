// SPDX-License-Identifier: Apache-2.0
#include "pipeline/values/options/option_notations.h"
#include "pipeline/values/options/option_rows.h"

namespace reelface {

std::vector<Option> model_rows() {
  const auto of_model = [](auto ModelOptions::*value) { return field(&RestoreOptions::model, value); };
  return {
      option("model", of_model(&ModelOptions::model), "A known model, a checkpoint file, or none")
          .also("-m")
          .of_type(OptionType::kModel)
          .shown_as("NAME or FILE")
          .behind_following(),
      choice("preclean", of_model(&ModelOptions::preclean), "Clean noisy faces before a one-frame model sees them",
             {{"auto", Preclean::kAuto}, {"on", Preclean::kOn}, {"off", Preclean::kOff}})
          .behind_following(),
      option("strength", of_model(&ModelOptions::strength_percent), "How much of the restoration to use, 0..100")
          .also("--face-enhancer-blend")
          .within({0, 100, true, true, "must be between 0 and 100",
                   "100 is the full restoration, 0 leaves faces as they are"})
          .behind_following(),
      flag("aligned", of_model(&ModelOptions::aligned), "The input is an aligned face crop already").all_along(),
  };
}

std::vector<Option> time_rows() {
  const auto of_time = [](auto TimeOptions::*value) { return field(&RestoreOptions::time, value); };
  return {
      on_or_off("temporal", of_time(&TimeOptions::temporal),
                "Keep faces steady from frame to frame; off: every frame by itself"),
      option("window", of_time(&TimeOptions::window_seconds), "Seconds looked back and ahead")
          .shown_as("SECONDS")
          .within({0, 5, false, true, "must be above 0 and at most 5 seconds", "0.5 is usual"}),
      choice("shot-cuts", of_time(&TimeOptions::shot_cuts), "Start afresh at cuts", {{"auto", true}, {"off", false}}),
  };
}

std::vector<Option> range_rows() {
  const auto of_range = [](auto ReadRange::*value) { return field(&RestoreOptions::read, &ReadOptions::range, value); };
  constexpr double kLongestSeconds = 1e9;
  std::vector<Option> rows = {
      option("ss", of_range(&ReadRange::from_seconds), "Start here", time_notation())
          .also("-ss")
          .within({0, kLongestSeconds, true, true, "must not be negative, nor longer than any film",
                   "it counts from the start"}),
      option("to", of_range(&ReadRange::to_seconds), "Stop here", time_notation())
          .also("-to")
          .within({0, kLongestSeconds, false, true, "must lie behind --ss, and not behind the end of any film",
                   "both count from the start of the file"}),
      option("frames", field(&RestoreOptions::read, &ReadOptions::range), "Frames A up to, not including, B",
             frames_notation()),
      option("segments", field(&RestoreOptions::segments_file),
             "Settings of their own for stretches of the film, from a file; works in parts, as --resume does")
          .of_type(OptionType::kFile)
          .shown_as("FILE"),
  };
  for (Option& row : rows) row.of_one_film = true;
  return rows;
}

std::vector<Option> enlarge_rows() {
  const auto of_enlarge = [](auto EnlargeOptions::*value) { return field(&RestoreOptions::enlarge, value); };
  return {
      option("upscale", of_enlarge(&EnlargeOptions::factor), "Enlarge the picture so many times, 1..4")
          .also("-s")
          .within({1, 4, true, true, "must be between 1 and 4", "1 keeps the size"})
          .instead_of("size"),
      option("size", of_enlarge(&EnlargeOptions::size),
             "Make the picture as large as fits into this, its shape kept; -1: whatever the other side needs",
             asked_size_notation())
          .instead_of("upscale"),
      option("upscaler", of_enlarge(&EnlargeOptions::upscaler),
             "What enlarges: auto (the embedded model), lanczos, or a model")
          .of_type(OptionType::kModel)
          .shown_as("auto, lanczos, NAME or FILE"),
      option("upscaler-twin", of_enlarge(&EnlargeOptions::twin),
             "A second upscaler of the same shape, whose weights are mixed in")
          .of_type(OptionType::kModel)
          .shown_as("NAME or FILE"),
      option("twin-share", of_enlarge(&EnlargeOptions::twin_share), "How much of the twin, per cent")
          .within({0, 100, true, true, "must be between 0 and 100", "0 is the upscaler alone, 100 its twin alone"}),
  };
}

std::vector<Option> picture_rows() {
  const auto of_picture = [](auto PictureOptions::*value) { return field(&RestoreOptions::picture, value); };
  return {
      choice("mask", of_picture(&PictureOptions::mask), "Shape of the mask",
             {{"soft", MaskKind::kSoft}, {"box", MaskKind::kBox}})
          .behind_following(),
      on_or_off("match-colour", of_picture(&PictureOptions::match_colour), "Keep the input's colour and brightness")
          .behind_following(),
      on_or_off("match-grain", of_picture(&PictureOptions::match_grain), "Give the surroundings' grain back")
          .behind_following(),
      choice("compare", of_picture(&PictureOptions::compare), "Show the difference instead of the result",
             {{"none", CompareMode::kNone},
              {"side", CompareMode::kSide},
              {"split", CompareMode::kSplit},
              {"mask", CompareMode::kMask},
              {"boxes", CompareMode::kBoxes},
              {"repairs", CompareMode::kRepairs},
              {"removed", CompareMode::kRemoved}})
          .all_along()
          .behind_following(),
      choice("overlay", of_picture(&PictureOptions::overlay), "Burn each frame's number and time into the picture",
             {{"none", Overlay::kNone}, {"time", Overlay::kTime}}),
      choice("deinterlace", field(&RestoreOptions::read, &ReadOptions::deinterlace), "Interlaced frames",
             {{"auto", Deinterlace::kAuto}, {"off", Deinterlace::kOff}, {"bwdif", Deinterlace::kBwdif}})
          .all_along(),
      option("canvas", field(&RestoreOptions::read, &ReadOptions::canvas),
             "The size of a film whose pictures change theirs; other shapes stand between black bars",
             canvas_notation())
          .all_along(),
  };
}

}  // namespace reelface
