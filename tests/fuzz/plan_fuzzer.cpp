// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>
#include <string>

#include "json_mutator.h"
#include "pipeline/parts/plan_json.h"
#include "reelface/core/error.h"

/// A plan that is accepted has to come back from its own text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  reelface::FilmPlan plan;
  try {
    plan = reelface::parse_plan({reinterpret_cast<const char*>(data), size}, "fuzzed");
  } catch (const reelface::Error&) {
    return 0;
  }
  const std::string text = to_text(plan);
  reelface::FilmPlan again = reelface::plan_from_text(text, "fuzzed");
  if (to_text(again) != text) std::abort();
  return 0;
}
