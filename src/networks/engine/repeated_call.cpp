// SPDX-License-Identifier: Apache-2.0
#include "networks/engine/repeated_call.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "reelface/core/log.h"

namespace reelface {
namespace {

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

std::string mebibytes(std::int64_t bytes) {
  return std::to_string(bytes >> 20) + " MiB";
}

}  // namespace

std::recursive_mutex& loading_of_models() {
  static std::recursive_mutex mutex;
  return mutex;
}

RepeatedCall::RepeatedCall(Function function, MakeRecorder make)
    : function_(std::move(function)), make_recorder_(std::move(make)) {}

at::Tensor RepeatedCall::operator()(const at::Tensor& input) const {
  std::unique_ptr<WorkRecorder> recorder = make_recorder_(input.device());
  if (!recorder) return function_(input);
  try {
    return call_recorded(input, std::move(recorder));
  } catch (...) {
    recordings_.clear();  // if memory is missing, they keep some; the next try begins anew
    throw;
  }
}

at::Tensor RepeatedCall::call_recorded(const at::Tensor& input, std::unique_ptr<WorkRecorder> recorder) const {
  const auto found = std::find_if(recordings_.begin(), recordings_.end(),
                                  [&](const Recording& recording) { return recording.shape == input.sizes().vec(); });
  if (found == recordings_.end()) {
    if (!has_given_up_ && recordings_.size() < kMostShapes)
      recordings_.push_back({input.sizes().vec(), std::move(recorder), {}, {}});
    return function_(input);
  }
  if (!found->output.defined()) return call_and_record(input, *found);
  found->input.copy_(input);
  found->recorder->replay();
  return found->output;
}

at::Tensor RepeatedCall::call_and_record(const at::Tensor& input, Recording& recording) const {
  const std::unique_lock no_other_loads(loading_of_models(), std::try_to_lock);
  if (!no_other_loads) return function_(input);
  at::Tensor plain = function_(input).clone();
  const std::string problem = record(input, plain, recording);
  if (!problem.empty()) give_up(problem);
  return plain;
}

std::string RepeatedCall::record(const at::Tensor& input, const at::Tensor& wanted, Recording& recording) const {
  WorkRecorder& recorder = *recording.recorder;
  try {
    recording.input = input.clone();
    const std::int64_t needed = recorder.rehearse([&] { function_(recording.input); });
    const std::int64_t free = recorder.free_bytes();
    if (free < needed + needed / 4) return "it takes " + mebibytes(needed) + ", and " + mebibytes(free) + " are free";
    at::Tensor output;
    recorder.record([&] { output = function_(recording.input); });
    recorder.replay();
    if (!at::equal(output, wanted)) return "a recording gives other bits";
    recording.output = output;
    return {};
  } catch (const c10::Error& error) {
    return first_line(error.what_without_backtrace());
  } catch (const std::exception& error) {
    return first_line(error.what());
  }
}

void RepeatedCall::give_up(const std::string& reason) const {
  recordings_.clear();
  has_given_up_ = true;
  log_warning("the network runs without CUDA graphs, somewhat slower: " + reason);
}

}  // namespace reelface
