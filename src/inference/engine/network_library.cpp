// SPDX-License-Identifier: Apache-2.0
#include "inference/engine/network_library.h"

#include <dlfcn.h>
#include <stdlib.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <filesystem>

#include "reelface/core/error.h"
#include "reelface/version.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;

/// What has been opened stays open for all of the process, so this too belongs to the process.
std::atomic<bool> is_open = false;

constexpr char kAdvice[] =
    "the program and its library belong together: install both again, or set REELFACE_NETWORKS to the library's path";

std::vector<std::string> usual_places() {
  if (const char* chosen = ::secure_getenv("REELFACE_NETWORKS")) return {chosen};
  std::vector<std::string> files;
  std::error_code failed;
  const fs::path program = fs::read_symlink("/proc/self/exe", failed);
  // A moved installation finds its own, and so does a build tree, which is laid out like one. The fixed place serves
  // programs that only link us.
  if (!failed) files.push_back((program.parent_path() / REELFACE_NETWORKS_FROM_PROGRAM).lexically_normal().string());
  files.emplace_back(REELFACE_INSTALLED_NETWORKS);
  return files;
}

/// Empty: none of them is.
std::string first_there(const std::vector<std::string>& files) {
  std::error_code ignored;
  const auto found =
      std::find_if(files.begin(), files.end(), [&](const std::string& file) { return fs::exists(file, ignored); });
  return found == files.end() ? "" : *found;
}

std::string joined(const std::vector<std::string>& files) {
  std::string text;
  for (const std::string& file : files) text += (text.empty() ? "" : ", ") + printable(file);
  return text;
}

std::string last_problem() {
  const char* problem = ::dlerror();
  return problem != nullptr ? printable(problem) : "no reason given";
}

const NetworkFunctions& functions_of(const std::string& file) {
  // Local, since other programs' symbols are none of its business; never closed, since objects of its classes live on.
  void* library = ::dlopen(file.c_str(), RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE);
  if (library == nullptr) {
    throw Error(ExitCode::kInternal, "the library of networks cannot be opened: " + last_problem(), kAdvice);
  }
  const auto get = reinterpret_cast<GetNetworkFunctions>(::dlsym(library, kNetworkFunctionsName));
  if (get == nullptr) {
    throw Error(ExitCode::kInternal, printable(file) + " is no library of networks: " + last_problem(), kAdvice);
  }
  const NetworkFunctions& functions = *get();
  if (std::strcmp(functions.version, kVersion) != 0) {
    throw Error(ExitCode::kInternal,
                printable(file) + " belongs to version " + printable(functions.version) + ", this is " + kVersion,
                kAdvice);
  }
  functions.send_log_to(&log);
  return functions;
}

}  // namespace

const NetworkFunctions& open_network_library(const std::vector<std::string>& files) {
  const std::string file = first_there(files);
  if (!file.empty()) return functions_of(file);
  throw Error(ExitCode::kInternal, "the library of networks is not there; looked for " + joined(files), kAdvice);
}

bool built_with_cuda() {
#ifdef REELFACE_WITH_CUDA
  return true;
#else
  return false;
#endif
}

bool may_have_cuda() {
  static const bool has_driver = built_with_cuda() && ::dlopen("libcuda.so.1", RTLD_LAZY | RTLD_LOCAL) != nullptr;
  return has_driver;
}

const NetworkFunctions& network_library() {
  static const NetworkFunctions* const functions = &open_network_library(usual_places());
  is_open = true;
  return *functions;
}

std::string network_library_file() {
  return first_there(usual_places());
}

const char* built_with_libtorch() {
  return REELFACE_LIBTORCH_VERSION;
}

bool network_library_is_open() {
  return is_open;
}

}  // namespace reelface
