// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "media/libav/log.h"
#include "media/libav/ptr.h"

namespace reelface {

/// Learns reliably in which frames a decoder concealed errors. libav flags such frames, but with several threads a
/// frame may be handed out before its flag is set, so that the same file was damaged in one run and whole in the next.
/// What a decoder *says* while it works on a frame comes in time: this ties the two together with a mark on each frame.
class ConcealmentWatch {
 public:
  /// Before the decoder is opened. Takes the context's `opaque` and buffer callback. Must outlive the context.
  void attach(AVCodecContext& context);

  /// Turns the mark on a received frame into its error flag.
  static void settle(AVFrame& frame);

 private:
  class Worker;
  struct Listening {
    std::shared_ptr<Worker> worker;
    std::unique_ptr<LibavLogSubscription> subscription;
  };

  static int get_buffer(AVCodecContext* context, AVFrame* frame, int flags);
  void begin_frame(const AVCodecContext* context, AVFrame& frame);

  std::mutex mutex_;
  std::map<const AVCodecContext*, Listening> workers_;  ///< each decoding thread has a context of its own
};

}  // namespace reelface
