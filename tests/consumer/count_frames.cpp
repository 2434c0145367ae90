// SPDX-License-Identifier: Apache-2.0
#include <iostream>

#include "reelface/media/video_reader.h"

int main(int, char** arguments) {
  reelface::VideoReader reader(arguments[1]);
  long frames = 0;
  while (const auto unit = reader.next()) frames += unit->frame.has_value();
  std::cout << frames << "\n";
}
