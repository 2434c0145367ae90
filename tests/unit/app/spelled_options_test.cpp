#include "app/spelled_options.h"

#include <gtest/gtest.h>

#include "reelface/core/error.h"

namespace reelface {
namespace {

TEST(SpelledOptions, APlanSaysHowToRestore) {
  const RestoreRequest request = request_from({{"strength", {"40"}}, {"no-audio", {}}}, "in.mkv", "out.mkv");
  EXPECT_EQ(request.options.model.strength_percent, 40);
  EXPECT_FALSE(request.options.write.copy_audio);
  EXPECT_EQ(request.options.output, "out.mkv");
}

TEST(SpelledOptions, APlanCannotSayWhereToWriteOrWhatToReplace) {
  for (const char* name : {"y", "output", "OUTPUT", "input", "report", "dry-run", "list", "output-folder", "resume"}) {
    try {
      request_from({{name, {"x"}}}, "in.mkv", "out.mkv");
      ADD_FAILURE() << name;
    } catch (const Error& error) {
      EXPECT_EQ(error.exit_code(), ExitCode::kUsage) << name;
    }
  }
  EXPECT_THROW(request_from({{"no-such-option", {}}}, "in.mkv", "out.mkv"), Error);
}

}  // namespace
}  // namespace reelface
