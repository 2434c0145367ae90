// SPDX-License-Identifier: Apache-2.0
#include "app/program.h"

int main(int argument_count, char** arguments) {
  return reelface::run_program(argument_count, arguments);
}
