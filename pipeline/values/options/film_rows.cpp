// SPDX-License-Identifier: Apache-2.0
#include <optional>
#include <utility>
#include <vector>

#include "pipeline/values/options/option_notations.h"
#include "pipeline/values/options/option_rows.h"

namespace reelface {
namespace {

/// What holds when a step is left out.
constexpr const char* kUsual = "off, unless --for asks for it";

Option step(const std::string& name, std::optional<bool> FilmOptions::*value, const std::string& help) {
  return choice(name, field(&RestoreOptions::film, value), help,
                std::vector<std::pair<std::string, std::optional<bool>>>{{"on", true}, {"off", false}})
      .usually(kUsual);
}

}  // namespace

std::vector<Option> film_rows() {
  const auto of_film = [](auto FilmOptions::*value) { return field(&RestoreOptions::film, value); };
  return {
      choice(
          "for", of_film(&FilmOptions::kind),
          "Do what an old film, a tape or a recorded call needs; each step can be set by itself",
          {{"any", FilmKind::kAny}, {"film", FilmKind::kFilm}, {"tape", FilmKind::kTape}, {"call", FilmKind::kCall}}),
      step("steady", &FilmOptions::steady, "Take out how the film trembles in its gate; movement of the camera stays"),
      step("even", &FilmOptions::even, "Take out how the light flickers; fades and flashes stay"),
      choice("repair", of_film(&FilmOptions::repair),
             "Fill dirt that is in one frame only, and scratches that stay; all else stays bit for bit",
             std::vector<std::pair<std::string, std::optional<RepairKinds>>>{{"off", RepairKinds::kNone},
                                                                             {"on", RepairKinds::kAll},
                                                                             {"dirt", RepairKinds::kDirt},
                                                                             {"scratches", RepairKinds::kScratches},
                                                                             {"dirt,scratches", RepairKinds::kBoth}})
          .usually(kUsual),
      option("keep-repairs", of_film(&FilmOptions::repairs_kept),
             "Make only the repairs of this list, which --repair-list wrote and you have edited")
          .of_type(OptionType::kFile)
          .shown_as("FILE")
          .all_along(),
      option("clean", of_film(&FilmOptions::clean),
             "Take grain, noise and small damage out of the whole picture: auto (as much as there is), off, or 0..100",
             cleaning_notation())
          .usually(kUsual),
      choice("grain", of_film(&FilmOptions::grain), "How much of its own grain a cleaned film gets back",
             {{"none", FilmGrain::kNone}, {"less", FilmGrain::kLess}, {"keep", FilmGrain::kKeep}}),
      step("align-colour", &FilmOptions::align_colour,
           "Move the colours of a tape to where they belong, if they lie beside what they colour"),
      step("fill-bottom", &FilmOptions::fill_bottom,
           "Fill the torn lines that the change of heads leaves at the bottom of a tape from those above"),
      step("keep-screens", &FilmOptions::keep_screens,
           "Leave screens that are shared in a call bit for bit as they are: text, slides, code"),
      step("tiles", &FilmOptions::tiles,
           "Treat the tiles of a call as pictures of their own, so that none is mixed with the one beside it"),
      choice(
          "light", of_film(&FilmOptions::light),
          "Give people in bad light more of it, tile by tile and slowly, and take casts of colour away: auto, or off",
          std::vector<std::pair<std::string, std::optional<bool>>>{{"auto", true}, {"off", false}})
          .usually(kUsual),
      choice("levels", of_film(&FilmOptions::levels),
             "Give a faded film its contrast back, as far as raised blacks tell that it has faded: auto, or off",
             {{"off", false}, {"auto", true}}),
      flag("neutral", of_film(&FilmOptions::neutral),
           "With --levels auto: take the tone of a sepia or tinted print away as well"),
  };
}

}  // namespace reelface
