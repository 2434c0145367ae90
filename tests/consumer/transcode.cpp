// SPDX-License-Identifier: Apache-2.0
#include <iostream>

#include "reelface/restore/restore_video.h"

int main(int, char** arguments) {
  reelface::RestoreOptions options;
  options.input = arguments[1];
  options.output = arguments[2];
  options.model.model = "none";
  std::cout << reelface::restore_video(options).output.frames << "\n";
}
