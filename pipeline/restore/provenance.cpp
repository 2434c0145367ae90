// SPDX-License-Identifier: Apache-2.0
#include "pipeline/restore/provenance.h"

#include <algorithm>
#include <utility>

#include "core/spelled_number.h"
#include "pipeline/values/enlarging.h"
#include "reelface/inference/model_store.h"
#include "reelface/inference/model_traits.h"
#include "reelface/restore/model_choice.h"
#include "reelface/version.h"

namespace reelface {
namespace {

using Kind = Treatment::Kind;

std::string comment_of(const MediaInfo& input) {
  for (const char* key : {"comment", "COMMENT", "Comment"}) {
    if (const auto tag = input.tags.find(key); tag != input.tags.end()) return tag->second;
  }
  return {};
}

UsedModel used_model(const std::string& name) {
  return {name, sha256_of_file(ModelStore::from_environment().path_of(name)), traits_of_model(name).invents};
}

std::vector<Treatment> film_treatments(const FilmSteps& film) {
  std::vector<Treatment> made;
  if (film.steady) made.push_back({Kind::kSteadied, "steadied", {}, {}});
  if (film.even) made.push_back({Kind::kEvened, "evened", {}, {}});
  if (film.repair != RepairKinds::kNone) made.push_back({Kind::kRepaired, "dirt and scratches repaired", {}, {}});
  if (!film.clean.is_off()) {
    std::string amount = film.clean.is_automatic ? "auto" : spelled(film.clean.percent, 6);
    made.push_back({Kind::kCleaned, "cleaned", used_model(picture_cleaning_model()), std::move(amount)});
  }
  if (film.fill_bottom) made.push_back({Kind::kBottom, "torn lines at the bottom filled", {}, {}});
  if (film.align_colour) made.push_back({Kind::kColours, "colours moved to where they belong", {}, {}});
  const char* const levels = film.neutral ? "levels restored, tone taken away" : "levels of a faded film restored";
  if (film.levels) made.push_back({Kind::kLevels, levels, {}, {}});
  if (film.light) made.push_back({Kind::kLight, "people in bad light brightened", {}, {}});
  return made;
}

/// What whole pictures went through: "cleaned with model reel (sha256 0123456789abcdef), auto".
std::string in_words(const Treatment& treatment) {
  std::string text = treatment.words;
  if (treatment.model)
    text += " with model " + treatment.model->name + " (sha256 " + treatment.model->sha256.substr(0, 16) + ")";
  return treatment.amount.empty() ? text : text + ", " + treatment.amount;
}

std::string face_words(const Treatment& faces) {
  return std::string(faces.words) + " by reelface " + kVersion + ", model " + faces.model->name + " (sha256 " +
         faces.model->sha256.substr(0, 16) + "), strength " + faces.amount;
}

std::vector<Treatment> treatments_with(const RestoreOptions& options) {
  std::vector<Treatment> made = film_treatments(film_steps(options.film));
  if (may_resize(options.enlarge)) {
    const std::string model = upscaling_model(options.enlarge);
    made.push_back({Kind::kEnlarged, "enlarged", {}, {}});
    if (!model.empty()) made.back().model = used_model(model);
    if (!model.empty() && has_twin(options.enlarge))
      made.push_back({Kind::kEnlarged, "enlarged, its weights mixed in", used_model(options.enlarge.twin),
                      spelled(options.enlarge.twin_share, 6)});
  }
  if (model_choice(options.model.model) == ModelChoice::kRestorer)
    made.push_back(
        {Kind::kFaces, "faces restored", used_model(options.model.model), spelled(options.model.strength_percent, 6)});
  return made;
}

}  // namespace

bool Provenance::has(Treatment::Kind kind) const {
  return std::any_of(treatments.begin(), treatments.end(), [kind](const Treatment& made) { return made.kind == kind; });
}

std::string Provenance::digital_source_type() const {
  if (treatments.empty()) return {};
  const bool invents = std::any_of(treatments.begin(), treatments.end(),
                                   [](const Treatment& made) { return made.model && made.model->invents; });
  return std::string("http://cv.iptc.org/newscodes/digitalsourcetype/") +
         (invents ? "compositeWithTrainedAlgorithmicMedia" : "algorithmicallyEnhanced");
}

Provenance provenance_of(const RestoreOptions& options, const FilmSegments& segments) {
  Provenance provenance{treatments_with(options)};
  for (const FilmSegment& segment : segments) {
    for (Treatment& made : treatments_with(options_in(segment, options))) {
      const bool is_another = !provenance.has(made.kind) || (made.model && made.model->invents);
      if (is_another) provenance.treatments.push_back(std::move(made));
    }
  }
  return provenance;
}

std::string provenance_comment(const MediaInfo& input, const RestoreOptions& options, const Provenance& provenance,
                               std::size_t segments) {
  std::string comment = comment_of(input), pictures, faces;
  const auto add = [](std::string& text, const char* between, const std::string& more) {
    if (!more.empty()) text += (text.empty() ? "" : between) + more;
  };
  for (const Treatment& made : provenance.treatments) {
    if (made.kind == Kind::kEnlarged && !made.model) continue;  // larger, and nothing else
    if (made.kind == Kind::kFaces)
      faces = face_words(made);
    else
      add(pictures, ", ", in_words(made));
  }
  if (!pictures.empty()) add(comment, "; ", std::string("pictures restored by reelface ") + kVersion + ": " + pictures);
  add(comment, "; ", faces);
  if (segments > 0)
    add(comment, "; ",
        "settings of their own in " + std::to_string(segments) + (segments == 1 ? " segment" : " segments"));
  for (const auto& [name, value] : options.write.extra_tags) {
    if (name == kProvenanceTag) add(comment, "; ", "frame by frame: " + value);
  }
  return comment;
}

std::string provenance_xmp(const Provenance& provenance) {
  // The two numbers are XMP's own: a byte order mark, and an identifier that is the same in every packet.
  return "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
         "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
         " <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
         "  <rdf:Description rdf:about=\"\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
         "    xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\"\n"
         "    xmp:CreatorTool=\"reelface " +
         std::string(kVersion) +
         "\"\n"
         "    Iptc4xmpExt:DigitalSourceType=\"" +
         provenance.digital_source_type() +
         "\"/>\n"
         " </rdf:RDF>\n"
         "</x:xmpmeta>\n"
         "<?xpacket end=\"w\"?>";
}

}  // namespace reelface
