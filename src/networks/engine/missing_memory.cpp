// SPDX-License-Identifier: Apache-2.0
#include "networks/engine/missing_memory.h"

#include <algorithm>
#include <cctype>

namespace reelface {

bool tells_of_missing_memory(const std::string& message) {
  // In small letters. A library whose handle cannot be made says that it is not initialised; as a rule its work space
  // did not fit. And where no work space fits, cuDNN finds no engine, or no algorithm, for a convolution that it knows.
  static constexpr const char* kSigns[] = {
      "out of memory",
      "out_of_memory",
      "can't allocate memory",
      "not enough memory",
      "memory allocation failure",
      "cudaerrormemoryallocation",
      "std::bad_alloc",
      "alloc_failed",
      "allocation_failed",
      "unable to find an engine",
      "no engine could",
      "no valid engine configs",
      "unable to find a valid cudnn algorithm",
      "cublas_status_not_initialized",
      "cudnn_status_not_initialized",
  };
  std::string words = message;
  std::transform(words.begin(), words.end(), words.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return std::any_of(std::begin(kSigns), std::end(kSigns),
                     [&](const char* sign) { return words.find(sign) != std::string::npos; });
}

}  // namespace reelface
