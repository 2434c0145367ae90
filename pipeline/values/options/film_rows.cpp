#include "pipeline/values/options/option_notations.h"
#include "pipeline/values/options/option_rows.h"

namespace reelface {

std::vector<Option> film_rows() {
  const auto of_film = [](auto FilmOptions::*value) { return field(&RestoreOptions::film, value); };
  return {
      on_or_off("steady", of_film(&FilmOptions::steady),
                "Take out how the film trembles in its gate; movement of the camera stays"),
      on_or_off("even", of_film(&FilmOptions::even), "Take out how the light flickers; fades and flashes stay"),
      option("clean", of_film(&FilmOptions::clean),
             "Take grain, noise and small damage out of the whole picture: auto (as much as there is), off, or 0..100",
             cleaning_notation()),
  };
}

}  // namespace reelface
