// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "networks/engine/work_recorder.h"

namespace reelface {

/// Held while a model is loaded: nothing is recorded on other threads meanwhile.
std::recursive_mutex& loading_of_models();

/// Calls a function of one tensor again and again. On a graphics card the work is recorded when an input of the same
/// shape comes for the second time: a face takes some three hundred small kernels, and starting them one by one takes
/// longer than running them. A recording is only used if it gives the same bits as the plain call. Where recording
/// fails the plain call stays, for good, and a warning says so once. On a CPU it is always the plain call, and safe
/// from several threads.
class RepeatedCall {
 public:
  using Function = std::function<at::Tensor(const at::Tensor&)>;
  using MakeRecorder = std::function<std::unique_ptr<WorkRecorder>(const at::Device&)>;

  /// Further shapes are called plainly: each recording keeps memory of its own.
  static constexpr std::size_t kMostShapes = 4;

  explicit RepeatedCall(Function function, MakeRecorder make = make_recorder);

  /// The result may be overwritten by the next call.
  at::Tensor operator()(const at::Tensor& input) const;

 private:
  struct Recording {
    std::vector<std::int64_t> shape;
    std::unique_ptr<WorkRecorder> recorder;
    at::Tensor input;
    at::Tensor output;  ///< undefined until it is recorded
  };

  at::Tensor call_recorded(const at::Tensor& input, std::unique_ptr<WorkRecorder> recorder) const;
  at::Tensor call_and_record(const at::Tensor& input, Recording& recording) const;
  /// Returns why it could not be done; empty if it is done.
  std::string record(const at::Tensor& input, const at::Tensor& wanted, Recording& recording) const;
  void give_up(const std::string& reason) const;

  Function function_;
  MakeRecorder make_recorder_;
  mutable std::vector<Recording> recordings_;
  mutable bool has_given_up_ = false;
};

}  // namespace reelface
