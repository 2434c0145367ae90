#include "reelface/faces/template_calibration.h"

#include "reelface/faces/similarity.h"

namespace reelface {

std::array<Point, 5> TemplateCalibration::target_points() const {
  std::array<Point, 5> targets = alignment_template(512);
  for (std::size_t index = 0; index < targets.size(); ++index) {
    targets[index].x += offsets_at_512[index].x;
    targets[index].y += offsets_at_512[index].y;
  }
  return targets;
}

TemplateCalibration measure_calibration(const std::vector<CalibrationPair>& detected_and_reference) {
  TemplateCalibration calibration;
  const auto share = 1.0F / static_cast<float>(detected_and_reference.size());
  for (const auto& [detected, reference] : detected_and_reference) {
    const Similarity to_template = fit_similarity(reference, alignment_template(512));
    for (std::size_t index = 0; index < detected.size(); ++index) {
      const Point found = to_template.apply(detected[index]);
      const Point meant = to_template.apply(reference[index]);
      calibration.offsets_at_512[index].x += share * (found.x - meant.x);
      calibration.offsets_at_512[index].y += share * (found.y - meant.y);
    }
  }
  return calibration;
}

}  // namespace reelface
