#include "pipeline/restore/provenance.h"

#include "core/spelled_number.h"
#include "pipeline/values/enlarging.h"
#include "reelface/inference/model_store.h"
#include "reelface/inference/model_traits.h"
#include "reelface/restore/model_choice.h"
#include "reelface/version.h"

namespace reelface {
namespace {

std::string comment_of(const MediaInfo& input) {
  for (const char* key : {"comment", "COMMENT", "Comment"}) {
    if (const auto tag = input.tags.find(key); tag != input.tags.end()) return tag->second;
  }
  return {};
}

/// "faithful (sha256 0123456789abcdef)"
std::string exact_name(const std::string& model) {
  const std::string path = ModelStore::from_environment().path_of(model);
  return model + " (sha256 " + sha256_of_file(path).substr(0, 16) + ")";
}

/// What was done to whole pictures; empty if nothing was.
std::string film_work(const RestoreOptions& options) {
  const FilmSteps film = film_steps(options.film);
  std::string work;
  const auto add = [&work](const std::string& step) { work += (work.empty() ? "" : ", ") + step; };
  if (film.steady) add("steadied");
  if (film.even) add("evened");
  if (film.repair != RepairKinds::kNone) add("dirt and scratches repaired");
  if (!film.clean.is_off()) {
    const std::string amount = film.clean.is_automatic ? "auto" : spelled(film.clean.percent, 6);
    add("cleaned with model " + exact_name(picture_cleaning_model()) + ", " + amount);
  }
  if (film.fill_bottom) add("torn lines at the bottom filled");
  if (film.align_colour) add("colours moved to where they belong");
  if (film.levels) add(film.neutral ? "levels restored, tone taken away" : "levels of a faded film restored");
  if (const std::string model = upscaling_model(options.enlarge); may_resize(options.enlarge) && !model.empty())
    add("enlarged with model " + exact_name(model));
  return work;
}

std::string face_work(const ModelOptions& model) {
  if (model_choice(model.model) != ModelChoice::kRestorer) return {};
  return std::string("faces restored by reelface ") + kVersion + ", model " + exact_name(model.model) + ", strength " +
         spelled(model.strength_percent, 6);
}

}  // namespace

std::string provenance_comment(const MediaInfo& input, const RestoreOptions& options) {
  std::string comment = comment_of(input);
  const auto add = [&comment](const std::string& made) { comment += (comment.empty() ? "" : "; ") + made; };
  if (const std::string work = film_work(options); !work.empty())
    add(std::string("pictures restored by reelface ") + kVersion + ": " + work);
  if (const std::string work = face_work(options.model); !work.empty()) add(work);
  return comment;
}

}  // namespace reelface
