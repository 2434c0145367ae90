// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "inference/load_models.h"
#include "support/png_reader.h"
#include "support/shared_folder.h"

namespace reelface {
namespace {

constexpr float kSamePerson = 0.6F;  // two pictures nearer than this most likely show one person

TEST(DescriptorGolden, AgreesWithTheReferenceAndTellsPeopleApart) {
  REELFACE_NEED_SHARED(folder, "golden/descriptor");
  REELFACE_NEED_SHARED(model, "models/descriptor.safetensors");
  std::ifstream file(folder + "/descriptors.json");
  const nlohmann::json golden = nlohmann::json::parse(file);
  const std::vector<std::string> names = golden.at("names");
  std::vector<RgbImageF> crops;
  std::vector<RgbViewF> views;
  crops.reserve(names.size());
  views.reserve(names.size());
  for (const std::string& name : names) {
    std::string path = folder;
    path.append("/").append(name);
    crops.push_back(testing::read_png_as_float(path));
  }
  for (const RgbImageF& crop : crops) views.push_back(crop.view());
  const auto descriptor = load_face_descriptor(model);
  const std::vector<FaceDescription> descriptions = descriptor->describe(views);
  std::vector<FaceDescription> expected;
  for (const auto& numbers : golden.at("descriptors")) {
    FaceDescription& description = expected.emplace_back();
    for (std::size_t i = 0; i < description.size(); ++i) description[i] = numbers.at(i);
  }
  ASSERT_EQ(descriptions.size(), expected.size());
  for (std::size_t face = 0; face < expected.size(); ++face) {
    for (std::size_t i = 0; i < expected[face].size(); ++i) {
      ASSERT_NEAR(descriptions[face][i], expected[face][i], 2e-3) << names[face] << ", number " << i;
    }
    for (std::size_t other = 0; other < face; ++other) {
      const float distance = distance_between(descriptions[face], descriptions[other]);
      ASSERT_NEAR(distance, distance_between(expected[face], expected[other]), 1e-3);
      const bool same_person = names[face].substr(0, 7) == names[other].substr(0, 7);
      EXPECT_EQ(distance < kSamePerson, same_person) << names[face] << " and " << names[other];
    }
  }
  EXPECT_EQ(descriptor->describe({views[5]})[0], descriptions[5]) << "alone or in a batch";
}

}  // namespace
}  // namespace reelface
