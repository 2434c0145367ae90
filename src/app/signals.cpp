// SPDX-License-Identifier: Apache-2.0
#include "app/signals.h"

#include <unistd.h>

#include <atomic>
#include <csignal>

namespace reelface {
namespace {

// A signal handler can reach nothing but objects with static storage.
std::atomic<CancelToken*> token_of_handler{nullptr};
std::atomic<int> first_signal{0};
std::atomic<int> signals_received{0};

void on_signal(int number) {
  int none = 0;
  first_signal.compare_exchange_strong(none, number);
  const int count = ++signals_received;
  if (count >= 3) _exit(128 + number);
  if (CancelToken* token = token_of_handler) token->request(count == 1 ? CancelLevel::kFinish : CancelLevel::kAbort);
}

}  // namespace

void handle_signals(CancelToken& cancel) {
  token_of_handler = &cancel;
  struct sigaction action = {};
  action.sa_handler = on_signal;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

int received_signal() {
  return first_signal;
}

}  // namespace reelface
