// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "core/worker_threads.h"
#include "inference/engine/crop_network.h"

namespace reelface {

/// How a network is fed.
struct Feeding {
  int batch = 1;    ///< windows the network sees at once; always this many, the last one repeated if need be
  int lanes = 1;    ///< batches restored side by side; 1 unless the network runs on a CPU
  int threads = 1;  ///< cores to share out among the lanes in use
  /// Whether cores left over may help inside a lane. Not for small networks: helpers wait by spinning, and on a machine
  /// with other work that costs more than it gives (measured: up to ten times).
  bool share_within_lane = true;
  /// Batches of another size may round otherwise: if memory runs out, that is an error.
  bool keeps_batch = false;
  int fallback_threads = 1;  ///< cores for the fallback network
};

/// Cuts any number of windows into batches of one fixed size, because that keeps the bits of a result independent of
/// what else is restored at the same time, and restores as many batches side by side as there are lanes. No batch is so
/// large that a tensor has 2^31 numbers. When memory
/// runs out it goes on with half the lanes, then half the batch, for good, and at last with the fallback network.
class BatchingEnhancer : public FaceEnhancer {
 public:
  using MakeNetwork = std::function<std::unique_ptr<CropNetwork>()>;
  using UseThreads = std::function<void(int)>;

  /// Several on a CPU may share one network. `use_threads` tells the calling thread how many cores one operation of the
  /// network may take. `make_fallback` may be empty: there is nowhere else to go then.
  BatchingEnhancer(std::shared_ptr<const CropNetwork> network, const Feeding& feeding, UseThreads use_threads,
                   MakeNetwork make_fallback);

  int crop_size() const override { return network_->crop_size(); }
  ModelTraits traits() const override { return network_->traits(); }
  std::string description() const override;
  std::string fallback() const override { return fallback_; }
  std::vector<RgbImageF> enhance(const std::vector<CropWindow>& windows) override;

 private:
  /// A window and where its result belongs.
  struct Job {
    const CropWindow* window;
    RgbImageF* restored;
  };

  void check(const CropWindow& window) const;
  std::vector<Job> restore_what_fits(const std::vector<Job>& jobs);
  void restore_batch(const Job* jobs, std::size_t count, int threads) const;
  void back_off(const std::string& reason);

  std::shared_ptr<const CropNetwork> network_;
  Feeding feeding_;
  UseThreads use_threads_;
  MakeNetwork make_fallback_;
  std::unique_ptr<WorkerThreads> workers_;
  std::string fallback_;
};

}  // namespace reelface
