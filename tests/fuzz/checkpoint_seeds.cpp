// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <string>

#include "support/checkpoint_samples.h"
#include "support/safetensors_builder.h"

/// Writes small good checkpoints into the folder given, as seeds for the fuzzers.
int main(int argument_count, char** arguments) {
  if (argument_count != 2) {
    std::fprintf(stderr, "usage: checkpoint_seeds FOLDER\n");
    return 2;
  }
  int number = 0;
  for (const std::string& bytes : reelface::testing::sample_checkpoints()) {
    reelface::testing::write_bytes(std::string(arguments[1]) + "/sample" + std::to_string(number++), bytes);
  }
  return 0;
}
