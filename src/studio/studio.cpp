// SPDX-License-Identifier: Apache-2.0
#include "studio/studio.h"

#include <poll.h>

#include <thread>

#include "studio/access.h"
#include "studio/http/http_server.h"
#include "studio/http_answers.h"
#include "studio/studio_answers.h"

namespace reelface {

class Studio::Implementation {
 public:
  explicit Implementation(const StudioSetup& setup)
      : answers_(setup), server_(setup.port), access_(server_.port(), random_word(), random_word()) {}

  std::string address() const { return access_.address(); }
  bool leaves_work() const { return answers_.is_any_job_running(); }
  void stop_work() { answers_.stop_jobs(); }

  void run(const CancelToken& cancel) {
    std::thread serving([this] {
      server_.serve([this](const HttpHead& head) { return refusal(head); },
                    [this](const HttpHead& head, const std::string& body) { return answer(head, body); });
    });
    constexpr int kMilliseconds = 200;  // a signal ends the waiting at once
    while (!cancel.is_requested()) ::poll(nullptr, 0, kMilliseconds);
    answers_.stop();
    server_.stop();
    serving.join();
  }

 private:
  std::optional<HttpAnswer> refusal(const HttpHead& head) {
    std::optional<HttpAnswer> answered = access_.answer(head);
    if (!answered && !route_of(head)) answered = answers_.answer(head, "");
    if (answered) add_usual_headers(*answered);
    return answered;
  }

  HttpAnswer answer(const HttpHead& head, const std::string& body) {
    HttpAnswer answered = answers_.answer(head, body);
    add_usual_headers(answered);
    return answered;
  }

  StudioAnswers answers_;
  HttpServer server_;
  Access access_;
};

Studio::Studio(const StudioSetup& setup) : implementation_(std::make_unique<Implementation>(setup)) {}

Studio::~Studio() = default;

std::string Studio::address() const {
  return implementation_->address();
}

void Studio::run(const CancelToken& cancel) {
  implementation_->run(cancel);
}

void Studio::stop_work() {
  implementation_->stop_work();
}

bool Studio::leaves_work() const {
  return implementation_->leaves_work();
}

}  // namespace reelface
