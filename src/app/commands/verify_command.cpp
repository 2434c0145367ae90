// SPDX-License-Identifier: Apache-2.0
#include "app/commands/verify_command.h"

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "app/checksums.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

struct VerifyRequest {
  std::string output;
  std::string input;
};

}  // namespace

void add_verify_command(CLI::App& program, const CancelToken& cancel, int& exit_code) {
  CLI::App* command = program.add_subcommand("verify", "Whether a film is what restore --checksums has made of it");
  auto request = std::make_shared<VerifyRequest>();
  command->add_option("OUTPUT", request->output, "A film that was restored with --checksums")->required();
  command->add_option("-i,--input", request->input, "Where its input is now");
  command->footer(
      "Compares the file and each of its frames with the lists beside it, OUTPUT.sha256 and OUTPUT.framemd5, and what "
      "was\n"
      "copied with the input, packet by packet. Exit code 0: all is as it was; 6: something is not.");
  command->callback([request, &cancel, &exit_code] {
    exit_code = verify_output(request->output, request->input, cancel) ? 0 : static_cast<int>(ExitCode::kInputDamaged);
  });
}

}  // namespace reelface
