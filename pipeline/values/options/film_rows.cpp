#include <utility>

#include "pipeline/values/options/option_rows.h"

namespace reelface {

namespace {

/// Both kinds may be named, too.
Option naming_both(Option row) {
  row.write = [write = row.write](RestoreOptions& options, const OptionTexts& texts) {
    const bool names_both = texts == OptionTexts{"dirt,scratches"} || texts == OptionTexts{"scratches,dirt"};
    return write(options, names_both ? OptionTexts{"on"} : texts);
  };
  return row;
}

}  // namespace

std::vector<Option> film_rows() {
  const auto of_film = [](auto FilmOptions::*value) { return field(&RestoreOptions::film, value); };
  return {
      on_or_off("steady", of_film(&FilmOptions::steady),
                "Take out how the film trembles in its gate; movement of the camera stays"),
      on_or_off("even", of_film(&FilmOptions::even), "Take out how the light flickers; fades and flashes stay"),
      naming_both(choice("repair", of_film(&FilmOptions::repair),
                         "Fill dirt that is in one frame only, and scratches that stay; all else stays bit for bit",
                         {{"off", RepairKinds::kNone},
                          {"on", RepairKinds::kAll},
                          {"dirt", RepairKinds::kDirt},
                          {"scratches", RepairKinds::kScratches}})),
  };
}

}  // namespace reelface
