// SPDX-License-Identifier: Apache-2.0
#include "inference/engine/batching_enhancer.h"

#include <algorithm>
#include <optional>

#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

[[noreturn]] void refuse_other_batch(int batch, const std::string& reason) {
  throw Error(ExitCode::kOutOfMemory,
              "not enough memory to restore " + std::to_string(batch) +
                  " faces at a time, and fewer may round otherwise: " + printable(reason),
              "choose a smaller --batch from the beginning, or leave --deterministic out");
}

}  // namespace

BatchingEnhancer::BatchingEnhancer(std::shared_ptr<const CropNetwork> network, const Feeding& feeding,
                                   UseThreads use_threads, MakeNetwork make_fallback)
    : network_(std::move(network)),
      feeding_(feeding),
      use_threads_(std::move(use_threads)),
      make_fallback_(std::move(make_fallback)) {
  feeding_.batch = countable_batch(*network_, std::max(1, feeding_.batch));
  feeding_.lanes = std::max(1, feeding_.lanes);
  feeding_.threads = std::max(1, feeding_.threads);
  if (feeding_.lanes > 1) workers_ = std::make_unique<WorkerThreads>(feeding_.lanes);
}

std::string BatchingEnhancer::description() const {
  return network_->description() + ", " + std::to_string(feeding_.lanes) + " x " + std::to_string(feeding_.batch) +
         " at a time";
}

void BatchingEnhancer::check(const CropWindow& window) const {
  if (static_cast<int>(window.size()) != window_length()) {
    throw Error(ExitCode::kInternal, "a window of " + std::to_string(window.size()) +
                                         " crops for a network that takes " + std::to_string(window_length()));
  }
  for (const RgbViewF& crop : window) {
    if (crop.width == crop_size() && crop.height == crop_size() && crop.samples != nullptr) continue;
    throw Error(ExitCode::kInternal, "a crop of " + std::to_string(crop.width) + "x" + std::to_string(crop.height) +
                                         " for a network that takes " + std::to_string(crop_size()));
  }
}

std::vector<RgbImageF> BatchingEnhancer::enhance(const std::vector<CropWindow>& windows) {
  for (const CropWindow& window : windows) check(window);
  std::vector<RgbImageF> restored(windows.size());
  std::vector<Job> jobs;
  for (std::size_t i = 0; i < windows.size(); ++i) jobs.push_back({&windows[i], &restored[i]});
  while (!jobs.empty()) jobs = restore_what_fits(jobs);
  return restored;
}

/// Returns the jobs that are left because memory ran out; the next try may do with less.
std::vector<BatchingEnhancer::Job> BatchingEnhancer::restore_what_fits(const std::vector<Job>& jobs) {
  const auto batch = static_cast<std::size_t>(feeding_.batch);
  const std::size_t batches = (jobs.size() + batch - 1) / batch;
  const int threads = feeding_.share_within_lane
                          ? std::max(1, feeding_.threads / std::min(static_cast<int>(batches), feeding_.lanes))
                          : 1;
  std::vector<char> done(batches, 0);
  std::optional<std::string> failure;
  const auto jobs_of = [&](std::size_t index) { return std::min(batch, jobs.size() - index * batch); };
  const auto restore = [&](std::size_t index) {
    restore_batch(&jobs[index * batch], jobs_of(index), threads);
    done[index] = 1;
  };
  // What was allocated for a batch is only given back when the exception is gone, so the next try starts outside.
  try {
    if (workers_ && batches > 1)
      workers_->run(batches, restore);
    else
      for (std::size_t index = 0; index < batches; ++index) restore(index);
  } catch (const DeviceOutOfMemory& error) {
    failure = error.what();
  }
  std::vector<Job> left;
  for (std::size_t index = 0; index < done.size(); ++index) {
    if (done[index]) continue;
    const Job* first = &jobs[index * batch];
    left.insert(left.end(), first, first + jobs_of(index));
  }
  if (failure) back_off(*failure);
  return left;
}

void BatchingEnhancer::restore_batch(const Job* jobs, std::size_t count, int threads) const {
  use_threads_(threads);
  std::vector<CropWindow> windows;
  for (std::size_t i = 0; i < count; ++i) windows.push_back(*jobs[i].window);
  windows.resize(static_cast<std::size_t>(feeding_.batch), *jobs[count - 1].window);
  std::vector<RgbImageF> results;
  for (std::size_t i = 0; i < windows.size(); ++i) results.emplace_back(crop_size(), crop_size());
  network_->restore(windows.data(), feeding_.batch, results.data());
  for (std::size_t i = 0; i < count; ++i) *jobs[i].restored = std::move(results[i]);
}

void BatchingEnhancer::back_off(const std::string& reason) {
  const std::string problem = "out of memory while restoring; going on with ";
  if (feeding_.lanes > 1) {
    feeding_.lanes /= 2;
    workers_.reset();
    if (feeding_.lanes > 1) workers_ = std::make_unique<WorkerThreads>(feeding_.lanes);
    log_warning(problem + std::to_string(feeding_.lanes) + " faces side by side");
    return;
  }
  if (feeding_.batch > 1) {
    if (feeding_.keeps_batch) refuse_other_batch(feeding_.batch, reason);
    feeding_.batch /= 2;
    log_warning(problem + std::to_string(feeding_.batch) + " faces at a time");
    return;
  }
  if (!make_fallback_) {
    throw Error(ExitCode::kOutOfMemory, "not enough memory to restore a single face: " + printable(reason),
                "close other programs or choose a smaller model, for example --model faithful");
  }
  log_warning("the device has not enough memory to restore a single face; going on on the CPU");
  network_.reset();
  network_ = make_fallback_();
  make_fallback_ = nullptr;
  feeding_.threads = feeding_.fallback_threads;
  fallback_ = network_->description();
}

}  // namespace reelface
