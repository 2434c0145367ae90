// SPDX-License-Identifier: Apache-2.0
#include "studio/job_answers.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "reelface/core/log.h"
#include "studio/asked.h"
#include "studio/http_answers.h"

namespace reelface {
namespace {

using Json = nlohmann::ordered_json;

Json printable_lines(const std::vector<std::string>& lines) {
  Json all = Json::array();
  for (const std::string& line : lines) all.push_back(printable(line));
  return all;
}

}  // namespace

HttpAnswer JobAnswers::jobs() const {
  Json rows = Json::array();
  for (const auto& [job, progress, newest] : queue_.jobs())
    rows.push_back({{"job", job.number},
                    {"film", job.film},
                    {"output", job.output},
                    {"compared", job.is_comparison() ? Json(job.restored) : Json(nullptr)},
                    {"newest", newest},
                    {"words", printable(words_of_(job.settings))},
                    {"segments", job.segments.size()},
                    {"chosen", !job.people.chosen.are_all()},
                    {"state", name_of(job.state)},
                    {"reason", printable(job.reason)},
                    {"told", printable_lines(job.told)},
                    {"frames", progress.frames},
                    {"frames_expected", progress.frames_expected},
                    {"frames_per_second", progress.frames_per_second},
                    {"seconds_left", progress.seconds_left < 0 ? Json(nullptr) : Json(progress.seconds_left)}});
  return json_answer({{"jobs", std::move(rows)}});
}

HttpAnswer JobAnswers::newest(const HttpHead& head) const {
  const std::string jpeg = queue_.newest_picture(asked_count(head, "job"));
  return jpeg.empty() ? not_found() : HttpAnswer{200, "image/jpeg", jpeg};
}

/// Whatever has become of that file: it is shown apart from the studio, and may ask it nothing.
HttpAnswer JobAnswers::comparison(const HttpHead& head) const {
  const std::string page = queue_.page(asked_count(head, "job"));
  if (page.empty()) return not_found();
  return {200,
          "text/html; charset=utf-8",
          page,
          {{"Content-Security-Policy",
            "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
            "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"}}};
}

HttpAnswer JobAnswers::change(const std::string& body) {
  const AskedAction asked = asked_action(body);
  switch (asked.action) {
    case JobAction::kStop:
      queue_.stop(asked.job);
      break;
    case JobAction::kGoOn:
      queue_.go_on(asked.job);
      break;
    case JobAction::kDoNext:
      queue_.do_next(asked.job);
      break;
    case JobAction::kForget:
      queue_.forget(asked.job);
      break;
    case JobAction::kCompare:
      queue_.compare(asked.job);
      break;
  }
  return json_answer(Json::object());
}

}  // namespace reelface
