#include "pipeline/values/options/option_rows.h"

namespace reelface {

std::vector<Option> film_rows() {
  const auto of_film = [](auto FilmOptions::*value) { return field(&RestoreOptions::film, value); };
  return {
      on_or_off("steady", of_film(&FilmOptions::steady),
                "Take out how the film trembles in its gate; movement of the camera stays"),
      on_or_off("even", of_film(&FilmOptions::even), "Take out how the light flickers; fades and flashes stay"),
      choice("repair", of_film(&FilmOptions::repair),
             "Fill dirt that is in one frame only, and scratches that stay; all else stays bit for bit",
             {{"off", RepairKinds::kNone},
              {"on", RepairKinds::kAll},
              {"dirt", RepairKinds::kDirt},
              {"scratches", RepairKinds::kScratches},
              {"dirt,scratches", RepairKinds::kBoth}}),
      option("keep-repairs", of_film(&FilmOptions::repairs_kept),
             "Make only the repairs of this list, which --repair-list wrote and you have edited")
          .of_type(OptionType::kFile)
          .shown_as("FILE"),
  };
}

}  // namespace reelface
