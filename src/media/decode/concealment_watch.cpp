// SPDX-License-Identifier: Apache-2.0
#include "media/decode/concealment_watch.h"

#include <atomic>
#include <new>
#include <utility>

#include "media/libav/compat.h"

namespace reelface {
namespace {

/// Shared by all references to a frame, the decoder's own and the one we receive.
struct Mark {
  std::atomic<bool> is_concealed{false};
};

void delete_mark(void*, std::uint8_t* data) {
  delete reinterpret_cast<Mark*>(data);
}

BufferRefPtr new_mark() {
  auto mark = std::make_unique<Mark>();
  BufferRefPtr buffer(
      av_buffer_create(reinterpret_cast<std::uint8_t*>(mark.get()), sizeof(Mark), delete_mark, nullptr, 0));
  // From here on the buffer deletes it.
  if (buffer) static_cast<void>(mark.release());
  return buffer;
}

Mark& mark_in(const AVBufferRef& buffer) {
  return *reinterpret_cast<Mark*>(buffer.data);
}

}  // namespace

/// One decoding thread: the frame it works on, and what it says meanwhile.
class ConcealmentWatch::Worker final : public LibavLogListener {
 public:
  void begin(BufferRefPtr mark) {
    const std::lock_guard lock(mutex_);
    mark_ = std::move(mark);
  }

  void hear(int, const std::string& message) override {
    if (message.compare(0, 10, "concealing") != 0) return;
    const std::lock_guard lock(mutex_);
    if (mark_) mark_in(*mark_).is_concealed = true;
  }

 private:
  std::mutex mutex_;
  BufferRefPtr mark_;
};

void ConcealmentWatch::attach(AVCodecContext& context) {
  context.opaque = this;
  context.get_buffer2 = get_buffer;
  allow_threaded_callbacks(context);
}

int ConcealmentWatch::get_buffer(AVCodecContext* context, AVFrame* frame, int flags) {
  const int result = avcodec_default_get_buffer2(context, frame, flags);
  if (result >= 0) static_cast<ConcealmentWatch*>(context->opaque)->begin_frame(context, *frame);
  return result;
}

void ConcealmentWatch::begin_frame(const AVCodecContext* context, AVFrame& frame) {
  if (frame.opaque_ref) return;
  BufferRefPtr mark = new_mark();
  if (!mark) return;  // a frame without a mark has libav's own flags still
  BufferRefPtr for_frame(av_buffer_ref(mark.get()));
  if (!for_frame) return;
  const std::lock_guard lock(mutex_);
  Listening& listening = workers_[context];
  if (!listening.worker) {
    listening.worker = std::make_shared<Worker>();
    listening.subscription = std::make_unique<LibavLogSubscription>(context, listening.worker);
  }
  listening.worker->begin(std::move(mark));
  frame.opaque_ref = for_frame.release();
}

void ConcealmentWatch::settle(AVFrame& frame) {
  if (!frame.opaque_ref) return;
  if (mark_in(*frame.opaque_ref).is_concealed) frame.decode_error_flags |= FF_DECODE_ERROR_CONCEALMENT_ACTIVE;
  av_buffer_unref(&frame.opaque_ref);
}

}  // namespace reelface
