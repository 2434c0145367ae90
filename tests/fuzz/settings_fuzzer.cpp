// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>
#include <string>

#include "json_mutator.h"
#include "pipeline/values/settings_file.h"
#include "reelface/core/error.h"

/// Settings that are accepted can be written down, and say the same again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  reelface::SpelledOptions spelled;
  try {
    spelled = reelface::parse_settings({reinterpret_cast<const char*>(data), size}, "fuzzed");
  } catch (const reelface::Error&) {
    return 0;
  }
  reelface::RestoreOptions options;
  for (const auto& [name, texts] : spelled) {
    if (!reelface::option_named(name).write(options, texts)) std::abort();
  }
  if (reelface::parse_settings(reelface::settings_text(spelled), "again") != spelled) std::abort();
  return 0;
}
