// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "reelface/core/cancel_token.h"
#include "reelface/inference/model_store.h"

namespace reelface {

/// Bytes so far and in all; the latter is 0 as long as it is not known.
using DownloadProgress = std::function<void(std::uint64_t done_bytes, std::uint64_t total_bytes)>;

struct DownloadRequest {
  std::string url;  ///< https:// or file://
  std::string path;
  std::string sha256;
  std::uint64_t largest_bytes = 0;  ///< more than this is refused
};

/// Where a model comes from: its own address, or a file of the same name below `mirror`.
std::string download_url(const ModelInfo& model, const std::string& mirror);

/// Fetches a file to `path`.part, going on from where an earlier attempt stopped, checks its SHA-256 and only then
/// gives it its name. Proxies are taken from the environment. A connection that breaks is taken up again three times.
/// Throws Error: kUsage for other kinds of address, kTryAgain for the network, kInputUnreadable if it is not there,
/// kModelRejected for a wrong checksum, kOutputUnwritable, kInterrupted.
void download(const DownloadRequest& request, const DownloadProgress& progress, const CancelToken& cancel);

}  // namespace reelface
