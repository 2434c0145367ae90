// SPDX-License-Identifier: Apache-2.0
#include "media/libav/error.h"

extern "C" {
#include <libavutil/error.h>
}

namespace reelface {

std::string libav_message(int error_number) {
  char text[AV_ERROR_MAX_STRING_SIZE] = {};
  av_strerror(error_number, text, sizeof text);
  return text;
}

int check_libav(int result, const std::string& doing, ExitCode exit_code, const std::string& advice) {
  if (result >= 0) return result;
  throw Error(result == AVERROR(ENOMEM) ? ExitCode::kOutOfMemory : exit_code, doing + ": " + libav_message(result),
              advice);
}

}  // namespace reelface
