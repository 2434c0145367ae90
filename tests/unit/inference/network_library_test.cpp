// SPDX-License-Identifier: Apache-2.0
#include "inference/engine/network_library.h"

#include <gtest/gtest.h>

#include <fstream>

#include "reelface/core/error.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

Error error_of(const std::vector<std::string>& files) {
  try {
    open_network_library(files);
  } catch (const Error& error) {
    return error;
  }
  throw std::logic_error("opened");
}

TEST(NetworkLibrary, IsOpenedOnce) {
  EXPECT_EQ(&network_library(), &network_library());
}

TEST(NetworkLibrary, ErrorsOfItsOwnAreErrorsHere) {
  EXPECT_THROW(network_library().resolve_device("nothing"), Error);
}

TEST(NetworkLibrary, SaysWhereItLookedAndWhatToDo) {
  const Error error = error_of({"/nowhere/a.so", "/nowhere/b.so"});
  EXPECT_EQ(error.exit_code(), ExitCode::kInternal);
  EXPECT_NE(std::string(error.what()).find("/nowhere/a.so, /nowhere/b.so"), std::string::npos) << error.what();
  EXPECT_NE(error.advice().find("REELFACE_NETWORKS"), std::string::npos) << error.advice();
}

TEST(NetworkLibrary, RefusesAFileThatIsNoLibrary) {
  const testing::TemporaryFolder folder;
  std::ofstream(folder.file("text.so")) << "not a library";
  const Error error = error_of({folder.file("absent.so"), folder.file("text.so")});
  EXPECT_NE(std::string(error.what()).find("text.so"), std::string::npos) << error.what();
}

TEST(NetworkLibrary, RefusesALibraryOfSomethingElse) {
  const Error error = error_of({"/proc/self/exe", "/nowhere/b.so"});
  EXPECT_FALSE(error.advice().empty());
}

}  // namespace
}  // namespace reelface
