// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <chrono>
#include <cstring>
#include <memory>

#include "inference/checkpoint/checkpoint_parser.h"
#include "inference/checkpoint/tensor_values.h"
#include "support/checkpoint_samples.h"
#include "support/mutator.h"
#include "support/safetensors_builder.h"
#include "support/shared_folder.h"
#include "support/zip_builder.h"

namespace reelface {
namespace {

using Clock = std::chrono::steady_clock;

enum class Outcome { kLoaded, kRefused };

/// Parses bytes that end where their allocation ends, so that sanitizers see a read past them, and touches every
/// element of what was accepted. Anything but a value or a MalformedCheckpoint fails the test by itself.
Outcome parse(const std::string& bytes) {
  const auto copy = std::make_unique<std::byte[]>(bytes.size());
  if (!bytes.empty()) std::memcpy(copy.get(), bytes.data(), bytes.size());
  try {
    const Checkpoint checkpoint = parse_checkpoint({copy.get(), bytes.size()}, "mutant");
    double sum = 0;
    std::uint64_t elements = 0;
    for (const auto& named : checkpoint.tensors) {
      for_each_element(named.second, [&](const std::byte* element) {
        sum += element_value(named.second.type, element);
        ++elements;
      });
    }
    EXPECT_LE(elements, bytes.size());
    volatile double keep = sum;  // the reads must happen
    static_cast<void>(keep);
    return Outcome::kLoaded;
  } catch (const MalformedCheckpoint& problem) {
    EXPECT_EQ(std::string(problem.what()).find('\n'), std::string::npos);
    return Outcome::kRefused;
  }
}

struct Count {
  int loaded = 0;
  int refused = 0;
};

Count run_mutants(const std::vector<std::string>& samples, int per_sample, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  Count count;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    EXPECT_EQ(parse(samples[i]), Outcome::kLoaded) << "sample " << i;
    const std::string& other = samples[(i + 1) % samples.size()];
    for (int k = 0; k < per_sample; ++k) {
      const std::string bytes = testing::mutated(samples[i], other, random);
      const auto start = Clock::now();
      const Outcome outcome = parse(bytes);
      EXPECT_LT(Clock::now() - start, std::chrono::seconds(2)) << "sample " << i << ", mutant " << k;
      ++(outcome == Outcome::kLoaded ? count.loaded : count.refused);
    }
  }
  return count;
}

TEST(CheckpointMutants, OfSmallFilesLoadOrAreRefused) {
  const Count count = run_mutants(testing::sample_checkpoints(), 4000, 20240611);
  // Flips inside the data of forms without a checksum must load; most other damage must be seen.
  EXPECT_GT(count.loaded, 100);
  EXPECT_GT(count.refused, 6000);
}

TEST(CheckpointMutants, OfPicklesBehindARightChecksumLoadOrAreRefused) {
  // Damage to a zip mostly fails its checksum; here the pickle is damaged first and packed afterwards.
  const std::string values = testing::float_bytes({1, 2, 3, 4});
  const std::vector<std::pair<std::string, std::string>> storages{{"0", values}, {"1", values}, {"2", values}};
  const std::string zip = testing::sample_checkpoints()[1];
  const std::size_t start = zip.find("\x80\x02");
  const std::string pickle = zip.substr(start, zip.find("PK\x03\x04", start) - start);
  std::mt19937_64 random(7);
  Count count;
  for (int i = 0; i < 6000; ++i) {
    const Outcome outcome = parse(testing::torch_zip(testing::mutated(pickle, pickle, random), storages));
    ++(outcome == Outcome::kLoaded ? count.loaded : count.refused);
  }
  EXPECT_GT(count.loaded, 100);
  EXPECT_GT(count.refused, 3000);
}

TEST(CheckpointMutants, OfRealFilesLoadOrAreRefused) {
  std::vector<std::string> samples;
  for (const std::string name : {"golden/gfpgan/gfpgan_clean_64.half.pth", "models/spotter.safetensors",
                                 "models/yunet_n.pth", "golden/gfpgan/gfpgan_clean_64.legacy.pth"}) {
    REELFACE_NEED_SHARED(path, name);
    samples.push_back(testing::read_bytes(path));
  }
  const Count count = run_mutants(samples, 500, 42);
  EXPECT_EQ(count.loaded + count.refused, 2000);
  EXPECT_GT(count.refused, 1000);
}

}  // namespace
}  // namespace reelface
