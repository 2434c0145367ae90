// SPDX-License-Identifier: Apache-2.0
#include "inference/detector/yunet_decode.h"

#include <algorithm>
#include <cmath>

#include "core/box_overlap.h"
#include "core/face_bounds.h"
#include "core/finite.h"

namespace reelface {
namespace {

float sigmoid(float logit) {
  return 1 / (1 + std::exp(-logit));
}

Face decode_cell(const float* values, float column, float row, float stride, float score) {
  const float* box = values + 1;
  const float* points = values + 6;
  Face face;
  face.score = score;
  face.box.width = std::exp(box[2]) * stride;
  face.box.height = std::exp(box[3]) * stride;
  face.box.x = (column + box[0]) * stride - face.box.width / 2;
  face.box.y = (row + box[1]) * stride - face.box.height / 2;
  for (std::size_t i = 0; i < face.points.size(); ++i) {
    face.points[i] = {(column + points[2 * i]) * stride, (row + points[2 * i + 1]) * stride};
  }
  return face;
}

bool is_better(const Face& left, const Face& right) {
  return left.score > right.score;
}

/// Adds up faces, each with a weight.
class WeightedMean {
 public:
  void add(const Face& face, float weight) {
    weight_ += weight;
    for (const auto& [sum, value] : pairs(sum_, face)) *sum += weight * *value;
    sum_.score = std::max(sum_.score, face.score);
  }
  Face mean() const {
    Face face = sum_;
    for (const auto& [value, unused] : pairs(face, sum_)) *value /= weight_;
    return face;
  }

 private:
  static std::vector<std::pair<float*, const float*>> pairs(Face& to, const Face& from) {
    std::vector<std::pair<float*, const float*>> list = {{&to.box.x, &from.box.x},
                                                         {&to.box.y, &from.box.y},
                                                         {&to.box.width, &from.box.width},
                                                         {&to.box.height, &from.box.height}};
    for (std::size_t i = 0; i < to.points.size(); ++i) {
      list.push_back({&to.points[i].x, &from.points[i].x});
      list.push_back({&to.points[i].y, &from.points[i].y});
    }
    return list;
  }

  Face sum_;
  float weight_ = 0;
};

}  // namespace

std::vector<Face> decode_yunet(const std::vector<YunetGrid>& grids, float score_threshold) {
  std::vector<Face> faces;
  for (const YunetGrid& grid : grids) {
    const float* values = grid.values.data();
    for (int row = 0; row < grid.rows; ++row) {
      for (int column = 0; column < grid.columns; ++column, values += YunetGrid::kValues) {
        const float score = std::sqrt(sigmoid(values[0]) * sigmoid(values[5]));
        // Infinite logits would be the surest of faces; where the network gave no numbers it saw none.
        if (!(score >= score_threshold) || !all_finite(values, YunetGrid::kValues)) continue;
        const Face face = decode_cell(values, static_cast<float>(column), static_cast<float>(row),
                                      static_cast<float>(grid.stride), score);
        if (is_place(face.box) && are_places(face.points)) faces.push_back(face);
      }
    }
  }
  return faces;
}

std::vector<Face> suppress_overlapping(std::vector<Face> faces, float threshold) {
  std::stable_sort(faces.begin(), faces.end(), is_better);
  std::vector<Face> kept;
  for (const Face& face : faces) {
    const bool hidden = std::any_of(kept.begin(), kept.end(), [&](const Face& better) {
      return box_overlap<float>(better.box, face.box) > threshold;
    });
    if (!hidden) kept.push_back(face);
  }
  return kept;
}

std::vector<Face> merge_sightings(const std::vector<std::vector<Face>>& sightings, float score_threshold,
                                  float overlap_threshold) {
  constexpr float kLeastWeight = 1e-4F;
  std::vector<Face> all;
  for (const std::vector<Face>& faces : sightings) all.insert(all.end(), faces.begin(), faces.end());
  const std::vector<Face> best = suppress_overlapping(all, overlap_threshold);
  std::vector<WeightedMean> means(best.size());
  for (const Face& face : all) {
    std::size_t nearest = best.size();
    float largest = overlap_threshold;
    for (std::size_t i = 0; i < best.size(); ++i) {
      const float overlap = box_overlap<float>(best[i].box, face.box);
      if (overlap > largest) nearest = i, largest = overlap;
    }
    if (nearest < best.size()) means[nearest].add(face, std::max(kLeastWeight, face.score - score_threshold));
  }
  std::vector<Face> merged;
  merged.reserve(means.size());
  for (const WeightedMean& mean : means) merged.push_back(mean.mean());
  return merged;
}

}  // namespace reelface
