// SPDX-License-Identifier: Apache-2.0
#include "networks/engine/card_check.h"

#include <exception>

#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

/// 12040 as "12.4".
std::string version_text(int version) {
  return std::to_string(version / 1000) + "." + std::to_string(version % 1000 / 10);
}

/// Within one major version, drivers run what was made for later ones.
std::string version_trouble(const CardCalls& calls) {
  if (calls.runtime_version == 0) return {};
  if (calls.driver_version == 0) return "there is no NVIDIA driver that works";
  if (calls.driver_version / 1000 >= calls.runtime_version / 1000) return {};
  return "the NVIDIA driver is for CUDA " + version_text(calls.driver_version) + ", LibTorch is made for CUDA " +
         version_text(calls.runtime_version) + "; a newer driver is needed";
}

/// What a library says, on one line and without what it says to its own developers.
std::string in_one_line(const CardCalls& calls, int index, const std::string& message) {
  const std::string first = printable(message.substr(0, message.find('\n')));
  if (message.find("no kernel image") != std::string::npos)
    return "LibTorch is not built for this card (" + calls.description(index) + ")";
  std::string text = "a convolution on it fails (" + first + ")";
  if (calls.driver_version > 0 && calls.runtime_version > 0)
    text += "; the driver is for CUDA " + version_text(calls.driver_version) + ", LibTorch is made for CUDA " +
            version_text(calls.runtime_version);
  return text;
}

[[noreturn]] void refuse_device(const std::string& wanted, const std::string& reason) {
  throw Error(ExitCode::kUsage, "device '" + printable(wanted) + "' " + reason,
              "`reelface devices` lists what is there; --device cpu works everywhere");
}

/// N of cuda:N, or 0 of cuda.
int card_number(const std::string& wanted) {
  if (wanted == "cuda") return 0;
  if (wanted.rfind("cuda:", 0) != 0)
    refuse_device(wanted,
                  "is not known; devices are auto, cpu, cuda, cuda:N, several of them with commas, and cuda:all");
  const std::string number = wanted.substr(5);
  if (number.empty() || number.size() > 3 || number.find_first_not_of("0123456789") != std::string::npos)
    refuse_device(wanted, "has no valid number");
  return std::stoi(number);
}

}  // namespace

std::string why_card_is_unusable(const CardCalls& calls, int index) {
  try {
    calls.convolve(index);
    return {};
  } catch (const std::exception& failure) {
    const std::string versions = version_trouble(calls);
    return versions.empty() ? in_one_line(calls, index, failure.what()) : versions;
  }
}

std::string why_no_card_is_usable(const CardCalls& calls) {
  const int count = calls.count();
  std::string reasons;
  for (int index = 0; index < count; ++index) {
    const std::string reason = why_card_is_unusable(calls, index);
    if (reason.empty()) return {};
    reasons += (index > 0 ? "; " : "") + ("cuda:" + std::to_string(index)) + ": " + reason;
  }
  if (count > 0) return reasons;
  const std::string versions = version_trouble(calls);
  return versions.empty() ? "the NVIDIA driver sees no card that this LibTorch can use" : versions;
}

std::string resolve_device_among(const CardCalls& calls, const std::string& wanted) {
  if (wanted == "cpu") return wanted;
  const int count = calls.count();
  if (wanted == "auto") {
    for (int index = 0; index < count; ++index) {
      if (why_card_is_unusable(calls, index).empty()) return "cuda:" + std::to_string(index);
    }
    return "cpu";
  }
  const int index = card_number(wanted);
  if (index >= count) {
    const std::string versions = count == 0 ? version_trouble(calls) : "";
    refuse_device(wanted, "is not there: this LibTorch sees " + std::to_string(count) + " CUDA devices" +
                              (versions.empty() ? "" : " (" + versions + ")"));
  }
  const std::string reason = why_card_is_unusable(calls, index);
  if (!reason.empty()) refuse_device(wanted, "cannot be used: " + reason);
  return "cuda:" + std::to_string(index);
}

}  // namespace reelface
