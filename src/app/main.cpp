#include "app/program.h"

int main(int argument_count, char** arguments) {
  return reelface::run_program(argument_count, arguments);
}
